"""The nearest way up and the nearest way down, found by trying: a promise is what judging the changed data gave.

Nothing is derived from the rules a second time. Orders are added to a copy of the data, or its day is moved on, and
everything is judged as it always is; the boundary is where one unit less no longer does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from crmdesk.domain.indicators import Ground
from crmdesk.domain.lifecycle import stages_of_buyers
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import NO_DAY, Flags, GivenColumns, Ints, OrderColumns, buyers_of
from crmdesk.domain.rhythm import Prior, learn_prior
from crmdesk.domain.tier import Rules, judge
from crmdesk.domain.tier_cut_offs import find_cut_offs
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.tier_score import INTENTS, intent_rank

_MOST_ORDERS: Final = 4  # more than that is no next step
_MOST_MONEY: Final = 10  # times the best score: further away is no goal
_LEAST_CEILING: Final = 1_000_000  # in whole currency units, for scores that are no money
# Days at which to look; between the last without and the first with a change the day itself is found.
_DAYS: Final = (1, 3, 7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 210, 240, 300, 365, 400, 500, 600, 730, 900, 1100)


@dataclass(frozen=True)
class Case:
    """All that the tiers of some customers are worked out from; `ids` ascending.

    `renew` has the cut-offs found anew from these very orders, as a file with a handful of buyers does; `orders`
    must then be everybody's, and one customer is tried at a time.
    """

    ids: Ints
    orders: OrderColumns
    given: GivenColumns
    facts: Facts
    rules: Rules
    prior: Prior
    as_of: int
    renew: bool = False


@dataclass(frozen=True)
class Ways:
    """One entry a customer, by position in `ids`; `rank` is the level reached, `found` where there is a way at all."""

    found: Flags
    rank: Ints
    orders: Ints
    money: Ints  # int money in whole currency units, 0 where any amount does
    days: Ints


def ranks(case: Case) -> Ints:
    """The level of each customer; one below the last where it has none."""
    policy, rules = case.rules.policy, case.rules
    window = case.as_of - policy.window if policy.window else NO_DAY
    orders = case.orders.counted(policy.returns)
    buyers = buyers_of(orders, case.given, window)
    ground = Ground(buyers, orders, case.facts, case.as_of, case.prior, policy.window)
    if case.renew:
        ground = replace(ground, prior=learn_prior(buyers))
        rules = replace(rules, cut_offs=find_cut_offs(ground, policy))
    found = judge(ground, stages_of_buyers(buyers, ground.prior, case.as_of), rules)
    result = np.full(len(case.ids), len(policy.levels), np.int64)
    place = np.searchsorted(buyers.ids, case.ids)
    there = np.isin(case.ids, buyers.ids)
    rank = found.rank[place[there]]
    result[there] = np.where(rank < 0, len(policy.levels), rank)
    return result


def ordered(case: Case, day: int, count: int, money: Ints) -> Case:
    """The case with so many more orders of `money` each (one entry a customer), one a day from `day` on."""
    owner = np.repeat(case.ids, count)
    days = np.tile(np.arange(day, day + count), len(case.ids))
    rules = replace(case.rules, today=case.rules.today + count - 1)
    more = case.orders.plus(owner, days, np.repeat(money, count))
    return replace(case, orders=more, rules=rules, as_of=max(day, case.as_of) + count - 1)


def ranks_after(case: Case, days: Ints) -> Ints:
    """The level of each customer so many days later (one entry a customer) without any order."""
    result = np.zeros(len(case.ids), np.int64)
    # Days are told by the calendar (a group's quiet times have dates), so the day moves on and not the data.
    for later in np.unique(days).tolist():
        here = days == later
        result[here] = ranks(some_days_later(case, here, later))
    return result


def some_days_later(case: Case, which: Flags, days: int) -> Case:
    """The case of the customers of a mask, so many days later."""
    rules = replace(case.rules, today=case.rules.today + days)
    moved = replace(case, as_of=case.as_of + days, rules=rules)
    if case.renew or which.all():
        return moved
    ids = case.ids[which]
    orders = case.orders.of(np.isin(case.orders.owner, ids))
    return replace(moved, ids=ids, orders=orders, given=case.given.of(np.isin(case.given.ids, ids)))


def ways_up(case: Case, day: int) -> Ways:
    """The fewest orders from `day` on, and the least money each, that give a better level."""
    size = len(case.ids)
    now = ranks(case)
    ways = _no_ways(size)
    open_ones = now > 0
    best = case.rules.cut_offs.top[0] if case.rules.cut_offs.top else 0
    ceiling = (
        max(_MOST_MONEY * best // MONEY_UNIT, _LEAST_CEILING) if case.rules.policy.scale == "value" else _LEAST_CEILING
    )
    for count in range(1, _MOST_ORDERS + 1):
        if not np.any(open_ones) or not case.rules.policy.has_levels:
            break

        def better(units: Ints, count: int = count) -> Ints:
            return ranks(ordered(case, day, count, units * MONEY_UNIT))

        works = open_ones & (better(np.full(size, ceiling)) < now)
        if np.any(works):
            any_amount = works & (better(np.ones(size, np.int64)) < now)
            units = _boundary(lambda units: better(units) < now, np.ones(size, np.int64), np.full(size, ceiling))
            units = np.where(any_amount, 1, units)
            reached = better(units)
            ways.found[works], ways.rank[works], ways.orders[works] = True, reached[works], count
            ways.money[works] = np.where(any_amount, 0, units * MONEY_UNIT)[works]
        open_ones &= ~works
    return ways


def ways_by_waiting(case: Case, *, down: bool) -> Ways:
    """After how many days without an order the level is worse (or, not `down`, better)."""
    size = len(case.ids)
    now = ranks(case)
    ways = _no_ways(size)
    if not case.rules.policy.has_levels:
        return ways

    def changed(days: Ints) -> Flags:
        then = ranks_after(case, days)
        return then > now if down else then < now

    low, high = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for step in _DAYS:
        open_ones = high == 0
        if not np.any(open_ones):
            break
        hit = open_ones & changed(np.full(size, step))
        high = np.where(hit, step, high)
        low = np.where(open_ones & ~hit, step, low)
    found = high > 0
    days = _boundary(changed, low, np.maximum(high, 1))
    ways.found[found] = True
    ways.days[found] = days[found]
    ways.rank[found] = ranks_after(case, days)[found]
    return ways


def ways_by_intent(rank: int, levels: int) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    """Which intent leads to the next better and the next worse level that there is, each with that level."""
    reached = [(word, found) for word in INTENTS if (found := intent_rank(word, levels)) is not None]
    up = max((one for one in reached if one[1] < rank), key=lambda one: one[1], default=None)
    return up, min((one for one in reached if one[1] > rank), key=lambda one: one[1], default=None)


def _no_ways(size: int) -> Ways:
    rank, orders, money, days = (np.zeros(size, np.int64) for _ in range(4))
    return Ways(np.zeros(size, np.bool_), rank, orders, money, days)


def _boundary(holds: Callable[[Ints], Flags], low: Ints, high: Ints) -> Ints:
    """The value at which `holds` begins, between a low one where it does not and a high one where it does."""
    while np.any(high - low > 1):
        middle = (low + high) // 2
        yes = holds(middle)
        apart = high - low > 1
        high = np.where(apart & yes, middle, high)
        low = np.where(apart & ~yes, middle, low)
    return high
