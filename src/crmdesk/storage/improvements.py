"""What was put right, and the losses it is held against, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.improvement import Improvement, Lost
from crmdesk.domain.loss import LOSS

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_KEPT: Final = "SELECT reason, begun_on, text, id FROM improvements ORDER BY begun_on DESC, id DESC"
# What a customer brought in the year up to its last order: what leaves a year with it. A return makes it less.
_LOST: Final = """
    SELECT e.level, e.made_on, e.customer_id, coalesce((SELECT sum(o.amount - o.refund) FROM orders o
            WHERE o.customer_id = e.customer_id AND o.counts AND o.ordered_on > date(g.last_order_on, '-365 day')), 0),
        coalesce(g.last_order_on > e.made_on, 0)
    FROM estimates e LEFT JOIN figures g ON g.customer_id = e.customer_id WHERE e.kind = ? ORDER BY e.made_on, e.id
"""


def improvements(raw: Raw) -> tuple[Improvement, ...]:
    """All of them, the newest first."""
    rows = raw.execute(_KEPT).fetchall()
    return tuple(Improvement(reason, date.fromisoformat(day), text, number) for reason, day, text, number in rows)


def losses_noted(raw: Raw) -> list[Lost]:
    """Every loss that was noted, the oldest first."""
    rows = raw.execute(_LOST, (LOSS,)).fetchall()
    return [
        Lost(reason, date.fromisoformat(day), customer, max(money, 0), bool(back))
        for reason, day, customer, money, back in rows
    ]
