"""How many purchases are still to come: the whole distribution per customer, not its mean alone.

Given that a customer is still one, his rate is Gamma(r + x, α + T) and his chance of leaving Beta(a, b + n), and the
two are independent. So he makes more than j purchases in the time t exactly when somebody who never leaves would
(a negative binomial) and he stayed after each of the first j:

    P(more than j) = P(alive) · P(NB(r + x, t / (α + T + t)) > j) · B(a, b + n + j) / B(a, b + n)

Summed over j this is the mean that the papers write with a hypergeometric function 2F1; as a sum of falling positive
terms it needs none, loses no digits where a is near 1, and gives variance and quantiles on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.forecast_buying import Buying, Histories, alive, thinned
from crmdesk.domain.purchases import Flags, Floats, Ints

LEVEL: Final = 0.8  # of the intervals: eight of ten come true
SPREAD: Final = 1.2815515655446004  # so many standard deviations on either side hold that share
_EDGES: Final = (1 - (1 - LEVEL) / 2, (1 - LEVEL) / 2)
_SMALL: Final = 1e-10  # of the sum so far: what is left out of it
_TOGETHER: Final = 16  # terms between two looks at who is finished
_UNDERFLOW: Final = -600.0
_SAMPLE: Final = 4000  # histories that the reaction to the parameters is measured on
_NUDGE: Final = 1e-3


@dataclass(frozen=True)
class Future:
    """Purchases to come per history: the mean, the variance, and the counts that eight of ten stay between."""

    mean: Floats
    variance: Floats
    low: Ints
    high: Ints


@dataclass(frozen=True)
class Estimate:
    """A number to come, and the limits between which it falls eight times of ten."""

    low: float
    expected: float
    high: float

    def widened(self, share: float) -> Estimate:
        """The interval where the expectation itself is off by such a share of it, beside everything known before."""
        spread = (self.high - self.expected) / SPREAD
        return estimate(self.expected, spread**2 + (share * self.expected) ** 2)


def future(buying: Buying, histories: Histories, time: float) -> Future:
    """What comes from each history within `time` (in the model's unit)."""
    terms = _Terms(buying, histories, time, alive(buying, histories))
    terms.add_up()
    mean = terms.mean
    return Future(mean, np.maximum(terms.square - mean * mean, 0), terms.count[0], terms.count[1])


def chance_of_one(buying: Buying, histories: Histories, time: float) -> Floats:
    """The probability of at least one purchase within `time`, 0 to 1: the first term of the sum above."""
    ahead = time / (buying.alpha + histories.age)
    result: Floats = alive(buying, histories) * -np.expm1(-(buying.r + histories.x) * np.log1p(ahead))
    return result


def total(buying: Buying, histories: Histories, coming: Future, time: float) -> Estimate:
    """What comes from all together.

    Two things make it uncertain: chance (the customers' variances add up) and the parameters (delta method: the
    total's slope in the logarithms of the parameters, through their covariance).
    """
    expected = float(histories.weight @ coming.mean)
    chance = float(histories.weight @ coming.variance)
    return estimate(expected, chance + parameter_variance(buying, histories, time, np.ones(len(histories.weight))))


def estimate(expected: float, variance: float) -> Estimate:
    """An interval around an expectation; nothing comes less than never."""
    spread = SPREAD * float(np.sqrt(variance))
    return Estimate(max(expected - spread, 0.0), expected, expected + spread)


def parameter_variance(buying: Buying, histories: Histories, time: float, worth: Floats) -> float:
    """The variance of the total that comes from not knowing the parameters; `worth` is what a purchase counts for."""
    weighed = Histories(histories.x, histories.t_x, histories.age, histories.weight * worth)
    some = thinned(weighed, _SAMPLE)
    share = float(weighed.weight.sum()) / (float(some.weight.sum()) or 1.0)
    logs = buying.logs()
    slope = np.zeros(len(logs))
    for place in range(len(logs)):
        nudge = np.zeros(len(logs))
        nudge[place] = _NUDGE
        higher, lower = (_mean_total(buying, logs + sign * nudge, some, time) for sign in (1, -1))
        slope[place] = share * (higher - lower) / (2 * _NUDGE)
    return float(slope @ buying.covariance @ slope)


def _mean_total(buying: Buying, logs: Floats, histories: Histories, time: float) -> float:
    r, alpha, a, b = np.exp(logs).tolist()
    other = Buying(buying.model, r, alpha, a, b, 0.0, buying.covariance)
    return float(histories.weight @ future(other, histories, time).mean)


class _Terms:
    """The sum over j, for all histories side by side; who is finished leaves the row."""

    def __init__(self, buying: Buying, histories: Histories, time: float, living: Floats) -> None:
        size = len(histories.x)
        self.mean, self.square = np.zeros(size), np.zeros(size)
        self.count = (np.zeros(size, np.int64), np.zeros(size, np.int64))
        stays = histories.x + (1 if buying.model == "mbg" else 0)
        ahead = time / (buying.alpha + histories.age)
        self._often = buying.r + histories.x
        self._ratio = ahead / (1 + ahead)
        self._stays = buying.b + stays
        self._leaves = buying.a
        self._log_none = -self._often * np.log1p(ahead)
        self._living = living

    def add_up(self) -> None:
        """Go through the terms until nothing that matters is left."""
        # Beyond a few hundred expected purchases "none at all" is smaller than a float can be: logarithms instead.
        deep = self._log_none < _UNDERFLOW
        for rows, by_logs in ((np.flatnonzero(~deep), False), (np.flatnonzero(deep), True)):
            self._rows(rows, by_logs=by_logs)

    def _rows(self, rows: Ints, *, by_logs: bool) -> None:
        often, ratio, stays = self._often[rows], self._ratio[rows], self._stays[rows]
        term = self._log_none[rows] if by_logs else np.exp(self._log_none[rows])
        beyond = -np.expm1(self._log_none[rows])  # P(NB > j)
        still = self._living[rows]  # P(alive and stayed j times)
        place = 0
        while len(rows):
            for _step in range(_TOGETHER):
                more = still * beyond
                self._add(rows, more, place)
                factor = (often + place) / (place + 1) * ratio
                term = term + np.log(factor) if by_logs else term * factor
                beyond = np.maximum(beyond - (np.exp(term) if by_logs else term), 0)
                still = still * (stays + place) / (self._leaves + stays + place)
                place += 1
            going = self._unfinished(rows, more, ratio, place)
            if not going.all():
                rows, often, ratio, stays = rows[going], often[going], ratio[going], stays[going]
                term, beyond, still = term[going], beyond[going], still[going]

    def _add(self, rows: Ints, more: Floats, place: int) -> None:
        self.mean[rows] += more
        self.square[rows] += (2 * place + 1) * more
        for count, edge in zip(self.count, _EDGES, strict=True):
            count[rows] += more > edge

    def _unfinished(self, rows: Ints, more: Floats, ratio: Floats, place: int) -> Flags:
        """Whose remaining terms, a geometric tail at the most, still count."""
        left = (2 * place + 1) * more
        result: Flags = left > _SMALL * (1 - ratio) * self.square[rows]
        return result
