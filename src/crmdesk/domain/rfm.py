"""Recency, frequency, monetary value: scores from 1 to 5, and how the money spreads over the buyers."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from crmdesk.domain.purchases import Floats, Ints

SCORES: Final = 5


def scores(values: NDArray[np.int64] | NDArray[np.float64], *, low_is_good: bool = False) -> Ints:
    """A score of 1 to 5 by fifths of the customers; equal values get the same score."""
    if not len(values):
        return np.zeros(0, np.int64)
    ranked = -values if low_is_good else values
    ordered = np.sort(ranked)
    middle = (np.searchsorted(ordered, ranked, "left") + np.searchsorted(ordered, ranked, "right")) / 2
    return np.minimum((middle * SCORES / len(ranked)).astype(np.int64), SCORES - 1) + 1


def grid(recency: Ints, frequency: Ints, money: Ints) -> tuple[Ints, Ints]:
    """Customers and money by score: arrays of 5 x 5, [5 - recency][frequency - 1]."""
    cell = (SCORES - recency) * SCORES + frequency - 1
    customers = np.bincount(cell, minlength=SCORES**2).reshape(SCORES, SCORES)
    sums = np.zeros(SCORES**2, np.int64)
    np.add.at(sums, cell, money)
    return customers.astype(np.int64), sums.reshape(SCORES, SCORES)


def concentration(values: Ints) -> Floats:
    """The share (0 to 1) of all positive value that the best 1, 2, 3, … customers bring together."""
    gains = np.sort(values[values > 0])[::-1]
    return np.cumsum(gains) / gains.sum() if len(gains) else np.zeros(0)


def buyers_for(values: Ints, share: float) -> int:
    """How many of the best customers together bring this share of all value, losses of others subtracted."""
    curve = _of_all(values)
    return int(np.searchsorted(curve, share - 1e-12) + 1) if len(curve) else 0


def share_of_best(values: Ints, part: float) -> float:
    """What share of all value the best part (0.2: a fifth) of the customers brings, losses of others subtracted."""
    curve = _of_all(values)
    best = int(len(values) * part)
    return float(curve[min(best, len(curve)) - 1]) if best and len(curve) else 0.0


def _of_all(values: Ints) -> Floats:
    """What the best 1, 2, 3, … customers bring, of the money that is left in the end."""
    whole = values.sum()
    return np.cumsum(np.sort(values[values > 0])[::-1]) / whole if whole > 0 else np.zeros(0)


def cut_values(values: Ints, shares: tuple[float, ...]) -> tuple[int, ...]:
    """The smallest value that still belongs to the best customers who bring each share together.

    Equal values stay together; where that leaves a choice, the set nearest to the share is taken, the smaller if two
    are as near. A share that nobody reaches alone gives a value above the best one.
    """
    gains = np.sort(values[values > 0])[::-1]
    if not len(gains):
        return tuple(1 for _ in shares)
    ends = np.flatnonzero(np.diff(gains, append=0))
    reached = np.concatenate([[0.0], np.cumsum(gains)[ends] / gains.sum()])
    limits = np.concatenate([[gains[0] + 1], gains[ends]])
    return tuple(int(limits[int(np.argmin(np.abs(reached - share)))]) for share in shares)
