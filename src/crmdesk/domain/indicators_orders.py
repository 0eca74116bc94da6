"""The single orders of each buyer, sorted by day: what averages, trends and peaks are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crmdesk.domain.purchases import NO_DAY, UNKNOWN, Flags, Floats, Ints, OrderColumns

_YEAR = 365
_ENOUGH = 4  # orders, so that either half holds two


@dataclass(frozen=True)
class OrderGroups:
    """Purchases (no returns) sorted by buyer and day. `owner` is the buyer's position, `starts` its first order."""

    owner: Ints
    day: Ints
    net: Ints
    gross: Ints
    discount: Ints
    starts: Ints
    count: Ints

    @classmethod
    def of(cls, orders: OrderColumns, ids: Ints) -> OrderGroups:
        """The orders of these buyers (ids ascending); those of others are left out."""
        place = np.searchsorted(ids, orders.owner) if len(ids) else np.zeros(len(orders), np.int64)
        place = np.minimum(place, max(len(ids) - 1, 0))
        mine = (ids[place] == orders.owner if len(ids) else np.zeros(len(orders), np.bool_)) & (orders.amount >= 0)
        kept, owner = orders.of(mine), place[mine]
        order = np.lexsort((kept.day, owner))
        count = np.bincount(owner, minlength=len(ids)).astype(np.int64)
        discount = kept.discount if kept.discount is not None else np.full(len(kept), UNKNOWN, np.int64)
        return cls(
            owner[order],
            kept.day[order],
            (kept.amount - kept.refund)[order],
            kept.amount[order],
            discount[order],
            np.cumsum(count) - count,
            count,
        )

    def sums(self, values: Floats | Ints) -> Floats:
        """The sum over each buyer's orders."""
        return np.bincount(self.owner, weights=values, minlength=len(self.count)).astype(np.float64)

    def largest(self) -> Ints:
        """Each buyer's largest order, int money; 0 without any."""
        best = np.zeros(len(self.count), np.int64)
        np.maximum.at(best, self.owner, self.net)
        return best

    def trend(self, values: Floats, counts: Flags | None = None) -> tuple[Floats, Flags]:
        """The relative change from the mean of the older half to that of the newer, and where it is known."""
        older, newer, known = self._halves(values, counts)
        known &= older > 0
        return np.where(known, newer / np.where(known, older, 1.0) - 1, 0.0), known

    def discounts(self) -> tuple[Floats, Floats, Flags]:
        """Discount given, what would have been asked without it, and where any discount was noted."""
        noted = self.discount != UNKNOWN
        given = self.sums(np.where(noted, self.discount, 0))
        asked = self.sums(np.where(noted, self.gross + self.discount, 0))
        return given, asked, (self.sums(noted.astype(np.float64)) > 0) & (asked > 0)

    def discount_trend(self) -> tuple[Floats, Flags]:
        """The discount's share in the newer half of the orders minus that in the older half."""
        noted = self.discount != UNKNOWN
        asked = np.maximum(self.gross + np.where(noted, self.discount, 0), 1)
        older, newer, known = self._halves(np.where(noted, self.discount, 0) / asked, noted)
        return np.where(known, newer - older, 0.0), known

    def regularity(self) -> tuple[Floats, Ints]:
        """1 minus the median deviation of the intervals over their median, and how many intervals there are."""
        fresh = (self.day != NO_DAY) & (
            (np.diff(self.owner, prepend=-1) != 0) | (np.diff(self.day, prepend=NO_DAY) != 0)
        )
        owner, day = self.owner[fresh], self.day[fresh]
        same = np.diff(owner) == 0
        gaps, whose = np.diff(day)[same].astype(np.float64), owner[1:][same]
        count = np.bincount(whose, minlength=len(self.count)).astype(np.int64)
        middle = medians(gaps, whose, count)
        spread = medians(np.abs(gaps - middle[whose]), whose, count)
        return np.maximum(1 - spread / np.maximum(middle, 1), 0.0), count

    def year_and_best(self, as_of: int) -> tuple[Ints, Ints]:
        """Money of the 365 days up to `as_of`, and of the best 365 days that end with an order; int money."""
        running = np.concatenate([[0], np.cumsum(self.net)])
        dated = self.day != NO_DAY
        # One sorted key for owner and day: where a year began is then a single binary search for all orders.
        keys = self.owner * (1 << 22) + self.day
        began = np.searchsorted(keys, self.owner * (1 << 22) + np.maximum(self.day - _YEAR, 0), "right")
        ending = np.where(dated, running[1:] - running[np.maximum(began, self.starts[self.owner])], 0)
        best = np.zeros(len(self.count), np.int64)
        np.maximum.at(best, self.owner, ending)
        now = self.sums(np.where(dated & (self.day > as_of - _YEAR), self.net, 0))
        return np.rint(now).astype(np.int64), best

    def _halves(self, values: Floats, counts: Flags | None) -> tuple[Floats, Floats, Flags]:
        """The means of the older and the newer half of each buyer's dated orders, and where there are enough."""
        used = self.day != NO_DAY if counts is None else counts & (self.day != NO_DAY)
        number = np.cumsum(used) - 1
        first = np.zeros(len(self.count), np.int64)
        size = np.bincount(self.owner[used], minlength=len(self.count)).astype(np.int64)
        first = np.cumsum(size) - size
        place = number - first[self.owner]
        half = size // 2
        older = used & (place < half[self.owner])
        newer = used & (place >= (size - half)[self.owner])
        means = [self.sums(np.where(part, values, 0.0)) / np.maximum(half, 1) for part in (older, newer)]
        return means[0], means[1], size >= _ENOUGH


def medians(values: Floats, owner: Ints, counts: Ints) -> Floats:
    """The median of each owner's values, 0 where it has none; `owner` in any order."""
    ordered = values[np.lexsort((values, owner))]
    result = np.zeros(len(counts))
    has = counts > 0
    first, size = (np.cumsum(counts) - counts)[has], counts[has]
    result[has] = (ordered[first + (size - 1) // 2] + ordered[first + size // 2]) / 2 if len(ordered) else 0.0
    return result
