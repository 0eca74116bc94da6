"""What the further charts read beside the orders, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.loss import LOSS, known_reasons
from crmdesk.domain.tier_facts import POTENTIAL

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_LOST: Final = """
    SELECT g.customer_id, (SELECT e.level FROM estimates e WHERE e.customer_id = g.customer_id AND e.kind = ?
        ORDER BY e.made_on DESC, e.id DESC LIMIT 1)
    FROM figures g JOIN customers c ON c.id = g.customer_id
    WHERE g.last_order_on IS NOT NULL AND (g.stage = 'lost' OR c.stopped_on IS NOT NULL)
"""
# Beside max(made_on), SQLite gives the other columns of that very row.
_POTENTIALS: Final = """
    SELECT e.customer_id, e.level, g.tier, max(e.made_on) FROM estimates e
    JOIN figures g ON g.customer_id = e.customer_id
    WHERE e.kind = ? AND coalesce(e.until, '9999') >= ? AND g.tier IS NOT NULL GROUP BY e.customer_id
"""
# The oldest change after a day says what was before it.
_TIERS_ON: Final = "SELECT customer_id, old, min(id) FROM tier_changes WHERE changed_on > ? GROUP BY customer_id"


def lost_customers(raw: Raw) -> dict[int, str]:
    """Buyers who are lost or no longer followed, with the newest reason noted ("" none)."""
    return known_reasons(raw.execute(_LOST, (LOSS,)).fetchall())


def potentials(raw: Raw, today: date) -> list[tuple[int, str, str]]:
    """Customer, potential as last noted and still valid, and tier."""
    rows = raw.execute(_POTENTIALS, (POTENTIAL, today.isoformat())).fetchall()
    return [(customer, level, tier) for customer, level, tier, _ in rows]


def not_waited_for(raw: Raw) -> frozenset[int]:
    """Who is no longer followed."""
    return frozenset(one for (one,) in raw.execute("SELECT id FROM customers WHERE stopped_on IS NOT NULL").fetchall())


def tiers_now(raw: Raw) -> dict[int, str]:
    """The tier of every customer by ascending id, "" for none."""
    rows = raw.execute("SELECT customer_id, coalesce(tier, '') FROM figures ORDER BY customer_id").fetchall()
    return dict(rows)


def lost_now(raw: Raw) -> frozenset[int]:
    """Who is lost by its own rhythm."""
    return frozenset(one for (one,) in raw.execute("SELECT customer_id FROM figures WHERE stage = 'lost'").fetchall())


def tiers_changed_since(raw: Raw, day: date) -> dict[int, str]:
    """The tier on a day of everybody whose tier changed after it, "" for none."""
    return {customer: old for customer, old, _ in raw.execute(_TIERS_ON, (day.isoformat(),)).fetchall()}


def first_run_on(raw: Raw) -> str:
    """The ISO day of the file's first run of tier rules, "" before any."""
    return raw.execute("SELECT coalesce(min(run_on), '') FROM policy_runs").fetchone()[0] or ""
