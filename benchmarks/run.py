"""All measurements in one run and one table: `python benchmarks/run.py [--sizes 1000,10000] [--only start,list]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import duplicates
import forecasting
import gaps
import importing
import listing
import starting
import tiering
import writing
from material import big_file, big_workbook
from timing import Row, growth

PARTS = ("start", "list", "tiers", "write", "import", "duplicates", "forecast", "gap")


def rows(sizes: list[int], parts: set[str], folder: Path) -> Iterator[Row]:
    """Every line of the table, as it is measured."""
    times: dict[str, list[float]] = {"tiers and stages": [], "import": [], "duplicates": []}
    for size in sizes:
        if parts & {"start", "list", "tiers"}:
            yield from _on_a_file(size, parts, folder, times["tiers and stages"])
        if "write" in parts:
            yield from writing.measure(size, folder)
        if "duplicates" in parts:
            yield from duplicates.measure(size, folder, times["duplicates"])
        if "forecast" in parts:
            yield from forecasting.measure(size, folder)
        if parts & {"import", "gap"}:
            yield from _on_a_workbook(size, parts, folder, times["import"], last=size == sizes[-1])
    yield from (growth(name, sizes, taken) for name, taken in times.items() if len(taken) > 1)


def _on_a_file(size: int, parts: set[str], folder: Path, times: list[float]) -> Iterator[Row]:
    file = big_file(folder / f"{size}.crmdesk", size)
    if "start" in parts:
        yield from starting.measure(file, size, folder)
    if "list" in parts:
        yield from listing.measure(file, size)
    if "tiers" in parts:
        yield from tiering.measure(file, size, times)


def _on_a_workbook(size: int, parts: set[str], folder: Path, times: list[float], *, last: bool) -> Iterator[Row]:
    sheet = big_workbook(folder / f"{size}.xlsx", size)
    if "import" in parts:
        yield from importing.measure(sheet, size, folder, times)
    if "gap" in parts and last:
        yield from gaps.measure(sheet, size, folder)


def main() -> int:
    """Print the table; 1 where a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--only", default=",".join(PARTS))
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        # Neither settings nor backups of the user are touched.
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
            os.environ[name] = folder
        sizes = [int(size) for size in options.sizes.split(",")]
        for row in rows(sizes, set(options.only.split(",")), Path(folder)):
            print(row, flush=True)
            missed += row.met is False
    print(f"{missed} targets missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
