"""满意度: what a customer said when asked, as dated scores from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

SCORES: Final = (5, 4, 3, 2, 1)
LOW: Final = 2  # up to here something has to be put right
MONTHS_SHOWN: Final = 12
FEWEST_ANSWERS: Final = 8  # of everybody; a series of fewer is a handful of moods
FEWEST_MONTHS: Final = 3
_TREND_FROM: Final = 4  # scores; of fewer the halves say nothing


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """An answer: the day, 1 to 5, and the customer's own words."""

    customer_id: int
    asked_on: date
    score: int
    words: str = ""
    id: int = 0


def average(answers: Sequence[Satisfaction]) -> float:
    """The mean score, one digit; `answers` must not be empty."""
    return round(sum(one.score for one in answers) / len(answers), 1)


def trend(answers: Sequence[Satisfaction]) -> int:
    """-1 where the newer half of the answers (newest first) is half a point worse, 1 where better, else 0."""
    if len(answers) < _TREND_FROM:
        return 0
    half = len(answers) // 2
    moved = average(answers[:half]) - average(answers[half:])
    return (moved >= 0.5) - (moved <= -0.5)


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The mean score of a month ("2026-11"), and how many answers it is of."""

    month: str
    score: float
    answers: int


@dataclass(frozen=True)
class SatisfactionSeries:
    """The months in which somebody was asked, the oldest first; `average` and `trend` are of all their answers."""

    rows: tuple[MonthScore, ...]
    average: float
    trend: int
    who: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """All answers shown."""
        return sum(row.answers for row in self.rows)

    def ids(self, month: str) -> tuple[int, ...]:
        """Who answered in a month, the least satisfied first."""
        return self.who.get(month, ())


def series(answers: Sequence[Satisfaction]) -> SatisfactionSeries | None:
    """Everybody's answers (newest first) by month; None while they are too few to be more than moods."""
    months: dict[str, list[Satisfaction]] = {}
    for one in answers:
        months.setdefault(one.asked_on.isoformat()[:7], []).append(one)
    shown = sorted(months)[-MONTHS_SHOWN:]
    kept = [one for one in answers if one.asked_on.isoformat()[:7] in shown]
    if len(kept) < FEWEST_ANSWERS or len(shown) < FEWEST_MONTHS:
        return None
    rows = tuple(MonthScore(month, average(months[month]), len(months[month])) for month in shown)
    who = {
        month: tuple(dict.fromkeys(one.customer_id for one in sorted(months[month], key=lambda one: one.score)))
        for month in shown
    }
    return SatisfactionSeries(rows, average(kept), trend(kept), who)
