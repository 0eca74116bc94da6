"""The logarithm of the gamma function and its derivative, for arrays of positive numbers."""

from __future__ import annotations

from typing import Final

import numpy as np

from crmdesk.domain.purchases import Floats

_STEPS: Final = np.arange(8.0)  # beyond these Stirling's series is right to the last digit
_HALF_LOG_2PI: Final = 0.9189385332046727
# Abramowitz & Stegun, Handbook of Mathematical Functions, 6.1.41 and 6.3.18.
_LOG_SERIES: Final = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
_SLOPE_SERIES: Final = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)


def log_gamma(values: Floats) -> tuple[Floats, Floats]:
    """ln Γ of numbers above 0 and its derivative (digamma), both to about 1e-13; one-dimensional."""
    below = values[:, None] + _STEPS
    far = values + len(_STEPS)
    logs = np.log(far)
    square = 1 / (far * far)
    series = (far - 0.5) * logs - far + _HALF_LOG_2PI + _series(square, _LOG_SERIES) * far
    slopes = logs - 0.5 / far - _series(square, _SLOPE_SERIES)
    return series - np.log(below.prod(axis=1)), slopes - (1 / below).sum(axis=1)


def _series(square: Floats, factors: tuple[float, ...]) -> Floats:
    """The sum of factors over the even powers, beginning with the second; `square` is one over the first of them."""
    total = np.full_like(square, factors[-1])
    for factor in reversed(factors[:-1]):
        total = total * square + factor
    return total * square
