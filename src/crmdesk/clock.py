"""What day it is. Everything that asks for the day is handed a clock, so a test can fix it."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from typing import NamedTuple

FIXED_DAY = "CRMDESK_TODAY"


class Clock(NamedTuple):
    """The system's clock, or one that stands still at nine in the morning of a fixed day."""

    fixed: date | None = None

    def today(self) -> date:
        """The current day, local."""
        return self.fixed or date.today()

    def now(self) -> datetime:
        """The current local time, without a zone."""
        return datetime.combine(self.fixed, time(9)) if self.fixed else datetime.now()


def clock_from_environment() -> Clock:
    """The clock of the program: fixed when CRMDESK_TODAY names a day. Raises ValueError for a bad day."""
    day = os.environ.get(FIXED_DAY)
    return Clock(date.fromisoformat(day) if day else None)
