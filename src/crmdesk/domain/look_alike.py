"""像谁: the past customers that one is most like, and what became of them.

Likeness is Gower's (A General Coefficient of Similarity and Some of Its Properties, Biometrics 27, 1971): the mean
over what is known of the one who is looked at. A word differs or does not; a number differs by its share of the range
(of the logarithms: 800 and 1,000 are near, 10 and 210 are not); a region by thirds, province, city, district; needs by
the pairs of characters they do not share. What is unknown of the other counts as half a difference: neither like nor
unlike, so nobody comes near by saying nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.first_contact import folded
from crmdesk.domain.purchases import Flags, Floats, Ints

WORDS: Final = ("kind", "industry", "source", "decides", "wanted", "size", "product")
NUMBERS: Final = ("budget", "headcount", "first_order")
NEAR: Final = 20  # so many of the nearest stand for "such customers"
FEWEST: Final = 30  # past customers of whom one knows what became
FEWEST_EITHER: Final = 5  # of them those who did and those who did not
FEWEST_TRAITS: Final = 2
FEWEST_STEPS: Final = 3  # first steps of a kind, below which nothing is said of it
_UNKNOWN: Final = 0.5
_LEVEL: Final = 1.2815515655446004  # eight of ten, as everywhere
_PAIRS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Traits:
    """What one customer is compared by; "" and None are unknown. Numbers in whole units."""

    words: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    region: tuple[str, str, str] = ("", "", "")
    needs: str = ""

    def known(self) -> int:
        """How many things are known."""
        texts = (*(self.words.get(name, "") for name in WORDS), self.region[0], self.needs)
        return sum(map(bool, texts)) + sum(self.numbers.get(name, 0) > 0 for name in NUMBERS)


@dataclass(frozen=True)
class Near:
    """Those most like somebody, the nearest first: their places, their distance (0 the same, 1 nothing alike)."""

    places: Ints
    distance: Floats


@dataclass(frozen=True)
class Odds:
    """How many of those most alike did it, against everybody of whom one knows."""

    near: int
    near_done: int
    all: int
    all_done: int

    @property
    def share(self) -> float:
        """The share of those most alike, 0 to 1."""
        return self.near_done / self.near if self.near else 0.0

    @property
    def base(self) -> float:
        """The share of everybody."""
        return self.all_done / self.all if self.all else 0.0

    @property
    def lift(self) -> float:
        """How many times likelier than everybody; 1 is no difference."""
        return self.share / self.base if self.base else 1.0

    def limits(self) -> tuple[float, float]:
        """Between which shares the truth about such customers lies eight times of ten (Wilson 1927)."""
        size = max(self.near, 1)
        middle = (self.share + _LEVEL**2 / (2 * size)) / (1 + _LEVEL**2 / size)
        half = (
            _LEVEL / (1 + _LEVEL**2 / size) * (self.share * (1 - self.share) / size + (_LEVEL / 2 / size) ** 2) ** 0.5
        )
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def verdict(self) -> str:
        """ "above", "below" or "same": different only where everybody's share lies outside the limits."""
        low, high = self.limits()
        return "above" if self.base < low else "below" if self.base > high else "same"


@dataclass(frozen=True)
class Alike:
    """A past customer like the one looked at: likeness 0 to 1, what both share, and what became of him."""

    customer_id: int
    name: str
    likeness: float
    shared: tuple[str, ...]
    stage: str
    purchase_days: int
    total: int | None = None  # int money


@dataclass(frozen=True)
class LookAlike:
    """What such customers did. `buy` and `again` are None where nearly everybody or nobody did, so nothing is told.

    `compared` past customers were looked at; `steps` are kinds of first contact, how often taken, how often won.
    """

    customer_id: int
    compared: int
    alike: tuple[Alike, ...]
    buy: Odds | None
    again: Odds | None
    steps: tuple[tuple[str, int, int], ...] = ()


def refusal(who: Traits, others: int) -> tuple[str, int, int] | None:
    """Why nothing can be said: a code, how much there is, how much it takes; None where there is enough."""
    if who.known() < FEWEST_TRAITS:
        return "alike_little_known", who.known(), FEWEST_TRAITS
    if others < FEWEST:
        return "alike_few_customers", others, FEWEST
    return None


def odds(near: Ints, known: Flags, done: Flags) -> Odds | None:
    """How many of the near ones did it, of those of whom it is known; None where too few did or did not."""
    everybody, all_done = int(known.sum()), int((known & done).sum())
    if everybody < FEWEST or min(all_done, everybody - all_done) < FEWEST_EITHER:
        return None
    counted = near[known[near]]
    return Odds(len(counted), int(done[counted].sum()), everybody, all_done)


def nearest(who: Traits, others: Sequence[Traits], most: int = NEAR) -> Near:
    """Those of the others who are most like; of those equally near the ones that stand first."""
    distance = distances(who, others)
    places = np.argsort(distance, kind="stable")[:most]
    return Near(places, distance[places])


def distances(who: Traits, others: Sequence[Traits]) -> Floats:
    """Gower's distance from one to each of the others, 0 to 1; 1 where nothing is known of the one."""
    parts: list[Floats] = []
    for name in WORDS:
        if mine := folded(who.words.get(name, "")):
            theirs = [folded(other.words.get(name, "")) for other in others]
            parts.append(np.array([_UNKNOWN if not word else float(word != mine) for word in theirs]))
    parts += [
        _apart(number, np.array([other.numbers.get(name, 0.0) for other in others]))
        for name in NUMBERS
        if (number := who.numbers.get(name, 0.0)) > 0
    ]
    if who.region[0]:
        parts.append(np.array([_places_apart(who.region, other.region) for other in others]))
    if who.needs:
        mine_pairs = _pairs(who.needs)
        parts.append(np.array([_needs_apart(mine_pairs, other.needs) for other in others]))
    if not parts:
        return np.ones(len(others))
    total: Floats = np.mean(parts, axis=0)
    return total


def shared(who: Traits, other: Traits) -> tuple[str, ...]:
    """What two have in common, as the names of the traits."""
    words = [name for name in WORDS if _same(who.words.get(name, ""), other.words.get(name, ""))]
    place = ["region"] if _same(who.region[1] or who.region[0], other.region[1] or other.region[0]) else []
    alike = bool(who.needs and other.needs) and _needs_apart(_pairs(who.needs), other.needs) <= _UNKNOWN
    return (*place, *words, *(["needs"] if alike else []))


def first_steps(steps: Sequence[str], done: Sequence[bool]) -> list[tuple[str, int, int]]:
    """Per kind of first step how often it was taken and how often it led there; the most successful first."""
    found: list[tuple[str, int, int]] = []
    for kind in sorted(set(filter(None, steps))):
        results = [came for step, came in zip(steps, done, strict=True) if step == kind]
        if len(results) >= FEWEST_STEPS:
            found.append((kind, len(results), sum(results)))
    return sorted(found, key=lambda one: (-one[2] / one[1], -one[1], one[0]))


def _same(left: str, right: str) -> bool:
    return bool(left) and folded(left) == folded(right)


def _apart(number: float, others: Floats) -> Floats:
    known = others > 0
    logs = np.log(np.where(known, others, number))
    # The range of those that are known and of the one looked at: beyond it nobody can differ by more than wholly.
    span = max(float(np.ptp(np.append(logs, np.log(number)))), 1e-9)
    result: Floats = np.where(known, np.abs(logs - np.log(number)) / span, _UNKNOWN)
    return result


def _places_apart(mine: tuple[str, str, str], theirs: tuple[str, str, str]) -> float:
    if not theirs[0]:
        return _UNKNOWN
    known = [(left, right) for left, right in zip(mine, theirs, strict=True) if left and right]
    same = 0
    for left, right in known:
        if left != right:
            break
        same += 1
    return 0.0 if same == len(known) else 1 - same / len(mine)


def _needs_apart(mine: frozenset[str], text: str) -> float:
    theirs = _pairs(text)
    if not theirs:
        return _UNKNOWN
    return 1 - len(mine & theirs) / max(min(len(mine), len(theirs)), 1)


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, and whole words of other letters."""
    found: set[str] = set()
    for run in _PAIRS.findall(folded(text)):
        if run.isascii() or len(run) == 1:
            found.add(run)
        else:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)
