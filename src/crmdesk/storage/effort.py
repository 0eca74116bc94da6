"""What was done for each customer within a time: contacts made, discounts given, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.effort import KEPT, VAIN, WON

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# A contact has a time, an order only its day: of both the time begins after the day.
# A note for oneself is no contact. A discount stands on the order, or on its lines where the order has none.
_SPENT: Final = f"""
    SELECT g.customer_id,
        CASE WHEN g.first_order_on > :since THEN '{WON}' WHEN g.last_order_on > :since THEN '{KEPT}' ELSE '{VAIN}' END,
        coalesce(i.visits, 0), coalesce(i.contacts, 0), coalesce(o.discount, 0), coalesce(o.money, 0)
    FROM figures g
    LEFT JOIN (SELECT customer_id, sum(kind = 'visit') AS visits, sum(kind <> 'visit') AS contacts FROM interactions
        WHERE at >= date(:since, '+1 day') AND NOT (kind = 'note' AND outcome = '') GROUP BY customer_id) i
        USING (customer_id)
    LEFT JOIN (SELECT b.customer_id, sum(b.amount - b.refund) AS money, sum(coalesce(b.discount,
            (SELECT sum(l.discount) FROM order_lines l WHERE l.order_id = b.id), 0)) AS discount
        FROM orders b WHERE b.counts AND b.ordered_on > :since GROUP BY b.customer_id) o USING (customer_id)
    WHERE i.customer_id IS NOT NULL OR g.last_order_on > :since
"""  # noqa: S608 - our own words


def spent_since(raw: Raw, since: date) -> dict[str, list[tuple[int, int, int, int, int]]]:
    """By group (`domain.effort`) the customer, its visits, other contacts, int money of discounts, int money paid."""
    found: dict[str, list[tuple[int, int, int, int, int]]] = {}
    for customer, group, *spent in raw.execute(_SPENT, {"since": since.isoformat()}).fetchall():
        found.setdefault(group, []).append((customer, *spent))
    return found
