"""改了什么: what was put right about a reason for leaving, and the losses for that reason before and since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

TOLD_AFTER: Final = 30  # days; sooner it says nothing
LOOKED_AT: Final = 180  # days before and after at the most: what lies further back had other causes too


@dataclass(frozen=True, slots=True)
class Improvement:
    """What was changed about a reason (a code of domain.loss.REASONS), and since when."""

    reason: str
    begun_on: date
    text: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Losses noted for the reason in the `days` before an improvement and in as many since; too soon to tell: 0 days.

    It says what came after what, not what caused it.
    """

    days: int = 0
    before: int = 0
    since: int = 0


def effect_of(improvement: Improvement, lost: Iterable[tuple[str, date]], today: date) -> Effect:
    """Two windows of the same length; `lost` are the noted losses as reason and day."""
    days = min((today - improvement.begun_on).days, LOOKED_AT)
    if days < TOLD_AFTER:
        return Effect()
    window = timedelta(days=days)
    mine = [day for reason, day in lost if reason == improvement.reason]
    before = sum(improvement.begun_on - window <= day < improvement.begun_on for day in mine)
    return Effect(days, before, sum(improvement.begun_on <= day < improvement.begun_on + window for day in mine))
