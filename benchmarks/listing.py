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
from crmdesk.operations.listing import customer_ids, customer_rows, filter_choices, find_customers

OTHER_SORTS = ("region", "phone", "code", "stage", "soon_money", "staying", "margin", "rhythm_ratio", "brought")
FILTERS = (
    CustomerQuery(rising=True),
    CustomerQuery(neglected=True),
    CustomerQuery(unprofitable=True),
    CustomerQuery(expected=("30",), sort=(("soon_money", True),)),
    CustomerQuery(staying=("unlikely",), sort=(("order_total", True),)),
)
SORTS = ("name", "tier", "last_order_on", "order_total", "next_follow_up_on")
COLUMNS = ("tier", "stage", "name", "phone", "order_total", "last_order_on", "next_follow_up_on")
TYPED = ("福", "福满", "超市", "fm", "fmcs", "fuman", "138", "8013", "13800", "zzzz", "王", "K00", "K0001", "k000012")
PAGE = 50
FIRST_PAGE = 400


def measure(file: Path, size: int) -> Iterator[Row]:
    """First page by each sort, a page in the middle, and the 95th percentile of searches."""
    database = open_file(file, Clock(TODAY), read_only=True)
    try:
        for sort in SORTS:
            for descending in (False, True):
                taken = seconds(lambda s=sort, d=descending: _first_page(database, s, d))
                name = f"list by {sort}{' ↓' if descending else ''}"
                yield milliseconds(name, f"{size}", taken, 50 if size <= 100_000 else None)
        for sort in OTHER_SORTS:
            taken = seconds(lambda s=sort: _first_page(database, s, False))
            yield milliseconds(f"list by {sort}", f"{size}", taken, 150 if size <= 100_000 else None)
            query = CustomerQuery(sort=((sort, False),))
            yield milliseconds("  and all ids", f"{size}", seconds(lambda q=query: customer_ids(database, q)))
        for query in FILTERS:
            taken = seconds(lambda q=query: _first_of(database, q))
            yield milliseconds(f"list of {query.narrowed_by[0]}", f"{size}", taken, 150 if size <= 100_000 else None)
        yield milliseconds("what there is to filter by", f"{size}", seconds(lambda: filter_choices(database)))
        ids = customer_ids(database, CustomerQuery())
        middle = ids[len(ids) // 2 : len(ids) // 2 + PAGE]
        yield milliseconds("a page in the middle", f"{size}", seconds(lambda: customer_rows(database, middle, COLUMNS)))
        for name, target, search in (
            ("search as one types, p95", 5 if size <= 100_000 else 20, lambda text: _found(database, text)),
            ("a list of what is found, p95", 50, lambda text: _list_found(database, text)),
        ):
            times = [_timed(lambda s=search, t=text: s(t)) for text in TYPED * 5]
            yield milliseconds(name, f"{size}", percentile(times, 0.95), target)
    finally:
        database.close()


def _first_page(database, sort: str, descending: bool) -> None:
    _first_of(database, CustomerQuery(sort=((sort, descending),)))


def _first_of(database, query: CustomerQuery) -> None:
    # As the window does: the first rows at once, the other ids after the paint.
    customer_rows(database, customer_ids(database, query, FIRST_PAGE)[:PAGE], COLUMNS)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _found(database, text: str) -> None:
    find_customers(database, text, PAGE)


def _list_found(database, text: str) -> None:
    customer_rows(database, customer_ids(database, CustomerQuery(search=text), PAGE), COLUMNS)
