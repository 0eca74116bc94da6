"""Purchases by customer as columns: what every figure about buying is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EPOCH: Final = 719163  # the ordinal of 1970-01-01, from which numpy counts days
NO_DAY: Final = 0  # a day is its ordinal (date.toordinal), so 0 is none
_DAY_BITS: Final = 22  # enough for the last day of the year 9999


@dataclass(frozen=True)
class OrderColumns:
    """Counting orders, one entry each, in any order: money as int money, days as ordinals."""

    owner: Ints
    day: Ints
    amount: Ints
    refund: Ints
    cost: Ints
    cost_known: Flags


@dataclass(frozen=True)
class Purchases:
    """One entry per buyer, ids ascending. Several orders on one day are one purchase day; returns and refunds subtract.

    `days` holds the purchase days of all buyers one after the other, ascending, those of buyer i from `starts[i]`.
    `estimated` marks buyers known by the totals of a sheet only: their `day_count` is the sheet's count of orders.
    """

    ids: Ints
    orders: Ints
    total: Ints
    money_known: Flags
    profit: Ints
    profit_known: Flags
    window_total: Ints
    window_days: Ints
    days: Ints
    starts: Ints
    day_count: Ints
    first: Ints
    last: Ints
    estimated: Flags

    def __len__(self) -> int:
        return len(self.ids)


def group_orders(orders: OrderColumns, window_start: int = NO_DAY) -> Purchases:
    """The purchases of each customer; the window holds the days after `window_start`."""
    by_owner = np.argsort(orders.owner, kind="stable")
    owner = orders.owner[by_owner]
    first_rows = np.flatnonzero(np.diff(owner, prepend=owner[:1] - 1)) if len(owner) else np.zeros(0, np.int64)
    ids = owner[first_rows]
    position = np.repeat(np.arange(len(ids)), np.diff(first_rows, append=len(owner)))
    amount, day = orders.amount[by_owner], orders.day[by_owner]
    net = amount - orders.refund[by_owner]
    bought = amount >= 0
    dated = bought & (day != NO_DAY)
    days, day_owner = _distinct_days(position[dated], day[dated])
    day_count = np.bincount(day_owner, minlength=len(ids)).astype(np.int64)
    starts = np.cumsum(day_count) - day_count
    known = _sums((~orders.cost_known[by_owner] & (amount != 0)).astype(np.int64), first_rows) == 0
    return Purchases(
        ids=ids,
        orders=_sums(bought.astype(np.int64), first_rows),
        total=_sums(net, first_rows),
        money_known=_sums((amount != 0).astype(np.int64), first_rows) > 0,
        profit=_sums(net - orders.cost[by_owner], first_rows),
        profit_known=known,
        window_total=_sums(np.where(day > window_start, net, 0), first_rows),
        window_days=np.bincount(day_owner[days > window_start], minlength=len(ids)).astype(np.int64),
        days=days,
        starts=starts,
        day_count=day_count,
        first=_edge(days, starts, day_count, last=False),
        last=_edge(days, starts, day_count, last=True),
        estimated=np.zeros(len(ids), np.bool_),
    )


def given_purchases(ids: Ints, orders: Ints, total: Ints, first: Ints, last: Ints, window_start: int) -> Purchases:
    """Buyers of whom a sheet gives totals only. `orders` 0 where the count is unknown, days NO_DAY where unknown."""
    size = len(ids)
    inside = first > window_start
    return Purchases(
        ids=ids,
        orders=orders,
        total=total,
        money_known=total != 0,
        profit=np.zeros(size, np.int64),
        profit_known=np.zeros(size, np.bool_),
        window_total=np.where(inside, total, 0),
        window_days=np.where(inside, orders, 0),
        days=np.zeros(0, np.int64),
        starts=np.zeros(size, np.int64),
        day_count=np.maximum(orders, (last != NO_DAY).astype(np.int64)),
        first=np.where(first == NO_DAY, last, first),
        last=last,
        estimated=np.ones(size, np.bool_),
    )


def merged(single: Purchases, given: Purchases) -> Purchases:
    """Both kinds of buyers, ids ascending; who has orders of its own is not taken from the totals."""
    keep = ~np.isin(given.ids, single.ids)
    order = np.argsort(np.concatenate([single.ids, given.ids[keep]]), kind="stable")

    def both(name: str) -> NDArray[np.int64]:
        column: NDArray[np.int64] = np.concatenate([getattr(single, name), getattr(given, name)[keep]])[order]
        return column

    names = ("ids", "orders", "total", "profit", "window_total", "window_days", "starts", "day_count", "first", "last")
    return Purchases(
        **{name: both(name) for name in names},
        money_known=both("money_known").astype(np.bool_),
        profit_known=both("profit_known").astype(np.bool_),
        estimated=both("estimated").astype(np.bool_),
        days=single.days,
    )


def _sums(values: Ints, first_rows: Ints) -> Ints:
    return np.add.reduceat(values, first_rows) if len(first_rows) else np.zeros(0, np.int64)


def _distinct_days(owner: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Each owner's distinct days, ascending, and whose they are."""
    keys = np.sort((owner << _DAY_BITS) | day)
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return keys & ((1 << _DAY_BITS) - 1), keys >> _DAY_BITS


def _edge(days: Ints, starts: Ints, count: Ints, *, last: bool) -> Ints:
    edge = np.full(len(starts), NO_DAY, np.int64)
    has = count > 0
    edge[has] = days[(starts + (count - 1 if last else 0))[has]]
    return edge
