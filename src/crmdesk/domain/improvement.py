"""改了什么: what was put right about a reason for leaving, and the losses for that reason before and since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

TOLD_AFTER: Final = 30  # days; sooner it says nothing
LOOKED_AT: Final = 180  # days before and after at the most: what lies further back had other causes too
FEWEST_NOTED: Final = 5  # as for the Pareto of domain.loss, which brings numpy along: a card needs neither


@dataclass(frozen=True, slots=True)
class Improvement:
    """What was changed about a reason (a code of domain.loss.REASONS), and since when."""

    reason: str
    begun_on: date
    text: str = ""
    id: int = 0


class Lost(NamedTuple):
    """A loss that was noted: why, when, who, and the int money of the customer's last year.

    `back`: an order came after that day.
    """

    reason: str
    on: date
    customer: int = 0
    money: int = 0
    back: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """Losses noted for the reason in the `days` before an improvement and in as many since; too soon to tell: 0 days.

    `money` left with them before and since. `others` are the losses for all other reasons in the same windows: where
    those fell as well, it was hardly the change. It says what came after what, not what caused it.
    """

    days: int = 0
    before: int = 0
    since: int = 0
    money: tuple[int, int] = (0, 0)
    others: tuple[int, int] = (0, 0)


def effect_of(improvement: Improvement, lost: Iterable[Lost], today: date) -> Effect:
    """Two windows of the same length around the day of the change."""
    days = min((today - improvement.begun_on).days, LOOKED_AT)
    if days < TOLD_AFTER:
        return Effect()
    window = timedelta(days=days)
    before: list[Lost] = []
    since: list[Lost] = []
    for one in lost:
        if improvement.begun_on - window <= one.on < improvement.begun_on:
            before.append(one)
        elif improvement.begun_on <= one.on < improvement.begun_on + window:
            since.append(one)
    sides = [[one for one in side if one.reason == improvement.reason] for side in (before, since)]
    money = [sum(one.money for one in side) for side in sides]
    others = (len(before) - len(sides[0]), len(since) - len(sides[1]))
    return Effect(days, len(sides[0]), len(sides[1]), (money[0], money[1]), others)


def still_gone(improvement: Improvement, lost: Sequence[Lost]) -> tuple[int, ...]:
    """Who left for the reason before it was put right and did not come back: they do not know of it yet.

    Those with whom most went first.
    """
    gone = {
        one.customer: one.money
        for one in lost
        if one.reason == improvement.reason and one.on < improvement.begun_on and not one.back
    }
    return tuple(sorted(gone, key=lambda customer: (-gone[customer], customer)))


def next_to_improve(lost: Sequence[Lost], made: Iterable[Improvement], today: date) -> Lost | None:
    """The reason with which most money left within a year and about which nothing was changed since then.

    `customer` of the answer is how many left for it. None while too few reasons are noted.
    """
    year = [one for one in lost if today - timedelta(days=365) < one.on <= today]
    if len(year) < FEWEST_NOTED:
        return None
    touched = {one.reason for one in made if one.begun_on > today - timedelta(days=365)}
    sums: dict[str, list[int]] = {}
    for one in year:
        if one.reason not in touched:
            tally = sums.setdefault(one.reason, [0, 0])
            tally[0] += one.money
            tally[1] += 1
    worst = max(sums, key=lambda reason: (sums[reason], reason), default=None)
    return Lost(worst, today, sums[worst][1], sums[worst][0]) if worst is not None else None
