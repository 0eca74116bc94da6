"""为什么不来了: the reasons why customers stopped, a small closed list and one's own words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.purchases import NO_DAY, Ints, OrderColumns

LOSS: Final = "loss"  # the kind of an estimate that holds it: the salesperson's own judgement, dated
REASONS: Final = ("price", "quality", "service", "delivery", "competitor", "need", "closed", "other")
NOT_ASKED: Final = ""
NOTED_FROM: Final = 5  # reasons noted; a Pareto over fewer is an anecdote
_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class LossRow:
    """A reason ("" not asked yet), its customers, and what they brought in the year up to their last order (int)."""

    reason: str
    customers: int
    money: int
    share: float  # of all money lost, 0 to 1


@dataclass(frozen=True)
class Losses:
    """The reasons by lost money, the largest first; those not asked about yet behind."""

    rows: tuple[LossRow, ...]
    noted: int
    who: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def ids(self, reason: str) -> tuple[int, ...]:
        """Who was lost for a reason."""
        return self.who.get(reason, ())


def losses(lost: Mapping[int, str], orders: OrderColumns) -> Losses | None:
    """The Pareto over lost customers by id with their reason ("" unknown); None while too few reasons are noted."""
    noted = sum(bool(reason) for reason in lost.values())
    if noted < NOTED_FROM:
        return None
    ids = np.array(sorted(lost), np.int64)
    money = dict(zip(ids.tolist(), last_year(ids, orders).tolist(), strict=True))
    whole = sum(money.values()) or 1
    who: dict[str, tuple[int, ...]] = {}
    rows = []
    for reason in dict.fromkeys((*REASONS, *lost.values())):
        mine = sorted((one for one, why in lost.items() if why == reason), key=lambda one: -money[one])
        if mine:
            who[reason] = tuple(mine)
            sums = sum(money[one] for one in mine)
            rows.append(LossRow(reason, len(mine), sums, round(sums / whole, 4)))
    rows.sort(key=lambda row: (row.reason == NOT_ASKED, -row.money, -row.customers))
    return Losses(tuple(rows), noted, who)


def last_year(ids: Ints, orders: OrderColumns) -> Ints:
    """What each customer (ids ascending) brought in the year up to its own last order, int money, never below 0."""
    place = np.minimum(np.searchsorted(ids, orders.owner), max(len(ids) - 1, 0))
    mine = (ids[place] == orders.owner) if len(ids) else np.zeros(len(orders), np.bool_)
    mine &= orders.day != NO_DAY
    last = np.zeros(len(ids), np.int64)
    np.maximum.at(last, place[mine & (orders.amount > 0)], orders.day[mine & (orders.amount > 0)])
    inside = mine & (orders.day > last[place] - _YEAR) if len(ids) else mine
    sums = np.zeros(len(ids), np.int64)
    np.add.at(sums, place[inside], (orders.amount - orders.refund)[inside])
    return np.maximum(sums, 0)


def known_reasons(rows: Iterable[tuple[int, str | None]]) -> dict[int, str]:
    """Lost customers with their reason, "" where none is noted."""
    return {customer: reason or NOT_ASKED for customer, reason in rows}
