"""What was done for each customer within a time: contacts made, gifts and discounts given, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.effort import KEPT, VAIN, WON, Spent
from crmdesk.domain.gift import Gift

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# A contact has a time, an order and a gift only their day: of all of them the time begins after the day.
# A note for oneself is no contact; with an outcome it was one, by whatever way: as long as a message.
# A discount stands on the order, or on its lines where the order has none.
_SPENT: Final = f"""
    SELECT g.customer_id,
        CASE WHEN g.first_order_on > :since THEN '{WON}' WHEN g.last_order_on > :since THEN '{KEPT}' ELSE '{VAIN}' END,
        coalesce(i.visits, 0), coalesce(i.calls, 0), coalesce(i.contacts - i.visits - i.calls, 0),
        coalesce(o.discount, 0), coalesce(p.cost, 0), coalesce(p.unpriced, 0), coalesce(o.money, 0)
    FROM figures g
    LEFT JOIN (SELECT customer_id, sum(kind IN ('visit', 'meeting')) AS visits, sum(kind = 'call') AS calls,
            count(*) AS contacts FROM interactions
        WHERE at >= date(:since, '+1 day') AND NOT (kind = 'note' AND outcome = '') GROUP BY customer_id) i
        USING (customer_id)
    LEFT JOIN (SELECT b.customer_id, sum(b.amount - b.refund) AS money, sum(coalesce(b.discount,
            (SELECT sum(l.discount) FROM order_lines l WHERE l.order_id = b.id), 0)) AS discount
        FROM orders b WHERE b.counts AND b.ordered_on > :since GROUP BY b.customer_id) o USING (customer_id)
    LEFT JOIN (SELECT customer_id, sum(cost) AS cost, sum(cost IS NULL) AS unpriced FROM gifts
        WHERE given_on > :since GROUP BY customer_id) p USING (customer_id)
    WHERE i.customer_id IS NOT NULL OR p.customer_id IS NOT NULL OR g.last_order_on > :since
"""  # noqa: S608 - our own words
_GIFTS: Final = "SELECT customer_id, given_on, text, cost, id FROM gifts {which} ORDER BY given_on DESC, id DESC"


def spent_since(raw: Raw, since: date) -> dict[str, list[tuple[int, Spent]]]:
    """By group (`domain.effort`) the customers, and what went to each."""
    found: dict[str, list[tuple[int, Spent]]] = {}
    for customer, group, *spent in raw.execute(_SPENT, {"since": since.isoformat()}).fetchall():
        found.setdefault(group, []).append((customer, Spent(*spent)))
    return found


def gifts(raw: Raw, customer: int | None = None) -> tuple[Gift, ...]:
    """What was given to a customer (None: to all), the newest first."""
    which, values = ("", ()) if customer is None else ("WHERE customer_id = ?", (customer,))
    rows = raw.execute(_GIFTS.format(which=which), values).fetchall()
    return tuple(Gift(owner, date.fromisoformat(day), text, cost, number) for owner, day, text, cost, number in rows)


def gift(raw: Raw, gift_id: int) -> Gift | None:
    """One of them."""
    rows = raw.execute(_GIFTS.format(which="WHERE id = ?"), (gift_id,)).fetchall()
    return next((Gift(owner, date.fromisoformat(day), text, cost, one) for owner, day, text, cost, one in rows), None)
