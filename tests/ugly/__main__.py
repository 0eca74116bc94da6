"""Judge many made-up workbooks: `PYTHONPATH=tests python -m ugly --seeds 0-199 [--shapes customers,parts]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from crmdesk.clock import FIXED_DAY, Clock

TODAY = date(2026, 11, 22)


def main() -> int:
    """Print a line per shape and format; exit code 1 where anything is silently wrong."""
    from ugly.judge import Verdict, judge
    from ugly.shapes import SHAPES
    from ugly.writers import FORMATS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0-39", help="first-last")
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--formats", default="", help="xlsx,xls,gbk,utf8; without: each seed in the next one")
    parser.add_argument("--show", type=int, default=30)
    parser.add_argument("--doubts", action="store_true", help="show what was flagged, too")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    formats = tuple(asked.formats.split(",")) if asked.formats else ()
    found: dict[tuple[str, str], Verdict] = defaultdict(Verdict)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        home_of(Path(folder))
        for shape in asked.shapes.split(","):
            for seed in range(int(first), int(last or first) + 1):
                for fmt in formats or (FORMATS[seed % len(FORMATS)],):
                    try:
                        verdict = judge(shape, seed, fmt, Path(folder, f"{shape}{seed}{fmt}"), Clock(TODAY))
                    except Exception as error:  # noqa: BLE001 - the other seeds are to be judged, too
                        verdict = Verdict(faults=[f"{shape} {seed} {fmt}: {type(error).__name__}: {error}"])
                    found[shape, fmt].add(verdict)
    _print(found, asked.show, doubts=asked.doubts)
    print(f"{time.monotonic() - started:.0f} s")
    return int(any(verdict.faults for verdict in found.values()))


def home_of(folder: Path) -> None:
    """A home folder of its own, and the fixed day: nothing of the user's is touched."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        os.environ[name] = str(folder)
    os.environ[FIXED_DAY] = TODAY.isoformat()


def _print(found: dict, show: int, *, doubts: bool) -> None:
    from ugly.judge import Verdict

    whole = Verdict()
    print(f"{'shape':12}{'format':8}{'cells':>8}{'right':>8}{'share':>9}{'flagged':>9}{'lost':>6}{'silent':>8}")
    rows = [*found.items()]
    for (shape, fmt), verdict in rows:
        whole.add(verdict)
        _line(shape, fmt, verdict)
    _line("all", "", whole)
    books: dict[str, list[str]] = defaultdict(list)
    for fault in whole.faults:
        books[fault.partition(":")[0]].append(fault)
    for faults in list(books.values())[:show]:
        for fault in faults[:3]:
            print("  ✗", fault[:500])
        if len(faults) > 3:
            print(f"      and {len(faults) - 3} more in this workbook")
    if doubts:
        kinds = Counter(doubt.partition(" wanted ")[0].rpartition(" ")[2] for doubt in whole.doubts)
        print(kinds.most_common(40))
        for doubt in whole.doubts[:show]:
            print("  ?", doubt[:300])


def _line(shape: str, fmt: str, verdict) -> None:
    readable = verdict.right + verdict.flagged + len(verdict.faults)
    share = f"{100 * verdict.right / readable:.2f} %" if readable else ""
    print(
        f"{shape:12}{fmt:8}{verdict.cells:8}{verdict.right:8}{share:>9}{verdict.flagged:9}{verdict.lost:6}{len(verdict.faults):8}"
    )


if __name__ == "__main__":
    sys.exit(main())
