"""The customer list: the five indexed sorts, pages anywhere, and search as one types."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from material import TODAY
from timing import Row, milliseconds, percentile, seconds

from crmdesk.clock import Clock
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations.files import open_file
from crmdesk.operations.listing import customer_ids, customer_rows

SORTS = ("name", "tier", "last_order_on", "order_total", "next_follow_up_on")
COLUMNS = ("tier", "stage", "name", "phone", "order_total", "last_order_on", "next_follow_up_on")
TYPED = ("福", "福满", "超市", "fm", "fmcs", "fuman", "138", "8013", "13800", "zzzz", "王", "K12")
PAGE = 50


def measure(file: Path, size: int) -> Iterator[Row]:
    """First page by each sort, a page in the middle, and the 95th percentile of searches."""
    database = open_file(file, Clock(TODAY), read_only=True)
    try:
        for sort in SORTS:
            for descending in (False, True):
                taken = seconds(lambda s=sort, d=descending: _first_page(database, s, d))
                name = f"list by {sort}{' ↓' if descending else ''}"
                yield milliseconds(name, f"{size}", taken, 50 if size <= 100_000 else None)
        ids = customer_ids(database, CustomerQuery())
        middle = ids[len(ids) // 2 : len(ids) // 2 + PAGE]
        yield milliseconds("a page in the middle", f"{size}", seconds(lambda: customer_rows(database, middle, COLUMNS)))
        times = [_timed(lambda t=text: customer_ids(database, CustomerQuery(search=t))) for text in TYPED * 5]
        target = 5 if size <= 100_000 else 20
        yield milliseconds("search as one types, p95", f"{size}", percentile(times, 0.95), target)
    finally:
        database.close()


def _first_page(database, sort: str, descending: bool) -> None:
    ids = customer_ids(database, CustomerQuery(sort=((sort, descending),)))
    customer_rows(database, ids[:PAGE], COLUMNS)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
