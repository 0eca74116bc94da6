"""Bulk rows with the journal on, against the same rows through the raw driver into the same table without triggers."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from material import TODAY
from timing import Row, ratio

from crmdesk.clock import Clock
from crmdesk.operations.files import create_file
from crmdesk.progress import Cancelled
from crmdesk.storage.database_driver import connect
from crmdesk.storage.journal import drop_triggers
from crmdesk.storage.rows import insert_rows

COLUMNS = ("id", "name", "code", "address", "industry", "extra", "known_since")
TARGET = 2.2
RUNS = 5
ENOUGH = 10_000  # fewer rows are written in a few milliseconds, which say little


def people(ids: range) -> list[tuple[object, ...]]:
    """Rows as an import makes them."""
    return [
        (row, f"客户{n}", f"C{n:06}", f"杭州市西湖区文三路{n}号", "零售", f'{{"会员号": "{n}"}}', "2026-11-22")
        for n, row in enumerate(ids)
    ]


def measure(size: int, folder: Path) -> Iterator[Row]:
    """The statements alone: what follows from the rows (figures, search) is measured by the import."""
    bare = _bare(folder / f"{size}-bare.crmdesk", size)
    taken = _journalled(folder / f"{size}-written.crmdesk", size)
    target = TARGET if size >= ENOUGH else None
    yield ratio("bulk insert with the journal", f"{size}", taken, bare, "raw executemany, no journal", target)


def _journalled(path: Path, size: int) -> float:
    best = math.inf
    with (
        closing(create_file(path, Clock(TODAY))) as database,
        suppress(Cancelled),  # left by an exception: the step's end is not what is measured
        database.write("import_sheets") as step,
    ):
        for _run in range(RUNS):
            rows = people(step.new_ids(size))
            began = time.perf_counter()
            insert_rows(step.raw, "customers", COLUMNS, rows)
            best = min(best, time.perf_counter() - began)
        raise Cancelled
    return best


def _bare(path: Path, size: int) -> float:
    create_file(path, Clock(TODAY)).close()
    best = math.inf
    with closing(connect(path, writer=True)) as raw:
        drop_triggers(raw)
        raw.execute("BEGIN")
        for run in range(RUNS):
            rows = people(range(run * size + 1, (run + 1) * size + 1))
            began = time.perf_counter()
            raw.executemany(f"INSERT INTO customers ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            best = min(best, time.perf_counter() - began)
        raw.execute("ROLLBACK")
    return best
