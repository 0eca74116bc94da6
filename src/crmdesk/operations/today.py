"""Today: what was promised, whom to contact and why, what was done, and the plan of the coming weeks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.attention import DayLine, DaySummary, DoneToday, TodayItem, TodayPlan
from crmdesk.domain.changes import Changes
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = [
    "DayLine",
    "DaySummary",
    "DoneToday",
    "TodayItem",
    "TodayPlan",
    "day_summary",
    "plan_ahead",
    "replan",
    "today_plan",
]


def today_plan(db: Database, cap: int = 8) -> TodayPlan:
    """The plan of the day: promises first, then at most `cap` due follow-ups; the rest is counted as unhurried."""
    raise NotImplementedError


def plan_ahead(db: Database, progress: Progress | None = None, cap: int = 8) -> Changes:
    """Write the contacts that rhythm and cadence ask for into the follow-ups of the coming weeks, at most `cap` a day."""
    raise NotImplementedError


def replan(db: Database, per_day: int = 8) -> Changes:
    """Spread what is due but unhurried over the coming days. Promises stay."""
    raise NotImplementedError


def day_summary(db: Database, day: date | None = None) -> DaySummary:
    """What a day (today) came to; `words.summary.day_summary_text` makes the text to copy."""
    raise NotImplementedError
