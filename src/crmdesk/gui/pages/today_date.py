"""The date line of 今天: weekday and, in Chinese, the day of the lunar calendar."""

from __future__ import annotations

from datetime import date

from crmdesk.i18n import _, current_language
from crmdesk.words import formats


def date_line(day: date) -> str:
    """The day in full: "11月22日 星期日"."""
    return formats.long_day(day)


def lunar_day(day: date) -> str:
    """The day of the lunar calendar as Chinese readers know it: "农历十月十四"; "" in English. Loads lunar_python."""
    if current_language() != "zh":
        return ""
    from lunar_python import Solar

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    text = _("lunar month {month}, day {day}")
    return text.format(month=lunar.getMonthInChinese(), day=lunar.getDayInChinese())
