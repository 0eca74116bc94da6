"""Spreading follow-ups over working days, so that a pile becomes a few a day."""

from __future__ import annotations

from datetime import date, timedelta

SUNDAY = 6


def spread_days(count: int, first_day: date, per_day: int) -> list[date]:
    """`count` days from `first_day` on, each at most `per_day` times, Sundays left out: shops open on Saturdays."""
    if per_day < 1:
        raise ValueError("at least one a day")
    days: list[date] = []
    day = first_day
    while len(days) < count:
        if day.weekday() != SUNDAY:
            days.extend([day] * min(per_day, count - len(days)))
        day += timedelta(days=1)
    return days
