"""What other rules would do, before they are applied: who moves, what each level holds, what it asks of one's time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.cadence import steps_of
from crmdesk.domain.indicators import Ground
from crmdesk.domain.lifecycle import stages_of_buyers
from crmdesk.domain.purchases import NO_DAY, Flags, GivenColumns, Ints, OrderColumns, buyers_of
from crmdesk.domain.rhythm import learn_prior
from crmdesk.domain.tier import Rules, judge
from crmdesk.domain.tier_cut_offs import CutOffs, find_cut_offs
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.domain.tier_score import intent_rank

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class LevelPreview:
    """One level: its customers and int money, and how many contacts a week its cadence asks for."""

    tier: str
    customers: int
    money: int
    contacts_per_week: float


@dataclass(frozen=True, slots=True)
class PolicyMove:
    """A customer who would change level; None is no tier."""

    customer_id: int
    name: str
    old: str | None
    new: str | None
    money: int


@dataclass(frozen=True)
class Preview:
    """The rules tried on everybody, nothing written. `moves` are the largest by money, `moved` counts all of them.

    `contacts_needed` a week for everybody, those without a tier included, against `contacts_done` (a week, over the
    last eight) and `contacts_possible` by the daily cap.
    """

    policy: TierPolicy
    cut_offs: CutOffs
    levels: tuple[LevelPreview, ...]
    without_tier: int
    key_accounts: int
    moved: int
    moved_up: int
    moved_down: int
    moves: tuple[PolicyMove, ...]
    contacts_needed: float
    contacts_done: float
    contacts_possible: int


@dataclass(frozen=True)
class Scheme:
    """One policy's answer for everybody: the level of each id, -1 for none."""

    policy: TierPolicy
    cut_offs: CutOffs
    ids: Ints
    rank: Ints
    key: Flags


@dataclass(frozen=True)
class Overlap:
    """Two schemes side by side: how many customers stand on each pair of levels ("" none), and how many agree.

    `agreement` is the share of customers, among those with a tier in both, whose place from the top is the same.
    """

    first: str
    second: str
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    agreement: float | None = None


@dataclass(frozen=True)
class Drift:
    """How far the frozen limits have grown old: who would stand elsewhere if they were found anew today.

    `limits` pairs each frozen limit with today's (int money or millionths of points). `review_on` is the ISO day the
    user wanted to look again; `due` whether it has come.
    """

    run_on: str
    customers: int
    moved: int
    limits: tuple[tuple[int, int], ...]
    review_on: str
    due: bool


def try_out(
    policy: TierPolicy,
    orders: OrderColumns,
    given: GivenColumns,
    facts: Facts,
    ids: Ints,
    as_of: int,
    today: int,
    frozen: CutOffs | None = None,
) -> Scheme:
    """Judge everybody by a policy as if it were applied today. `ids` are all customers, ascending.

    With limits that were `frozen` before, `ids` may also be some of them, with their orders alone.
    """
    counted = orders.counted(policy.returns)
    buyers = buyers_of(counted, given, as_of - policy.window if policy.window else NO_DAY)
    prior = learn_prior(buyers, as_of) if frozen is None else frozen.prior
    ground = Ground(buyers, counted, facts, as_of, prior, policy.window)
    cut_offs = frozen or (find_cut_offs(ground, policy) if policy.has_levels else CutOffs())
    rules = Rules(policy, cut_offs, {}, today, lambda _ids: facts)
    found = judge(ground, stages_of_buyers(buyers, ground.prior, as_of), rules)
    rank = np.full(len(ids), -1, np.int64)
    key = np.zeros(len(ids), np.bool_)
    place = np.searchsorted(ids, buyers.ids)
    rank[place], key[place] = found.rank, found.key
    if policy.scale == "intent":
        for at, customer in enumerate(ids.tolist()):
            level = intent_rank(facts.intent.get(customer, ""), len(policy.levels))
            rank[at] = -1 if level is None else level
    return Scheme(policy, cut_offs, ids, rank, key)


def level_previews(scheme: Scheme, money: Ints) -> tuple[LevelPreview, ...]:
    """Customers, money and contacts a week of each level."""
    cadence = steps_of(scheme.policy.cadence, len(scheme.policy.levels))
    told = []
    for place, name in enumerate(scheme.policy.levels):
        here = scheme.rank == place
        count = int(np.count_nonzero(here))
        told.append(LevelPreview(name, count, int(money[here].sum()), count * WEEK / cadence[place]))
    return tuple(told)


def overlap(first: Scheme, second: Scheme) -> Overlap:
    """How two schemes, found over the same ids, put the same customers."""
    names = [(*one.policy.levels, "") for one in (first, second)]
    pairs: dict[tuple[str, str], int] = {}
    width = len(names[1])
    codes = np.bincount((first.rank % len(names[0])) * width + second.rank % width, minlength=len(names[0]) * width)
    for code in np.flatnonzero(codes).tolist():
        pairs[names[0][code // width], names[1][code % width]] = int(codes[code])
    both = (first.rank >= 0) & (second.rank >= 0)
    if not np.any(both):
        return Overlap(first.policy.ready, second.policy.ready, pairs)
    # Two levels and five levels are compared by how far from the top they are.
    places = [one.rank[both] / max(len(one.policy.levels) - 1, 1) for one in (first, second)]
    same = float(np.mean(np.abs(places[0] - places[1]) < 0.5 / max(len(names[0]) - 1, width - 1, 1)))
    return Overlap(first.policy.ready, second.policy.ready, pairs, round(same, 4))


def moves_between(
    scheme: Scheme, before: Sequence[tuple[int, str, str | None, int]], most: int
) -> tuple[int, int, int, list[PolicyMove]]:
    """How many move, how many up and down among the same level names, and the largest by money.

    `before` holds id, name, tier now and int money of every id of the scheme, in its order.
    """
    levels = (*scheme.policy.levels, None)
    place = {name: at for at, name in enumerate(scheme.policy.levels)}
    moved = []
    up = down = 0
    for (customer, name, old, money), rank in zip(before, scheme.rank.tolist(), strict=True):
        new = levels[rank]
        if new == old:
            continue
        moved.append((money, customer, name, old, new))
        if old in place and new in place:
            up += place[new] < place[old]
            down += place[new] > place[old]
    moved.sort(key=lambda one: (-one[0], one[1]))
    return len(moved), up, down, [PolicyMove(one[1], one[2], one[3], one[4], one[0]) for one in moved[:most]]
