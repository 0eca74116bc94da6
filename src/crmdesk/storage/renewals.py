"""Contracts that end and supplies that run out, with the purchases that fill them up again, on the raw driver."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.follow_up import Origin
from crmdesk.domain.renewal import SUPPLY, Habit, Renewal, habit
from crmdesk.storage.batches import IN_LIST, id_list

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# What an order names, by its name or its code; a return fills nothing up.
_LAST: Final = """
    (SELECT max(o.ordered_on) FROM orders o JOIN order_lines l ON l.order_id = o.id
        JOIN products p ON p.id = l.product_id
        WHERE o.customer_id = r.customer_id AND o.counts AND o.amount >= 0 AND r.name IN (p.name, p.code))
"""
_RENEWALS: Final = f"""
    SELECT r.customer_id, r.kind, r.name, r.ends_on, r.lasts_days, r.since_on, r.notice_days, r.asked_for, r.closed_on,
        r.id, CASE r.kind WHEN '{SUPPLY}' THEN {_LAST} END, r.follow_up_id
    FROM renewals r JOIN customers c ON c.id = r.customer_id WHERE {{which}} ORDER BY r.ends_on, r.id
"""  # noqa: S608 - our own columns
_BOUGHT: Final = """
    SELECT coalesce(nullif(p.name, ''), p.code), substr(o.ordered_on, 1, 10) FROM orders o
    JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id
    WHERE o.customer_id = ? AND o.counts AND o.amount >= 0 AND o.ordered_on IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
# A promise stays: the customer was told of it, whatever became of the contract.
_STRAYS: Final = f"""
    SELECT id FROM follow_ups
    WHERE done_on IS NULL AND NOT promise AND origin IN ('{Origin.CONTRACT}', '{Origin.SUPPLY}')
        AND id NOT IN (SELECT follow_up_id FROM renewals WHERE follow_up_id IS NOT NULL)
"""  # noqa: S608 - our own words
_OWN_COLUMN: Final = f"""
    SELECT c.id, e.value FROM customers c, json_each(c.extra) e
    WHERE c.extra <> '{{}}' AND e.key = ? AND c.id {IN_LIST}
"""  # noqa: S608 - our own words
Row = tuple[Renewal, date | None, int | None]
"""The renewal, the last purchase of what it names, the follow-up that was made for it."""


def of_customer(raw: Raw, customer: int) -> list[Row]:
    """What ends or runs out with a customer, given up or not."""
    return _rows(raw, "r.customer_id = ?", (customer,))


def running(raw: Raw, customers: Collection[int] | None = None) -> list[Row]:
    """What still runs with the customers one follows (None: with all of them)."""
    which = "r.closed_on IS NULL AND c.stopped_on IS NULL"
    if customers is None:
        return _rows(raw, which, ())
    return _rows(raw, f"{which} AND r.customer_id {IN_LIST}", (id_list(customers),))


def strays(raw: Raw) -> list[int]:
    """The open follow-ups of renewals that are not there any more, as after an import was taken back."""
    return [row[0] for row in raw.execute(_STRAYS).fetchall()]


def get(raw: Raw, renewal_id: int) -> Row | None:
    """One of them."""
    return next(iter(_rows(raw, "r.id = ?", (renewal_id,))), None)


def from_sheet(raw: Raw, header: str) -> dict[int, Renewal]:
    """By customer what was read from the sheet's column of that header."""
    return {row[0].customer_id: row[0] for row in _rows(raw, "r.header = ?", (header,))}


def own_column(raw: Raw, header: str, customers: Collection[int]) -> list[tuple[int, str]]:
    """What these customers have in the user's own column of that header."""
    found: list[tuple[int, str]] = raw.execute(_OWN_COLUMN, (header, id_list(customers))).fetchall()
    return found


def habits(raw: Raw, customer: int) -> list[Habit]:
    """The products that a customer buys by habit."""
    days: dict[str, list[date]] = {}
    for product, day in raw.execute(_BOUGHT, (customer,)).fetchall():
        days.setdefault(product, []).append(date.fromisoformat(day))
    return list(_habits(days))


def columns(renewal: Renewal) -> dict[str, Any]:
    """A renewal as the table's columns."""
    return {
        "customer_id": renewal.customer_id,
        "kind": renewal.kind,
        "name": renewal.name,
        "ends_on": _iso(renewal.ends_on),
        "lasts_days": renewal.lasts_days,
        "since_on": _iso(renewal.since_on),
        "notice_days": renewal.notice_days,
        "asked_for": _iso(renewal.asked_for),
        "closed_on": _iso(renewal.closed_on),
    }


def _habits(days: dict[str, list[date]]) -> Iterator[Habit]:
    for product, bought in days.items():
        found = habit(product, bought)
        if found is not None:
            yield found


def _rows(raw: Raw, which: str, values: tuple[object, ...]) -> list[Row]:
    return [_row(row) for row in raw.execute(_RENEWALS.format(which=which), values).fetchall()]


def _row(row: tuple[Any, ...]) -> Row:
    customer, kind, name, ends, lasts, since, notice, asked, closed, number, last, follow_up = row
    renewal = Renewal(customer, kind, name, _day(ends), lasts, _day(since), notice, _day(asked), _day(closed), number)
    return renewal, _day(last), follow_up


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
