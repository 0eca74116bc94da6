"""Whether it pays to note a fact: do those of whom it is noted come again more often than the others?

Told only where it is more than chance, and it says that the two go together, not that one makes the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, lgamma
from typing import Final

TO_COME_AGAIN: Final = 180  # days after the first order within which one would have come again
FEWEST: Final = 30  # customers on either side
LEAST_GAP: Final = 0.05  # five points of a hundred: less is no reason to type anything
_CHANCE: Final = 0.05  # of finding so large a difference by luck, shared out over all facts that are looked at
_NOTHING: Final = 1e-12


@dataclass(frozen=True)
class Proof:
    """Of those with the fact noted so many of so many came again, and of those without."""

    fact: str
    with_done: int
    with_all: int
    without_done: int
    without_all: int

    @property
    def with_share(self) -> float:
        """The share that came again where the fact is noted, 0 to 1."""
        return self.with_done / self.with_all if self.with_all else 0.0

    @property
    def without_share(self) -> float:
        """The share that came again where it is not."""
        return self.without_done / self.without_all if self.without_all else 0.0

    @property
    def gap(self) -> float:
        """By how much the first is larger."""
        return self.with_share - self.without_share

    def chance(self) -> float:
        """The probability of so large a difference, or a larger one, if noting had nothing to do with coming again.

        Fisher's exact test, one-sided (Statistical Methods for Research Workers, 1934).
        """
        everybody, done = self.with_all + self.without_all, self.with_done + self.without_done
        most = min(self.with_all, done)
        ways = _log_choose(everybody, self.with_all)
        total = 0.0
        for count in range(self.with_done, most + 1):
            left = _log_choose(done, count) + _log_choose(everybody - done, self.with_all - count)
            term = exp(left - ways)
            total += term
            # Beyond the middle the terms only fall: what is left is too small to matter.
            if term < _NOTHING and count * everybody > self.with_all * done:
                break
        return min(total, 1.0)


def telling(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Those that prove something, the largest difference first.

    At least 30 customers on either side, five points between them, and less than one chance in twenty that any of the
    facts looked at shows it by luck (Bonferroni).
    """
    tried = [proof for proof in proofs if min(proof.with_all, proof.without_all) >= FEWEST]
    found = [proof for proof in tried if proof.gap >= LEAST_GAP and proof.chance() < _CHANCE / len(tried)]
    return tuple(sorted(found, key=lambda proof: (-proof.gap, proof.fact)))


def _log_choose(whole: int, part: int) -> float:
    if not 0 <= part <= whole:
        return float("-inf")
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
