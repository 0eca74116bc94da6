"""The birthdays and first orders that are kept, on the raw driver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_CALLED: Final = "CASE WHEN name = '' THEN code ELSE name END"
# Whose first order stands at the very beginning of the records may have bought for years before them.
_FIRST_ORDERS: Final = f"""
    SELECT c.id, {_CALLED}, c.salutation, g.first_order_on FROM figures g JOIN customers c ON c.id = g.customer_id
    WHERE g.first_order_on > date((SELECT min(first_order_on) FROM figures), '+60 days')
        AND g.stage IN ('active', 'loyal', 'won_back') AND c.stopped_on IS NULL
        AND substr(g.first_order_on, 6, 5) {{those}} ORDER BY g.tier_rank, g.order_total DESC, c.id
"""  # noqa: S608 - our own columns


def birthdays(raw: Raw, keys: Iterable[str]) -> list[tuple[int, str, str, str, str]]:
    """Id, name, salutation, birthday and calendar of those born on one of these "MM-DD", and still followed."""
    from crmdesk.storage.batches import IN_LIST, text_list

    born = f"birthday <> '' AND substr(birthday, -5) {IN_LIST}"
    question = f"SELECT id, {_CALLED}, salutation, birthday, birthday_calendar FROM customers WHERE {born}"  # noqa: S608
    found: list[tuple[int, str, str, str, str]] = raw.execute(
        f"{question} AND stopped_on IS NULL", (text_list(keys),)
    ).fetchall()
    return found


def first_orders(raw: Raw, keys: Iterable[str]) -> list[tuple[int, str, str, str]]:
    """Id, name, salutation and day of the first order, where that was on one of these "MM-DD"; the best first."""
    from crmdesk.storage.batches import IN_LIST, text_list

    found: list[tuple[int, str, str, str]] = raw.execute(
        _FIRST_ORDERS.format(those=IN_LIST), (text_list(keys),)
    ).fetchall()
    return found


def anybody(raw: Raw) -> bool:
    """Whether there is a customer whom one follows."""
    return raw.execute("SELECT 1 FROM customers WHERE stopped_on IS NULL LIMIT 1").fetchone() is not None
