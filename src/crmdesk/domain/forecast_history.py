"""What a forecast is made from: each customer's purchase days up to a day, as three numbers and a mean amount."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import NO_DAY, Floats, Ints, OrderColumns, Purchases, distinct_days


@dataclass(frozen=True)
class Past:
    """One entry per customer with a dated purchase, ids ascending; days counted up to and with the last one looked at.

    `x` purchase days after the first, `t_x` days from the first to the last, `age` days from the first to the end
    (several orders of a day are one purchase day), `mean` what a purchase day after the first was worth, in whole
    money; 0 where there was none. `usual` is what any purchase day was worth, over all customers.
    """

    ids: Ints
    x: Ints
    t_x: Ints
    age: Ints
    mean: Floats
    usual: float

    @property
    def capable(self) -> int:
        """How many could have come again: their first purchase was before the last day."""
        return int(np.count_nonzero(self.age > 0))

    @property
    def returned(self) -> int:
        """How many did come again."""
        return int(np.count_nonzero(self.x > 0))


def past(orders: OrderColumns, until: int) -> Past:
    """What the counting orders up to an ordinal day tell. A return is no purchase, but its money counts."""
    seen = (orders.day != NO_DAY) & (orders.day <= until)
    owner, day = orders.owner[seen], orders.day[seen]
    net = (orders.amount - orders.refund)[seen].astype(np.float64) / MONEY_UNIT
    ids, place = np.unique(owner, return_inverse=True)
    bought = orders.amount[seen] >= 0
    days, whose = distinct_days(place[bought], day[bought])
    count = np.bincount(whose, minlength=len(ids)).astype(np.int64)
    buyers = count > 0
    starts = np.cumsum(count) - count
    first = np.zeros(len(ids), np.int64)
    last = first.copy()
    first[buyers], last[buyers] = days[starts[buyers]], days[(starts + count - 1)[buyers]]
    later = np.bincount(place, weights=np.where(day > first[place], net, 0.0), minlength=len(ids))
    x = np.maximum(count - 1, 0)
    mean = np.where(x > 0, later / np.maximum(x, 1), 0.0)
    usual = float(net.sum()) / max(int(count.sum()), 1)
    return Past(ids[buyers], x[buyers], (last - first)[buyers], (until - first)[buyers], mean[buyers], usual)


def past_of_totals(given: Purchases, until: int) -> Past:
    """The same from a sheet's totals (count, sum, first and last day), as far as they are whole and not beyond it."""
    apart = given.last > given.first
    counts = np.where(apart, np.maximum(given.orders, 2), 1)
    # Several orders and a single day: one of the two days is missing.
    whole = (given.first != NO_DAY) & (given.last <= until) & (given.orders > 0) & (apart | (given.orders == 1))
    x = counts[whole] - 1
    first, last = given.first[whole], given.last[whole]
    # A sum does not tell its purchases apart; their mean stands for each.
    worth = given.total[whole] / MONEY_UNIT / np.maximum(given.orders[whole], 1)
    usual = float(given.total[whole].sum()) / MONEY_UNIT / max(int(given.orders[whole].sum()), 1)
    return Past(given.ids[whole], x, last - first, until - first, np.where(x > 0, worth, 0.0), usual)


def joined(single: Past, totals: Past) -> Past:
    """Both kinds of customers; who has orders of his own is not taken from the totals."""
    keep = ~np.isin(totals.ids, single.ids)
    order = np.argsort(np.concatenate([single.ids, totals.ids[keep]]), kind="stable")

    def both(name: str) -> Ints:
        column: Ints = np.concatenate([getattr(single, name), getattr(totals, name)[keep]])[order]
        return column

    mean: Floats = np.concatenate([single.mean, totals.mean[keep]])[order]
    usual = single.usual if len(single.ids) else totals.usual
    return Past(both("ids"), both("x"), both("t_x"), both("age"), mean, usual)


def came_since(orders: OrderColumns, ids: Ints, after: int, until: int) -> Ints:
    """The ordinals of the purchase days these customers had after one day and up to another; ascending."""
    wanted = (orders.day > after) & (orders.day <= until) & (orders.amount >= 0) & np.isin(orders.owner, ids)
    _ids, place = np.unique(orders.owner[wanted], return_inverse=True)
    days, _whose = distinct_days(place, orders.day[wanted])
    return np.sort(days)
