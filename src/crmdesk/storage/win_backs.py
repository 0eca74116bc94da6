"""Attempts to win customers back, and the purchases that tell what came of them, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.win_back import WinBack

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_ATTEMPTS: Final = """
    SELECT customer_id, begun_on, method, offer, offer_until, result, id FROM win_backs WHERE {which}
    ORDER BY begun_on DESC, id DESC
"""
# Only what came since the first attempt can be owed to one; a return is no purchase.
_BOUGHT: Final = """
    SELECT DISTINCT o.customer_id, substr(o.ordered_on, 1, 10) FROM orders o
    JOIN (SELECT customer_id, min(begun_on) AS since FROM win_backs WHERE {which} GROUP BY customer_id) w
        ON w.customer_id = o.customer_id
    WHERE o.counts AND o.amount > 0 AND o.ordered_on >= w.since ORDER BY 1, 2
"""


def attempts(raw: Raw, customer: int | None = None) -> list[WinBack]:
    """The attempts with a customer (None: with all), the newest first."""
    return [_attempt(row) for row in raw.execute(*_of(_ATTEMPTS, customer)).fetchall()]


def bought_since(raw: Raw, customer: int | None = None) -> dict[int, list[date]]:
    """The days on which customers bought since they were first tried to be won back, ascending."""
    days: dict[int, list[date]] = {}
    for owner, day in raw.execute(*_of(_BOUGHT, customer)).fetchall():
        days.setdefault(owner, []).append(date.fromisoformat(day))
    return days


def get(raw: Raw, attempt_id: int) -> WinBack | None:
    """One attempt."""
    row = raw.execute(_ATTEMPTS.format(which="id = ?"), (attempt_id,)).fetchone()
    return _attempt(row) if row else None


def reminder_of(raw: Raw, attempt_id: int) -> int | None:
    """The follow-up that was made because its offer runs out."""
    row = raw.execute("SELECT follow_up_id FROM win_backs WHERE id = ?", (attempt_id,)).fetchone()
    return row[0] if row else None


def columns(attempt: WinBack) -> dict[str, Any]:
    """An attempt as the table's columns."""
    return {
        "customer_id": attempt.customer_id,
        "begun_on": attempt.begun_on.isoformat(),
        "method": attempt.method,
        "offer": attempt.offer,
        "offer_until": attempt.offer_until.isoformat() if attempt.offer_until else None,
        "result": attempt.result,
    }


def _of(statement: str, customer: int | None) -> tuple[str, tuple[int, ...]]:
    which, values = ("1", ()) if customer is None else ("customer_id = ?", (customer,))
    return statement.format(which=which), values


def _attempt(row: tuple[Any, ...]) -> WinBack:
    customer, begun, method, offer, until, result, number = row
    last = date.fromisoformat(until) if until else None
    return WinBack(customer, date.fromisoformat(begun), method, offer, last, result, number)
