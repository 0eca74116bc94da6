"""The rules that give tiers: ready ones, kept versions, trying others out, schemes side by side, drift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.phrase import Refused
from crmdesk.words.policies import level_names

if TYPE_CHECKING:
    from crmdesk.domain.policy_preview import Drift, Overlap, Preview, Scheme
    from crmdesk.domain.purchases import GivenColumns, Ints, OrderColumns
    from crmdesk.domain.tier_facts import Facts
    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.storage.database import Database

__all__ = [
    *(
        "Trial",
        "drift",
        "kept",
        "other_levels",
        "overlaps",
        "own_levels",
        "preview",
        "ready_policies",
        "ready_policy",
        "trial",
    ),
    "with_changes",
]

_MOST_MOVES: Final = 200
_WEEKS: Final = 8
_WORKING_DAYS: Final = 6  # shops open on Saturdays


@dataclass(frozen=True)
class Trial:
    """Everything that rules are tried on, read once: a slider can then be moved without reading anything again."""

    orders: OrderColumns
    given: GivenColumns
    facts: Facts
    ids: Ints
    before: Sequence[tuple[int, str, str | None, int]]
    money: Ints
    as_of: int
    today: int
    contacts_done: float
    daily_cap: int


def ready_policies() -> list[TierPolicy]:
    """The ready policies, their levels named in the current language."""
    from crmdesk.domain.policy_ready import READY

    return [_named(make()) for make in READY.values()]


def ready_policy(code: str) -> TierPolicy:
    """The ready policy of this code. Raises Refused("no_such_policy")."""
    from crmdesk.domain.policy_ready import READY

    if code not in READY:
        raise Refused("no_such_policy", value=code)
    return _named(READY[code]())


def kept(db: Database) -> list[tuple[TierPolicy, str]]:
    """Every version of the rules in this file with the ISO day it was made on, the newest first."""
    from crmdesk.storage.policy import kept_policies

    with db.raw_read() as raw:
        return kept_policies(raw)


def own_levels(db: Database) -> tuple[str, ...]:
    """The words that the customers' own sheets have for levels, the best first; () where they are none to go by."""
    from crmdesk.domain.policy_edit import levels_in_words
    from crmdesk.storage import insight

    with db.raw_read() as raw:
        return levels_in_words(insight.told_levels(raw))


def with_changes(policy: TierPolicy, changes: dict[str, Any]) -> TierPolicy:
    """The policy with other values. Raises Refused("bad_policy") with what makes no sense."""
    import json

    try:
        return type(policy).from_values({**json.loads(policy.to_json()), **changes})
    except ValueError as error:
        raise Refused("bad_policy", why=str(error)) from error


def trial(db: Database, daily_cap: int = 8, *, products: bool = False) -> Trial:
    """Read what rules are tried on; the products bought only where rules ask for breadth or headroom."""
    import numpy as np

    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.storage import insight
    from crmdesk.storage.policy import as_of_day
    from crmdesk.storage.purchases import read_given, read_orders
    from crmdesk.storage.tier_facts import read_facts

    today = db.clock.today()
    with db.raw_read() as raw:
        before = insight.standings(raw)
        # Asked as if by intent: whatever is tried next, its facts are there.
        facts = read_facts(raw, None, TierPolicy(scale="intent", cuts=()), everything=products)
        return Trial(
            read_orders(raw),
            read_given(raw, None),
            facts,
            np.array([row[0] for row in before], np.int64),
            before,
            np.array([row[3] for row in before], np.int64),
            as_of_day(raw, today).toordinal(),
            today.toordinal(),
            insight.contacts_since(raw, today - timedelta(weeks=_WEEKS)) / _WEEKS,
            daily_cap,
        )


def preview(tried: Trial, policy: TierPolicy) -> Preview:
    """What the policy would do: who moves, what each level holds, the contacts a week it asks for. Writes nothing."""
    from crmdesk.domain.cadence import NO_TIER_DAYS
    from crmdesk.domain.policy_preview import WEEK, Preview, level_previews, moves_between

    scheme = _scheme(tried, policy)
    levels = level_previews(scheme, tried.money)
    without = int((scheme.rank < 0).sum())
    moved, up, down, moves = moves_between(scheme, tried.before, _MOST_MOVES)
    return Preview(
        policy=policy,
        cut_offs=scheme.cut_offs,
        levels=levels,
        without_tier=without,
        key_accounts=int(scheme.key.sum()),
        moved=moved,
        moved_up=up,
        moved_down=down,
        moves=tuple(moves),
        # Whom no level names is contacted as well, at the slowest pace.
        contacts_needed=sum(level.contacts_per_week for level in levels) + without * WEEK / NO_TIER_DAYS,
        contacts_done=tried.contacts_done,
        contacts_possible=tried.daily_cap * _WORKING_DAYS,
    )


def overlaps(tried: Trial, policies: Sequence[TierPolicy]) -> tuple[Overlap, ...]:
    """The first scheme beside each of the others, and how far they agree."""
    from crmdesk.domain.policy_preview import overlap

    first, *others = (_scheme(tried, policy) for policy in policies)
    return tuple(overlap(first, other) for other in others)


def other_levels(db: Database, customer: int) -> tuple[tuple[TierPolicy, str | None], ...]:
    """The level that every other ready policy would give a customer today; None: none by that policy.

    Limits are found anew over everybody, as applying would. Raises Refused("no_such_customer").
    """
    from crmdesk.operations.tiers import current_policy

    tried, force = trial(db, products=True), current_policy(db)
    place = int(tried.ids.searchsorted(customer))
    if place == len(tried.ids) or tried.ids[place] != customer:
        raise Refused("no_such_customer")
    found = []
    for policy in ready_policies():
        if policy.has_levels and policy.ready != force.ready:
            rank = int(_scheme(tried, policy).rank[place])
            found.append((policy, policy.levels[rank] if rank >= 0 else None))
    return tuple(found)


def drift(db: Database) -> Drift:
    """How far the frozen limits have grown old, and whether a look at the rules is due."""
    from crmdesk.domain.policy_preview import Drift
    from crmdesk.domain.tier_score import needs_products
    from crmdesk.storage.tiers import policy_in_force, run_days

    with db.raw_read() as raw:
        force = policy_in_force(raw)
    tried = trial(db, products=needs_products(force.policy))
    with db.raw_read() as raw:
        run_on, _ = run_days(raw, force.run_id)
    scheme = _scheme(tried, force.policy)
    levels = (*force.policy.levels, None)
    stands = [row[2] for row in tried.before]
    moved = sum(old != levels[rank] for old, rank in zip(stands, scheme.rank.tolist(), strict=True))
    frozen = force.cut_offs.values if force.cut_offs is not None else ()
    review = force.policy.review_on
    return Drift(
        run_on,
        len(stands),
        moved,
        tuple(zip(frozen, scheme.cut_offs.values, strict=False)),
        review,
        bool(review) and review <= db.clock.today().isoformat(),
    )


def _scheme(tried: Trial, policy: TierPolicy) -> Scheme:
    from crmdesk.domain.policy_preview import try_out

    return try_out(policy, tried.orders, tried.given, tried.facts, tried.ids, tried.as_of, tried.today)


def _named(policy: TierPolicy) -> TierPolicy:
    return replace(policy, levels=level_names(policy.ready, policy.levels))
