"""满意度: what a customer said when asked, as dated scores from 1 to 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

SCORES: Final = (5, 4, 3, 2, 1)
LOW: Final = 2  # up to here something has to be put right
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
