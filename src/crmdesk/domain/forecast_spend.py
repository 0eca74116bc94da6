"""What a purchase will be worth: the gamma-gamma model.

A customer's purchases scatter around a level of his own as Gamma(p, ν); the levels are spread over the customers as
ν ~ Gamma(q, v). The mean of a customer whose repeat purchases (x of them) average z is a weighted mean of z and of
everybody's (Fader & Hardie, The Gamma-Gamma Model of Monetary Value, 2013). v has the unit of the money.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.forecast_gamma import log_gamma
from crmdesk.domain.forecast_search import lowest
from crmdesk.domain.purchases import Floats, Ints

FEWEST: Final = 10  # customers with a mean above nothing; of fewer the spread cannot be told


@dataclass(frozen=True)
class Spend:
    """The fitted model; `usual` is the plain mean of a purchase, which stands in where the model has no mean."""

    p: float
    q: float
    v: float
    log_likelihood: float
    usual: float

    def level(self, x: Ints, mean: Floats) -> Floats:
        """The expected worth of each customer's next purchase; `mean` counts only where x is above 0."""
        shape = self.q + self.p * x
        known = np.where(x > 0, mean, 0.0)
        finite = shape > 1
        level = self.p * (self.v + x * known) / np.where(finite, shape - 1, 1.0)
        return np.where(finite, level, self.usual)

    def variances(self, x: Ints, mean: Floats) -> tuple[Floats, Floats]:
        """Of a single purchase around its customer's level, and of that level; the squared level where there is none.

        With q + p·x ≤ 2 the model's own variance is infinite, which no list of real customers is.
        """
        shape = self.q + self.p * x
        level = self.level(x, mean)
        finite = shape > 2
        around = np.where(finite, level**2 / np.where(finite, shape - 2, 1.0), level**2)
        single = (around + level**2) / self.p
        return single, around


def fit(x: Ints, mean: Floats, usual: float) -> Spend | None:
    """Fit over customers with x > 0 repeat purchases of a mean above 0; None where fewer than `FEWEST` have one."""
    known = (x > 0) & (mean > 0)
    if int(known.sum()) < FEWEST:
        return None
    x, mean = x[known], mean[known]
    scale = float(mean.mean())
    likelihood = _Likelihood(x, mean / scale)
    found = lowest(likelihood.mean, np.array([0.0, 1.0, 0.0]))
    p, q, v = np.exp(found.point).tolist()
    # The density of a mean is per unit of money, so counting money otherwise moves the sum of the logarithms.
    return Spend(p, q, v * scale, -(found.value + float(np.log(scale))) * len(x), usual)


class _Likelihood:
    """What does not change while searching; the gamma functions depend on x alone, so once per distinct x."""

    def __init__(self, x: Ints, mean: Floats) -> None:
        distinct, self._place = np.unique(x, return_inverse=True)
        self._x = distinct.astype(np.float64)
        self._share = np.bincount(self._place) / len(x)
        self._often = x.astype(np.float64)
        self._spent = self._often * mean
        logs = np.log(mean)
        self._mean_log = float(logs.mean())
        self._fixed = float(self._often @ (logs + np.log(self._often))) / len(x)

    def mean(self, logs: Floats) -> tuple[float, Floats]:
        """Minus the mean log-likelihood of a customer, and its gradient in the logarithms of (p, q, v)."""
        p, q, v = np.exp(logs).tolist()
        whole = v + self._spent
        spread = np.log(whole)
        size, distinct = len(spread), len(self._x)
        shapes = p * self._x
        logs_of, slopes_of = log_gamma(np.concatenate((shapes + q, shapes, [q])))
        by_x = logs_of[:distinct] - logs_of[distinct:-1]
        together, alone = slopes_of[:distinct], slopes_of[distinct:-1]
        often_spread, all_spread = float(np.einsum("i,i->", self._often, spread)), float(spread.sum())
        value = (
            float(self._share @ by_x)
            - logs_of[-1]
            + q * np.log(v)
            + p * self._fixed
            - self._mean_log
            - (p * often_spread + q * all_spread) / size
        )
        slope_p = float(self._share @ (self._x * (together - alone))) + self._fixed - often_spread / size
        slope_q = float(self._share @ together) - slopes_of[-1] + np.log(v) - all_spread / size
        slope_v = q / v - float(((p * self._often + q) / whole).sum()) / size
        return -float(value), -np.array([p * slope_p, q * slope_q, v * slope_v])
