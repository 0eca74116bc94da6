"""How satisfied a customer said to be, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.satisfaction import Satisfaction

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_ANSWERS: Final = """
    SELECT customer_id, asked_on, score, words, id FROM satisfaction {which} ORDER BY asked_on DESC, id DESC
"""


def answers(raw: Raw, customer: int | None = None) -> tuple[Satisfaction, ...]:
    """A customer's answers (None: everybody's), the newest first."""
    which, values = ("", ()) if customer is None else ("WHERE customer_id = ?", (customer,))
    rows = raw.execute(_ANSWERS.format(which=which), values).fetchall()
    return tuple(Satisfaction(owner, date.fromisoformat(day), *rest) for owner, day, *rest in rows)


def owner_of(raw: Raw, answer: int) -> int | None:
    """Whose answer it is."""
    row = raw.execute("SELECT customer_id FROM satisfaction WHERE id = ?", (answer,)).fetchone()
    return row[0] if row else None
