"""What was said while a sale was being talked about, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.talk import Talk

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_TALK: Final = "SELECT customer_id, kind, said_on, text, amount, settled_on, answer, id FROM talks"
_NEEDS: Final = """
    SELECT reason, made_on FROM estimates
    WHERE customer_id = ?1 AND kind = 'needs' AND reason <> '' AND ?2 IN (reason, '')
    ORDER BY made_on DESC, id DESC LIMIT 1
"""


def talks_of(raw: Raw, customer: int) -> list[Talk]:
    """Everything noted of a customer, in no order."""
    return [_talk(row) for row in raw.execute(f"{_TALK} WHERE customer_id = ?", (customer,)).fetchall()]


def get(raw: Raw, talk: int) -> Talk:
    """One of them. Raises Refused("no_such_talk")."""
    row = raw.execute(f"{_TALK} WHERE id = ?", (talk,)).fetchone()
    if row is None:
        raise Refused("no_such_talk")
    return _talk(row)


def dated_needs(raw: Raw, customer: int, said: str = "") -> tuple[str, date] | None:
    """The needs as noted last, with their day; of those words only, where some are given."""
    row = raw.execute(_NEEDS, (customer, said)).fetchone()
    return (row[0], date.fromisoformat(row[1][:10])) if row is not None else None


def forget_needs(raw: Raw, customer: int) -> None:
    """Nothing is known to be needed: words noted earlier must not come back. A level that was chosen stays."""
    raw.execute("DELETE FROM estimates WHERE customer_id = ? AND kind = 'needs' AND level = ''", (customer,))
    raw.execute("UPDATE estimates SET reason = '' WHERE customer_id = ? AND kind = 'needs'", (customer,))


def _talk(row: tuple[Any, ...]) -> Talk:
    customer, kind, said_on, text, amount, settled_on, answer, number = row
    settled = date.fromisoformat(settled_on) if settled_on else None
    return Talk(customer, kind, date.fromisoformat(said_on), text, amount, settled, answer, number)
