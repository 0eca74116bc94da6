"""生日节日: whose birthday comes, by either calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.care_day import CareDay

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["DAYS_BEFORE", "CareDay", "care_days"]

DAYS_BEFORE: Final = 7


def care_days(db: Database, days: int = DAYS_BEFORE) -> tuple[CareDay, ...]:
    """The birthdays of the coming days, the next one first; nobody whom the user stopped following."""
    from crmdesk.domain.care_day import care_days as coming
    from crmdesk.domain.care_day import coming_keys
    from crmdesk.storage.care_days import birthdays

    keys = coming_keys(db.clock.today(), days)
    with db.raw_read() as raw:
        rows = birthdays(raw, [key for calendar in keys.values() for key in calendar])
    return tuple(coming(rows, keys))
