"""Whether tiers are fair: attention against value, floors broken, rising stars, what the low levels lose and bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from crmdesk.domain.cadence import LOOKED_AFTER_DAYS
from crmdesk.domain.passport import TierMove
from crmdesk.domain.purchases import NO_DAY, Floats, Ints, OrderColumns
from crmdesk.domain.stage import Stage

QUIET: Final = (Stage.DORMANT, Stage.LOST)
_HALF_YEAR: Final = 182
_SILENT: Final = ("_quiet", "_lost")  # how the reason of who was lowered for it ends
_LEAST_ORDERS: Final = 2  # in the newer half year: one order is an accident


@dataclass(frozen=True, slots=True)
class RisingStar:
    """A customer below the best level who grows and is not looked after.

    `now` and `before` are int money of the last 182 days and the 182 days before; `days` since the last contact,
    None: never contacted.
    """

    customer_id: int
    name: str
    tier: str
    now: int
    before: int
    days: int | None


@dataclass(frozen=True, slots=True)
class LevelAttention:
    """One level ("" none): its share of contacts against its share of money and of high potential.

    `floor_broken` counts who waits longer for a contact than the level's cadence allows; `lost` and `lost_money`
    (int, all they ever brought) who fell silent; `complaints` per order and `churn` (share of buyers now lost).
    """

    tier: str
    customers: int
    contacts: int
    contact_share: float
    money_share: float
    potential: int
    floor_broken: int
    lost: int
    lost_money: int
    complaints: float | None
    churn: float | None


@dataclass(frozen=True, slots=True)
class AfterMove:
    """What followed a change of tier: of so many customers moved up or down, how many are lost, how many complained.

    A complaint counts from the day of the move on. `others_lost` is the share of lost among customers of the same
    levels who did not move (None: nobody); `who` are those of the moved who are lost.
    """

    direction: str
    customers: int
    lost: int
    complained: int
    others_lost: float | None
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fairness:
    """The whole picture, as of a day: by level, after moves, and the customers it is about."""

    as_of: date
    levels: tuple[LevelAttention, ...]
    after_moves: tuple[AfterMove, ...]
    rising: tuple[RisingStar, ...]
    floor_broken: tuple[int, ...]  # ids, longest waiting first


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer as fairness looks at it; days as ordinals, NO_DAY unknown; `rank` 99 without a tier."""

    customer_id: int
    name: str
    tier: str
    rank: int
    stage: str
    last_contact: int
    known_since: int
    money: int
    orders: int
    contacts: int
    complaints: int
    potential_high: bool
    key: bool = False


@dataclass(frozen=True)
class Feed:
    """What changed: moves of tiers and of stages since a day, the newest first, each with its reason."""

    since: date
    tiers: tuple[TierMove, ...]
    stages: tuple[TierMove, ...]


def halves(orders: OrderColumns, ids: Ints, as_of: int) -> tuple[Ints, Ints, Ints]:
    """Per customer (ids ascending): money of the last 182 days, of the 182 before, and the orders of the newer."""
    place = np.minimum(np.searchsorted(ids, orders.owner), max(len(ids) - 1, 0))
    mine = (ids[place] == orders.owner) if len(ids) else np.zeros(len(orders), np.bool_)
    age = as_of - orders.day
    newer = mine & (orders.day != NO_DAY) & (age >= 0) & (age < _HALF_YEAR)
    older = mine & (orders.day != NO_DAY) & (age >= _HALF_YEAR) & (age < 2 * _HALF_YEAR)
    net = orders.amount - orders.refund
    sums = [
        np.rint(np.bincount(place[part], weights=net[part], minlength=len(ids))).astype(np.int64)
        for part in (newer, older)
    ]
    count = np.bincount(place[newer & (orders.amount > 0)], minlength=len(ids)).astype(np.int64)
    return sums[0], sums[1], count


def rising_stars(
    people: list[Standing], orders: OrderColumns, as_of: int, usual: int, *, levels: bool = True, most: int = 50
) -> tuple[RisingStar, ...]:
    """Those below the best level who grow fastest and are neglected, the most promising first; of all without `levels`.

    Growth is what the last half year brought more than the one before, over both and one usual order (int money): a
    few coins twice over are no star. Who was contacted within 60 days is looked after already, and who has gone quiet
    since does not grow any more.
    """
    below = sorted(
        (one for one in people if (0 < one.rank < 99 or not levels) and one.stage not in QUIET),
        key=lambda one: one.customer_id,
    )
    now, before, count = halves(orders, np.array([one.customer_id for one in below], np.int64), as_of)
    quiet = np.array([as_of - max(one.last_contact, NO_DAY) >= LOOKED_AFTER_DAYS for one in below], np.bool_)
    weight = rising_weight(now, before, count, usual)
    fit = quiet & (weight > 0)
    order = [at for at in np.argsort(-weight, kind="stable").tolist() if fit[at]][:most]
    return tuple(
        RisingStar(
            below[at].customer_id,
            below[at].name,
            below[at].tier,
            int(now[at]),
            int(before[at]),
            as_of - below[at].last_contact if below[at].last_contact != NO_DAY else None,
        )
        for at in order
    )


def rising_weight(now: Ints, before: Ints, count: Ints, usual: int) -> Floats:
    """How promising the growth of each customer is (as `rising_stars` tells it); 0 for who does not rise."""
    growth: Floats = (now - before) / np.maximum(now + before + usual, 1)
    # Growth alone would put a tiny newcomer first: what it brings more counts as well.
    weight = growth * np.sqrt(np.maximum(now - before, 0) / max(usual, 1))
    return np.where((count >= _LEAST_ORDERS) & (now > before), weight, 0.0)


def attention(
    people: list[Standing], levels: tuple[str, ...], cadence: tuple[int, ...], no_tier_days: int, today: int
) -> tuple[tuple[LevelAttention, ...], tuple[int, ...]]:
    """Each level's share of attention, value and loss; and who waits longer than its level allows, longest first."""
    contacts = sum(one.contacts for one in people) or 1
    money = sum(max(one.money, 0) for one in people) or 1
    waiting: list[tuple[int, int]] = []
    told = []
    for tier in (*levels, ""):
        here = [one for one in people if one.tier == tier]
        floor = cadence[levels.index(tier)] if tier else no_tier_days
        late = [(today - max(one.last_contact, one.known_since) - floor, one.customer_id) for one in here]
        broken = [pair for pair in late if pair[0] > 0]
        waiting += broken
        told.append(_level(tier, here, len(broken), contacts, money))
    return tuple(told), tuple(customer for _, customer in sorted(waiting, key=lambda one: (-one[0], one[1])))


def after_moves(
    people: list[Standing], moves: list[TierMove], complaints: Mapping[int, date], levels: tuple[str, ...]
) -> tuple[AfterMove, ...]:
    """What became of those who moved within the time looked at; `complaints` is the newest day of each who has any.

    Who was lowered for falling silent is left out: there the silence came before the move.
    """
    by_id = {one.customer_id: one for one in people}
    place = {name: at for at, name in enumerate(levels)}
    moved: dict[str, dict[int, date]] = {"up": {}, "down": {}}
    for move in moves:
        known = move.old in place and move.new in place and move.customer_id in by_id
        if known and not move.reason.code.endswith(_SILENT):
            moved["up" if place[move.new] < place[move.old] else "down"][move.customer_id] = move.on
    anybody = {move.customer_id for move in moves}
    told = []
    for direction, days in moved.items():
        ours = [by_id[customer] for customer in sorted(days)]
        tiers = {one.tier for one in ours}
        others = [one for one in people if one.tier in tiers and one.customer_id not in anybody]
        lost = tuple(one.customer_id for one in ours if one.stage == "lost")
        told.append(
            AfterMove(
                direction,
                len(ours),
                len(lost),
                sum(complaints.get(customer, date.min) >= day for customer, day in days.items()),
                round(sum(one.stage == "lost" for one in others) / len(others), 4) if others else None,
                lost,
            )
        )
    return tuple(told)


def _level(tier: str, here: list[Standing], broken: int, contacts: int, money: int) -> LevelAttention:
    own = sum(one.contacts for one in here)
    orders = sum(one.orders for one in here)
    buyers = [one for one in here if one.orders > 0]
    lost = [one for one in buyers if one.stage == "lost"]
    complaints = sum(one.complaints for one in here)
    return LevelAttention(
        tier,
        len(here),
        own,
        round(own / contacts, 4),
        round(sum(max(one.money, 0) for one in here) / money, 4),
        sum(one.potential_high for one in here),
        broken,
        len(lost),
        sum(max(one.money, 0) for one in lost),
        round(complaints / orders, 4) if orders else None,
        round(len(lost) / len(buyers), 4) if buyers else None,
    )
