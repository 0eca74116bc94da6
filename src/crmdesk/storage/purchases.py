"""Purchases as columns: one scan of the orders, handed over as text that numpy reads at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crmdesk.domain.purchases import EPOCH, NO_DAY, UNKNOWN, GivenColumns, Ints, OrderColumns
from crmdesk.storage.batches import IN_LIST

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_NO_DATE: Final = "0000-00-00"
# Grouping in SQL costs three times as much as this scan: the rows lie in the order of the sheet, not of the customers.
_ORDERS: Final = """
    SELECT group_concat(customer_id), group_concat(amount), group_concat(refund),
        group_concat(ifnull(cost, -4611686018427387904)), group_concat(ifnull(ordered_on, '0000-00-00'), '')
    FROM orders WHERE counts {only}
"""
_DISCOUNTS: Final = """
    SELECT group_concat(coalesce(o.discount, {lines} -4611686018427387904)) FROM orders o WHERE o.counts {only}
"""
_OF_LINES: Final = "(SELECT sum(l.discount) FROM order_lines l WHERE l.order_id = o.id),"
# Answered from two small indexes, which hold nothing where nobody notes a discount.
_ANY_DISCOUNT: Final = """
    SELECT EXISTS (SELECT 1 FROM orders WHERE discount IS NOT NULL),
        EXISTS (SELECT 1 FROM order_lines WHERE discount IS NOT NULL)
"""
_GIVEN: Final = """
    SELECT id, given_order_count, given_order_total, given_first_order_on, given_last_order_on FROM customers
    WHERE (given_order_count > 0 OR given_order_total <> 0 OR given_last_order_on IS NOT NULL
        OR given_first_order_on IS NOT NULL) {only} ORDER BY id
"""


def read_orders(raw: Raw, ids: Collection[int] | None = None) -> OrderColumns:
    """The counting orders of these customers (None: of all)."""
    owner, amount, refund, cost, days = raw.execute(*limited(_ORDERS, ids)).fetchone()
    costs = _numbers(cost)
    known = costs != UNKNOWN
    return OrderColumns(
        owner=_numbers(owner),
        day=ordinals(days),
        amount=_numbers(amount),
        refund=_numbers(refund),
        cost=np.where(known, costs, 0),
        cost_known=known,
    )


def read_discounts(raw: Raw, ids: Collection[int]) -> OrderColumns:
    """The counting orders of a few customers with the discounts noted on them or on their lines."""
    return _discounted(raw, ids, read_orders(raw, ids), of_lines=True)


def with_discounts(raw: Raw, ids: Collection[int] | None, orders: OrderColumns) -> OrderColumns:
    """Orders just read of these customers, with their discounts where the file notes any: mostly it notes none."""
    noted, of_lines = raw.execute(_ANY_DISCOUNT).fetchone()
    return _discounted(raw, ids, orders, of_lines=of_lines) if noted or of_lines else orders


def _discounted(raw: Raw, ids: Collection[int] | None, orders: OrderColumns, *, of_lines: bool) -> OrderColumns:
    # The lines are looked for order by order, which takes its time where there are a million.
    sql = _DISCOUNTS.replace("{lines}", _OF_LINES if of_lines else "")
    (discounts,) = raw.execute(*limited(sql, ids)).fetchone()
    return replace(orders, discount=_numbers(discounts))


def read_given(raw: Raw, ids: Collection[int] | None) -> GivenColumns:
    """What sheets gave in totals of these customers (None: of all)."""
    rows = raw.execute(*limited(_GIVEN, ids, "id")).fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), (), ()]
    first, last = (ordinals("".join((day or _NO_DATE)[:10] for day in column)) for column in columns[3:])
    return GivenColumns(
        np.array(columns[0], np.int64),
        np.array([count or 0 for count in columns[1]], np.int64),
        np.array([total or 0 for total in columns[2]], np.int64),
        first,
        np.where(last == NO_DAY, first, last),
    )


def ordinals(days: str | None) -> Ints:
    """Ordinals of ISO days that stand one behind the other; NO_DAY for "0000-00-00"."""
    if not days:
        return np.zeros(0, np.int64)
    texts = np.frombuffer(days.encode(), dtype="S10")
    missing = texts == _NO_DATE.encode()
    dates = np.where(missing, b"1970-01-01", texts).astype("datetime64[D]")
    return np.where(missing, NO_DAY, dates.astype(np.int64) + EPOCH)


def limited(sql: str, ids: Collection[int] | None, column: str = "customer_id") -> tuple[str, tuple[Any, ...]]:
    """A statement with `{only}` narrowed to these customers, and its parameters."""
    if ids is None:
        return sql.replace("{only}", ""), ()
    return sql.replace("{only}", f"AND {column} {IN_LIST}"), (json.dumps(list(ids)),)


def _numbers(text: str | None) -> Ints:
    return np.fromstring(text or "", dtype=np.int64, sep=",")
