"""What sources brought, and the way from the first contact to the first order: read on the raw driver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.conversion import Lead
from crmdesk.domain.source_yield import Came

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_BOUGHT: Final = "(g.last_order_on IS NOT NULL OR coalesce(g.order_count, 0) > 0 OR coalesce(g.order_total, 0) > 0)"
_CAME: Final = f"""
    SELECT c.id, trim(c.source), trim(c.referred_by), g.purchase_days, g.order_total, {_BOUGHT}
    FROM customers c JOIN figures g ON g.customer_id = c.id ORDER BY c.id
"""  # noqa: S608 - our own text
# A note for oneself is no contact. Who has an intent above low, or told what is needed, is qualified.
_LEADS: Final = f"""
    SELECT c.id, g.stage NOT IN ('prospect') OR c.intent IN ('high', 'medium') OR EXISTS (
            SELECT 1 FROM estimates e WHERE e.customer_id = c.id AND e.kind = 'needs' AND e.level <> 'unclear')
            OR EXISTS (SELECT 1 FROM talks t WHERE t.customer_id = c.id),
        {_BOUGHT}, g.key_account, g.stage = 'in_talks' AND c.stopped_on IS NULL, g.first_order_on, i.first, i.until
    FROM customers c JOIN figures g ON g.customer_id = c.id LEFT JOIN (
        SELECT i.customer_id, min(substr(i.at, 1, 10)) AS first,
            count(*) FILTER (WHERE substr(i.at, 1, 10) <= coalesce(f.first_order_on, '9999')) AS until
        FROM interactions i JOIN figures f ON f.customer_id = i.customer_id
        WHERE NOT (i.kind = 'note' AND i.outcome = '') AND i.customer_id {{only}} GROUP BY i.customer_id
    ) i ON i.customer_id = c.id WHERE c.id {{only}} ORDER BY c.id
"""  # noqa: S608 - our own text
_NEWEST: Final = (
    "SELECT customer_id FROM figures WHERE first_order_on IS NOT NULL ORDER BY first_order_on DESC LIMIT 2000"
)


def came(raw: Raw) -> Iterator[Came]:
    """Every customer with its source, referrer and what it bought."""
    for customer, source, referred_by, purchase_days, money, bought in raw.execute(_CAME).fetchall():
        yield Came(customer, source, referred_by, purchase_days, money, bool(bought))


def leads(raw: Raw) -> Iterator[Lead]:
    """Every customer as it stands on its way to the first order."""
    return map(_lead, raw.execute(_LEADS.format(only="> 0")).fetchall())


def lead(raw: Raw, customer: int) -> Lead | None:
    """One customer on its way; None where it is gone."""
    row = raw.execute(_LEADS.format(only="= ?1"), (customer,)).fetchone()
    return _lead(row) if row is not None else None


def newest_won(raw: Raw) -> Iterator[Lead]:
    """Those who bought first most lately: enough to say what is usual, and quick in the largest file."""
    return map(_lead, raw.execute(_LEADS.format(only=f"IN ({_NEWEST})")).fetchall())


def _lead(row: tuple[int, int, int, int, int, str | None, str | None, int | None]) -> Lead:
    customer, qualified, bought, key, talking, order, contact, contacts = row
    days = (_ordinal(contact), _ordinal(order))
    return Lead(customer, bool(qualified), bool(bought), bool(key), bool(talking), *days, contacts or 0)


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day else 0
