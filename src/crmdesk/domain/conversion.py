"""From the first contact to the first order: how many get there, how long it takes, how many contacts it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low
from typing import Final, NamedTuple

CUSTOMERS_FROM: Final = 10  # before a funnel says anything
WON_FROM: Final = 5  # first orders whose first contact is known, before a usual time is told
CAPTURED, QUALIFIED, BOUGHT, KEY = "captured", "qualified", "bought", "key"


class Lead(NamedTuple):
    """A customer on its way: whether it is qualified, has bought, is a key account; days are ordinals, 0 unknown.

    `contacts` are those up to the first order, or all of them where there is none.
    """

    customer_id: int
    qualified: bool
    bought: bool
    key: bool
    talking: bool = False
    first_contact: int = 0
    first_order: int = 0
    contacts: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the funnel with its customers; `share` of those on the level above, 0 to 1."""

    code: str
    customers: tuple[int, ...]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What it usually takes to the first order, of `won` customers: days and contacts, both medians."""

    won: int
    days: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Underway:
    """How long one talks with a customer by now, in days and contacts, beside what the others took."""

    days: int
    contacts: int
    usual: Pace | None = None


@dataclass(frozen=True)
class Conversion:
    """The funnel from the top down; of the `talked` (contacted before any order) `won` bought and `talking` still talk.

    `pace` is None while too few of them did.
    """

    levels: tuple[Level, ...]
    talked: int = 0
    won: int = 0
    talking: int = 0
    pace: Pace | None = None

    @property
    def rate(self) -> float:
        """The share of those talked with that bought, 0 to 1."""
        return self.won / self.talked if self.talked else 0.0

    def ids(self, key: str) -> tuple[int, ...]:
        """The customers of a level."""
        return next((level.customers for level in self.levels if level.code == key), ())


def conversion(leads: Iterable[Lead]) -> Conversion | None:
    """The funnel and the pace; None for a list in which everybody bought, or nobody: then there is no way to measure.

    Who bought is qualified, whatever was noted; a key account is one that bought.
    """
    everybody = list(leads)
    bought = [one for one in everybody if one.bought]
    if len(everybody) < CUSTOMERS_FROM or not bought or len(bought) == len(everybody):
        return None
    steps = (
        (CAPTURED, everybody),
        (QUALIFIED, [one for one in everybody if one.qualified or one.bought]),
        (BOUGHT, bought),
        (KEY, [one for one in bought if one.key]),
    )
    levels: list[Level] = []
    for code, people in steps:
        above = len(levels[-1].customers) if levels else len(people)
        if people:  # a level without anybody is none
            levels.append(Level(code, tuple(one.customer_id for one in people), len(people) / above))
    talked = [one for one in everybody if _led(one)]
    won = [one for one in talked if one.bought]
    return Conversion(
        tuple(levels), len(talked), len(won), sum(one.talking and not one.bought for one in talked), pace(won)
    )


def pace(won: Iterable[Lead]) -> Pace | None:
    """What it took those who were contacted first and bought then; None while they are too few."""
    timed = [one for one in won if one.first_order and _led(one)]
    if len(timed) < WON_FROM:
        return None
    days = median_low([one.first_order - one.first_contact for one in timed])
    return Pace(len(timed), days, median_low([one.contacts for one in timed]))


def _led(one: Lead) -> bool:
    """Whether a contact came before any order: who bought first was not won by it."""
    if not one.first_contact:
        return False
    return one.first_contact <= one.first_order if one.first_order else not one.bought
