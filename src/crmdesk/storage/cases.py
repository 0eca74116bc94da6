"""Complaints and requests of a customer, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.case import Case

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_CASES: Final = """
    SELECT id, kind, opened_on, cause, action, closed_on, satisfied FROM cases WHERE customer_id = ?
    ORDER BY closed_on IS NOT NULL, opened_on DESC, id DESC
"""


def cases_of(raw: Raw, customer: int) -> tuple[Case, ...]:
    """Every case of a customer, the open ones first, then the newest."""
    rows = raw.execute(_CASES, (customer,)).fetchall()
    return tuple(
        Case(
            number,
            kind,
            date.fromisoformat(opened),
            cause,
            action,
            date.fromisoformat(closed) if closed else None,
            None if satisfied is None else bool(satisfied),
        )
        for number, kind, opened, cause, action, closed, satisfied in rows
    )
