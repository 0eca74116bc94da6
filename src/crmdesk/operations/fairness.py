"""What changed and why, and whether attention is fair: values for the analysis page and the command line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crmdesk.domain.fairness import Fairness, Feed
    from crmdesk.storage.database import Database

__all__ = ["changed_count", "changes_since", "fairness"]

_CONTACT_DAYS: Final = 90
_MOVE_DAYS: Final = 180
_MOST_CHANGES: Final = 500


def changes_since(db: Database, since: date, most: int = _MOST_CHANGES) -> Feed:
    """The changes of tiers and stages from a day on, the newest first, each with its reason."""
    from crmdesk.domain.fairness import Feed
    from crmdesk.storage import insight

    with db.raw_read() as raw:
        return Feed(since, insight.moves(raw, "tier", since, most), insight.moves(raw, "stage", since, most))


def changed_count(db: Database, since: date) -> int:
    """How many customers changed tier or stage from a day on; a customer's first standing is none."""
    from crmdesk.storage import insight

    with db.raw_read() as raw:
        return insight.move_count(raw, since)


def fairness(db: Database) -> Fairness:
    """Attention against value and potential by level, floors broken, losses, what follows a move, rising stars."""
    from crmdesk.domain.cadence import NO_TIER_DAYS, steps_of
    from crmdesk.domain.fairness import Fairness, after_moves, attention, rising_stars
    from crmdesk.storage import insight
    from crmdesk.storage.policy import as_of_day
    from crmdesk.storage.purchases import read_orders
    from crmdesk.storage.tiers import policy_in_force

    today = db.clock.today()
    with db.raw_read() as raw:
        as_of = as_of_day(raw, today)
        force = policy_in_force(raw)
        people = insight.people(raw, as_of, as_of - timedelta(days=_CONTACT_DAYS))
        complaints = insight.complaint_days(raw)
        moves = insight.moves(raw, "tier", as_of - timedelta(days=_MOVE_DAYS), 1_000_000)
        orders = read_orders(raw).counted(force.policy.returns)
    policy = force.policy
    usual = force.cut_offs.usual_order if force.cut_offs is not None else 0  # as the figures judge growth
    steps = steps_of(policy.cadence, len(policy.levels))
    levels, waiting = attention(people, policy.levels, steps, NO_TIER_DAYS, as_of.toordinal())
    return Fairness(
        as_of,
        levels,
        after_moves(people, list(moves), complaints, policy.levels),
        rising_stars(people, orders, as_of.toordinal(), usual, levels=policy.has_levels),
        waiting,
    )
