"""Purchases by customer as columns: what every figure about buying is computed from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EPOCH: Final = 719163  # the ordinal of 1970-01-01, from which numpy counts days
UNKNOWN: Final = -(1 << 62)  # stands for money that nobody knows, where a column has no flags beside it
NO_DAY: Final = 0  # a day is its ordinal (date.toordinal), so 0 is none
_DAY_BITS: Final = 22  # enough for the last day of the year 9999


@dataclass(frozen=True)
class OrderColumns:
    """Counting orders, one entry each, in any order: money as int money, days as ordinals.

    `discount` is read only where it is asked for (None: not read); UNKNOWN stands for one that nobody noted.
    """

    owner: Ints
    day: Ints
    amount: Ints
    refund: Ints
    cost: Ints
    cost_known: Flags
    discount: Ints | None = None

    def __len__(self) -> int:
        return len(self.owner)

    def counted(self, returns: str) -> OrderColumns:
        """The orders a policy counts: all of them ("net"), or without returns and refunds ("ignore")."""
        if returns != "ignore":
            return self
        bought = self.amount > 0
        kept = self.of(bought)
        return replace(kept, refund=np.zeros(len(kept), np.int64))

    def of(self, which: Flags) -> OrderColumns:
        """The orders of the mask."""
        mine: Iterator[Any] = (getattr(self, one.name) for one in fields(OrderColumns))
        columns: Iterator[Any] = (None if column is None else column[which] for column in mine)
        return OrderColumns(*columns)

    def plus(self, owner: Ints, day: Ints, amount: Ints) -> OrderColumns:
        """These and more orders, whose cost and discount nobody knows yet."""
        unknown = np.zeros(len(owner), np.bool_)
        discount = None if self.discount is None else np.full(len(owner), UNKNOWN, np.int64)
        more = OrderColumns(owner, day, amount, amount * 0, amount * 0, unknown, discount)
        pairs = ((getattr(self, one.name), getattr(more, one.name)) for one in fields(OrderColumns))
        columns: Iterator[Any] = (None if mine is None else np.concatenate([mine, new]) for mine, new in pairs)
        return OrderColumns(*columns)


@dataclass(frozen=True)
class GivenColumns:
    """What sheets say in totals, one entry a customer: `orders` 0 where the count is unknown, days NO_DAY."""

    ids: Ints
    orders: Ints
    total: Ints
    first: Ints
    last: Ints

    def of(self, which: Flags) -> GivenColumns:
        """The customers of the mask."""
        return GivenColumns(*(getattr(self, one.name)[which] for one in fields(GivenColumns)))


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

    def of(self, which: Flags) -> Purchases:
        """The buyers of the mask; the days of the others stay in `days`, unused."""
        kept = {one.name: getattr(self, one.name)[which] for one in fields(Purchases) if one.name != "days"}
        return Purchases(**kept, days=self.days)

    @property
    def average(self) -> Ints:
        """Money per order; 0 where no order or no money is known."""
        return np.where(self.money_known & (self.orders > 0), self.total // np.maximum(self.orders, 1), 0)


def buyers_of(orders: OrderColumns, given: GivenColumns, window_start: int = NO_DAY) -> Purchases:
    """Everybody who bought: by single orders, by the totals of a sheet, or by totals and the orders after them."""
    return merged(group_orders(orders, window_start), given_purchases(given, window_start))


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
    days, day_owner = distinct_days(position[dated], day[dated])
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


def given_purchases(given: GivenColumns, window_start: int = NO_DAY) -> Purchases:
    """Buyers of whom a sheet gives totals only."""
    size = len(given.ids)
    inside = given.first > window_start
    return Purchases(
        ids=given.ids,
        orders=given.orders,
        total=given.total,
        money_known=given.total != 0,
        profit=np.zeros(size, np.int64),
        profit_known=np.zeros(size, np.bool_),
        window_total=np.where(inside, given.total, 0),
        window_days=np.where(inside, given.orders, 0),
        days=np.zeros(0, np.int64),
        starts=np.zeros(size, np.int64),
        day_count=np.maximum(given.orders, (given.last != NO_DAY).astype(np.int64)),
        first=np.where(given.first == NO_DAY, given.last, given.first),
        last=given.last,
        estimated=np.ones(size, np.bool_),
    )


def merged(single: Purchases, given: Purchases) -> Purchases:
    """Both kinds of buyers, ids ascending.

    Orders that all came after a sheet's totals are added to them. Where they reach back into what the sheet sums up,
    the orders alone count: otherwise the same purchase would count twice.
    """
    at = np.searchsorted(single.ids, given.ids)
    known = np.isin(given.ids, single.ids)
    place = np.where(known, at, 0)
    later = known & (given.last != NO_DAY)
    if np.any(later):
        later &= single.first[place] > given.last
        single = _on_top(single, place[later], given.of(later))
    keep = ~known
    if not np.any(keep):
        return single
    order = np.argsort(np.concatenate([single.ids, given.ids[keep]]), kind="stable")
    return Purchases(
        **{
            one.name: np.concatenate([getattr(single, one.name), getattr(given, one.name)[keep]])[order]
            for one in fields(Purchases)
            if one.name != "days"
        },
        days=single.days,
    )


def _on_top(single: Purchases, place: Ints, given: Purchases) -> Purchases:
    """The buyers, those at `place` with a sheet's totals before their own orders."""
    if not len(place):
        return single
    changed: dict[str, Any] = {}
    for name in ("orders", "total", "window_total", "window_days", "day_count"):
        column = getattr(single, name).copy()
        column[place] += getattr(given, name)
        changed[name] = column
    for name in ("first", "profit_known", "estimated"):
        column = getattr(single, name).copy()
        column[place] = getattr(given, name)
        changed[name] = column
    known = single.money_known.copy()
    known[place] |= given.money_known
    return replace(single, **changed, money_known=known)


def _sums(values: Ints, first_rows: Ints) -> Ints:
    return np.add.reduceat(values, first_rows) if len(first_rows) else np.zeros(0, np.int64)


def distinct_days(owner: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Each owner's distinct days, ascending, and whose they are."""
    keys = np.sort((owner << _DAY_BITS) | day)
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return keys & ((1 << _DAY_BITS) - 1), keys >> _DAY_BITS


def _edge(days: Ints, starts: Ints, count: Ints, *, last: bool) -> Ints:
    edge = np.full(len(starts), NO_DAY, np.int64)
    has = count > 0
    edge[has] = days[(starts + (count - 1 if last else 0))[has]]
    return edge
