"""What a forecast is made from, on the raw driver: the orders as columns, totals of sheets, and the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.forecast_history import Past, joined, past, past_of_totals
from crmdesk.domain.purchases import OrderColumns, given_purchases
from crmdesk.storage.purchases import read_given, read_orders

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def read_past(raw: Raw, until: int) -> tuple[OrderColumns, Past]:
    """The counting orders of everybody, and what is known of each buyer up to an ordinal day."""
    orders = read_orders(raw)
    return orders, joined(past(orders, until), past_of_totals(given_purchases(read_given(raw, None)), until))


def codes(raw: Raw) -> dict[int, str]:
    """The user's own codes by id; "" where a customer has none."""
    return dict(raw.execute("SELECT id, code FROM customers").fetchall())
