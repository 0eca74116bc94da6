"""Tiers and stages of everybody, against the bare SQL aggregate over the same orders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from material import TODAY
from timing import Row, ratio, seconds

from crmdesk.clock import Clock
from crmdesk.operations.files import open_file
from crmdesk.operations.tiers import recompute

AGGREGATE = (
    "SELECT customer_id, count(*), count(DISTINCT ordered_on), sum(amount - refund), sum(cost), min(ordered_on), "
    "max(ordered_on) FROM orders WHERE counts GROUP BY customer_id"
)
TARGET = 6


def measure(file: Path, size: int, times: list[float]) -> Iterator[Row]:
    """The whole pass with lifecycle and reasons; `times` takes the seconds for the growth."""
    database = open_file(file, Clock(TODAY))
    try:
        with database.raw_read() as raw:
            limit = seconds(lambda: raw.execute(AGGREGATE).fetchall())
        taken = seconds(lambda: recompute(database, "today"), runs=2)
        times.append(taken)
        yield ratio("tiers and stages of everybody", f"{size}", taken, limit, "the SQL aggregate alone", TARGET)
    finally:
        database.close()
