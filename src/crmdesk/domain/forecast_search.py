"""The lowest point of a smooth function of a few numbers, by its gradient (BFGS with a line search)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.purchases import Floats

Slope = Callable[[Floats], tuple[float, Floats]]  # a point to the value there and its gradient

_MOST_STEPS: Final = 300
_MOST_TRIES: Final = 40
_FLAT: Final = 1e-9  # the function is a mean over customers, so the gradient has the size of one customer's share
_ENOUGH: Final = 1e-4  # of the fall that the slope promises (Armijo)
_TURNED: Final = 0.9  # the slope must have weakened to this share (Wolfe), or the curvature would be learnt wrongly
_FAR: Final = 9.0  # logarithms beyond this say "no limit": the data hold nothing more about that number
_NUDGE: Final = 1e-4
_ROUNDING: Final = 1e-14


@dataclass(frozen=True)
class Lowest:
    """Where the search ended; `settled` where the gradient vanished, not where the patience did."""

    point: Floats
    value: float
    settled: bool
    steps: int
    inverse: Floats  # of the curvature, as it was learnt on the way


def lowest(function: Slope, start: Floats, inverse: Floats | None = None) -> Lowest:
    """Search from `start` for the point with the least value; `inverse` is what is known of the curvature there.

    BFGS as in Nocedal & Wright, Numerical Optimization (2006), algorithm 6.1; the line search brackets by halving and
    doubling (Lewis & Overton 2013), which needs no second derivatives and never leaves the Wolfe conditions unmet.
    """
    walled = _walled(function)
    point = np.asarray(start, np.float64)
    value, gradient = walled(point)
    known = inverse is not None
    inverse = np.eye(len(point)) if inverse is None else inverse
    for step in range(_MOST_STEPS):
        if float(np.abs(gradient).max()) < _FLAT:
            return Lowest(point, value, True, step, inverse)
        moved = _along(walled, point, value, gradient, -inverse @ gradient)
        if moved is None:
            # No descent is left within the precision of the sums.
            return Lowest(point, value, float(np.abs(gradient).max()) < _FLAT**0.5, step, inverse)
        new_point, new_value, new_gradient = moved
        inverse = _learnt(inverse, new_point - point, new_gradient - gradient, first=step == 0 and not known)
        point, value, gradient = new_point, new_value, new_gradient
    return Lowest(point, value, False, _MOST_STEPS, inverse)


def curvature(function: Slope, point: Floats) -> Floats:
    """The matrix of second derivatives at a point, by differences of the gradient."""
    here = function(point)[1]
    found: Floats = np.array([(function(point + nudge)[1] - here) / _NUDGE for nudge in np.eye(len(point)) * _NUDGE])
    return (found + found.T) / 2


def _walled(function: Slope) -> Slope:
    """The function with a soft wall far out, so that a number the data leave open does not run off for ever."""

    def with_wall(point: Floats) -> tuple[float, Floats]:
        value, gradient = function(point)
        outside = point - np.clip(point, -_FAR, _FAR)
        return value + float(outside @ outside), gradient + 2 * outside

    return with_wall


def _along(
    function: Slope, point: Floats, value: float, gradient: Floats, direction: Floats
) -> tuple[Floats, float, Floats] | None:
    """A point on the line that is low enough and where the slope has turned; None where nothing is lower."""
    fall = float(gradient @ direction)
    if fall >= 0:
        direction, fall = -gradient, -float(gradient @ gradient)
    # The first direction knows no scale yet: a step of one in the logarithms is long already.
    length = min(1.0, 1.0 / max(float(np.abs(direction).max()), 1e-12))
    short, long = 0.0, np.inf
    # At the bottom the values differ by less than their own rounding; there the slope alone tells.
    noise = _ROUNDING * abs(value)
    best: tuple[Floats, float, Floats] | None = None
    for _try in range(_MOST_TRIES):
        there = point + length * direction
        found, slope = function(there)
        if not found <= value + _ENOUGH * length * fall + noise:  # also where it is no number
            long = length
        else:
            best = (there, found, slope)
            if float(slope @ direction) >= _TURNED * fall:
                return best
            short = length
        length = (short + long) / 2 if np.isfinite(long) else 2 * short
    return best


def _learnt(inverse: Floats, moved: Floats, turned: Floats, *, first: bool) -> Floats:
    """The inverse curvature after a step."""
    product = float(moved @ turned)
    if product <= 0:
        return inverse
    if first:
        inverse = np.eye(len(moved)) * product / float(turned @ turned)
    left = np.eye(len(moved)) - np.outer(moved, turned) / product
    result: Floats = left @ inverse @ left.T + np.outer(moved, moved) / product
    return result
