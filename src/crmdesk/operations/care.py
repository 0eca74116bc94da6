"""生日节日: what is to be greeted soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.care_day import CareDay

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["DAYS_BEFORE", "CareDay", "care_days"]

DAYS_BEFORE: Final = 7


def care_days(db: Database, days: int = DAYS_BEFORE) -> tuple[CareDay, ...]:
    """The birthdays, festivals and anniversaries of the first order that come, the next one first.

    Nobody whom the user stopped following.
    """
    from crmdesk.domain.care_day import SOLAR, anniversaries, coming_keys, festivals
    from crmdesk.domain.care_day import care_days as coming
    from crmdesk.storage.care_days import anybody, birthdays, first_orders

    today = db.clock.today()
    keys = coming_keys(today, days)
    with db.raw_read() as raw:
        born = birthdays(raw, [key for calendar in keys.values() for key in calendar])
        began = first_orders(raw, keys[SOLAR])
        festive = festivals(today, days) if anybody(raw) else []
    found = [*festive, *coming(born, keys), *anniversaries(began, keys[SOLAR])]
    return tuple(sorted(found, key=lambda day: day.on))
