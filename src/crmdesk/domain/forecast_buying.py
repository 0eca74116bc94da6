"""How often customers come back, and whether they still do: BG/NBD and MBG/NBD.

Everybody buys at random moments at a rate of his own; the rates are spread over the customers as Gamma(r, α). After a
purchase a customer stays away for good with a chance of his own, spread as Beta(a, b). BG/NBD (Fader, Hardie & Lee,
Marketing Science 24(2), 2005) lets nobody leave before the second purchase, so who came once is alive for ever;
MBG/NBD (Batislam, Denizel & Filiztekin, IJRM 24, 2007; Hoppe & Wagner 2007) also lets go after the first.

A customer is known by three numbers: x, the purchase days after the first; t_x, the time from the first to the last;
T, the time from the first to now. The unit of time is the caller's (days or weeks); α has the same unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from crmdesk.domain.forecast_search import curvature, lowest
from crmdesk.domain.purchases import Floats, Ints

Model = Literal["mbg", "bg"]
NAMES: Final[dict[Model, str]] = {"mbg": "MBG/NBD", "bg": "BG/NBD"}
_FIRST_ASKED: Final = 5000
_VAGUE: Final = 0.01  # no parameter is taken to be unknown by more than a factor of e^10


@dataclass(frozen=True)
class Histories:
    """Customers of the same history in one entry: `weight` says how many they are."""

    x: Ints
    t_x: Floats
    age: Floats  # T
    weight: Floats


@dataclass(frozen=True)
class Buying:
    """The fitted model. `covariance` is that of the logarithms of (r, α, a, b)."""

    model: Model
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    covariance: Floats
    settled: bool = True

    def logs(self) -> Floats:
        """The logarithms of r, α, a, b."""
        return np.log([self.r, self.alpha, self.a, self.b])


def group(x: Ints, t_x: Ints, age: Ints, unit: float) -> tuple[Histories, Ints]:
    """The distinct histories and, per customer, which one is his. Days in, `unit` of them make one unit of time."""
    ages, spans = int(age.max(initial=0)) + 1, int(t_x.max(initial=0)) + 1
    keys = (x * spans + t_x) * ages + age
    distinct, place, count = np.unique(keys, return_inverse=True, return_counts=True)
    rest, days = np.divmod(distinct, ages)
    often, span = np.divmod(rest, spans)
    return Histories(often, span / unit, days / unit, count.astype(np.float64)), place


def fit(histories: Histories, model: Model) -> Buying:
    """The parameters that make what was seen most likely."""
    people = float(histories.weight.sum())
    # Time is counted in mean ages while searching: days, weeks and years then start equally near.
    scale = float(histories.weight @ histories.age) / people or 1.0
    scaled = Histories(histories.x, histories.t_x / scale, histories.age / scale, histories.weight)
    likelihood = _Likelihood(scaled, model)
    # Of many histories some are asked first: they lead near enough that all of them are asked a few times only.
    near = lowest(_Likelihood(thinned(scaled, _FIRST_ASKED), model).mean, np.zeros(4))
    found = near if len(scaled.x) <= _FIRST_ASKED else lowest(likelihood.mean, near.point, near.inverse)
    information = curvature(likelihood.mean, found.point) * people
    r, alpha, a, b = np.exp(found.point).tolist()
    stretched = float(histories.weight @ histories.x) * np.log(scale)
    return Buying(
        model=model,
        r=r,
        alpha=alpha * scale,
        a=a,
        b=b,
        log_likelihood=float(-found.value * people - stretched),
        covariance=_inverse(information),
        settled=found.settled,
    )


def thinned(histories: Histories, most: int) -> Histories:
    """At most so many of the histories, taken evenly."""
    every = max(1, -(-len(histories.x) // most))
    some = slice(None, None, every)
    return Histories(histories.x[some], histories.t_x[some], histories.age[some], histories.weight[some])


def log_likelihood(histories: Histories, model: Model, logs: Floats) -> tuple[float, Floats]:
    """The logarithm of the likelihood at these logarithms of (r, α, a, b), and its gradient."""
    value, gradient = _Likelihood(histories, model).mean(logs)
    people = float(histories.weight.sum())
    return -value * people, -gradient * people


def alive(buying: Buying, histories: Histories) -> Floats:
    """The probability of each history's customer still being one, 0 to 1."""
    chances = histories.x + _chances(buying.model)
    since = np.log(buying.alpha + histories.age) - np.log(buying.alpha + histories.t_x)
    with np.errstate(divide="ignore"):
        left = np.log(buying.a) - np.log(np.maximum(buying.b + chances - 1, 0)) + (buying.r + histories.x) * since
    left = np.where(chances > 0, left, -np.inf)
    result: Floats = np.exp(-np.logaddexp(0, left))
    return result


def _chances(model: Model) -> int:
    """How many chances to leave somebody has had who never came back."""
    return 1 if model == "mbg" else 0


class _Likelihood:
    """What does not change while searching, worked out once."""

    def __init__(self, histories: Histories, model: Model) -> None:
        self._of = histories
        self._share = histories.weight / float(histories.weight.sum())
        self._can_leave = np.where(histories.x + _chances(model) > 0, 0.0, -np.inf)
        # Whatever depends on x alone is summed up over the distinct x, which are few.
        self._by_x = np.bincount(histories.x, weights=self._share).astype(np.float64)
        self._steps = np.arange(len(self._by_x), dtype=np.float64)
        self._extra = _chances(model)
        self._times_x = self._share * histories.x

    def mean(self, logs: Floats) -> tuple[float, Floats]:
        """Minus the mean log-likelihood of a customer, and its gradient in the logarithms of the parameters."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._mean(*np.exp(logs).tolist())

    def _mean(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Floats]:
        of, share, by_x = self._of, self._share, self._by_x
        size = len(by_x)
        # x is whole, so the ratios of gamma functions are products of x factors: sums of logarithms, looked up.
        rate, rate_slope = _rising(r + self._steps, size)
        stay, stay_slope = _rising(b + self._steps, size + self._extra)
        any_way, any_slope = _rising(a + b + self._steps, size + self._extra)
        chances = slice(self._extra, None)
        last_chance = b + np.maximum(self._steps + self._extra - 1, 0)
        to_age, to_last = alpha + of.age, alpha + of.t_x
        log_age = np.log(to_age)
        since = log_age - np.log(to_last)
        odds = (np.log(a) - np.log(last_chance))[of.x] + (r + of.x) * since + self._can_leave
        small = np.exp(-np.abs(odds))
        gone = np.where(odds > 0, 1.0, small) / (1 + small)
        fixed = rate + stay[chances] - any_way[chances]
        value = (
            _dot(by_x, fixed)
            + r * (np.log(alpha) - _dot(share, log_age))
            - _dot(self._times_x, log_age)
            + _dot(share, np.maximum(odds, 0) + np.log1p(small))
        )
        shared = share * gone
        by_age = 1 / to_age
        pull = (r * share + self._times_x) * (by_age + gone * (1 / to_last - by_age))
        slopes = (
            r * (_dot(by_x, rate_slope) + np.log(alpha) - _dot(share, log_age) + _dot(shared, since)),
            r - alpha * float(pull.sum()),
            float(shared.sum()) - a * _dot(by_x, any_slope[chances]),
            b * (_dot(by_x, stay_slope[chances] - any_slope[chances]) - _dot(shared, (1 / last_chance)[of.x])),
        )
        return -float(value), -np.array(slopes)


def _dot(left: Floats, right: Floats) -> float:
    """The sum of products on one core: a library's threads cost more than they bring, and would round differently."""
    return float(np.einsum("i,i->", left, right))


def _rising(factors: Floats, size: int) -> tuple[Floats, Floats]:
    """Sums of the logarithms of the first 0, 1, 2 … factors, and of their slopes; so many entries."""
    sums = np.zeros((2, size))
    np.cumsum(np.log(factors[: size - 1]), out=sums[0, 1:])
    np.cumsum(1 / factors[: size - 1], out=sums[1, 1:])
    return sums[0], sums[1]


def _inverse(information: Floats) -> Floats:
    """The covariance; directions of which the data say nothing stay vague, never infinite or negative."""
    values, vectors = np.linalg.eigh(np.nan_to_num(information))
    result: Floats = (vectors / (np.maximum(values, 0) + _VAGUE)) @ vectors.T
    return result
