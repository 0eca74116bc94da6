"""Readers of days, by what their column says: past or to come, of our calendar or the lunar one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Final

from crmdesk.domain.dates import DateRule, Moment, read_date
from crmdesk.domain.fields import Field
from crmdesk.domain.lunar import is_lunar, read_lunar_day, solar_of, without_solar_mark
from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain, says_nothing
from crmdesk.excel.column import Column

PAST_FIELDS: Final = frozenset({Field.ORDERED_ON, Field.FIRST_ORDER_ON, Field.LAST_ORDER_ON, Field.INTERACTION_ON})
DAY_FIELDS: Final = PAST_FIELDS | {Field.FOLLOW_UP_ON, Field.BIRTHDAY}


def day_reader(column: Column, today: date) -> Callable[[object], Read[Any]]:
    """The reader of a column's days: ISO day and time; of a birthday the day and its calendar."""
    options = column.options
    year, month = options.get("year"), options.get("month")
    day_first = options.get("day_first")
    rule = DateRule(
        today,
        year=int(year) if year is not None else None,
        month=int(month) if month is not None else None,
        day_first=bool(day_first) if day_first is not None else None,
        year_first=bool(options.get("year_first")),
        past=column.field in PAST_FIELDS,
        birthday=column.field is Field.BIRTHDAY,
    )
    all_lunar = options.get("calendar") == "lunar"
    if rule.birthday:
        return _birthday_reader(rule, all_lunar=all_lunar)
    if all_lunar:
        return lambda value: _by_moon(value, rule, all_lunar=True) if isinstance(value, str) else read_date(value, rule)
    if options.get("compact"):
        return lambda value: Read(None, "date_unreadable") if _cut_short(value) else read_date(value, rule)
    return lambda value: _by_moon(value, rule) if isinstance(value, str) and is_lunar(value) else read_date(value, rule)


def _birthday_reader(rule: DateRule, *, all_lunar: bool) -> Callable[[object], Read[Any]]:
    def read(value: object) -> Read[Any]:
        text = plain(value) if all_lunar or not isinstance(value, date) else ""  # a cell of the day's own kind is solar
        if text and (bare := without_solar_mark(text)):
            value, text = bare, ""
        if (all_lunar or is_lunar(text)) and not says_nothing(text):
            lunar = read_lunar_day(value)
            return Read((lunar.value, "lunar") if lunar.value else None, lunar.code, lunar.values)
        solar = read_date(value, rule)
        return Read((solar.value[0], "solar") if solar.value else None, solar.code, solar.values)

    return read


def _by_moon(value: str, rule: DateRule, *, all_lunar: bool = False) -> Read[Moment]:
    """A purchase or talk on 正月十六: by our calendar, and always flagged, for its year is most often left out."""
    bare = without_solar_mark(value)
    if bare or says_nothing(plain(value)):
        return read_date(bare or value, rule)
    told = read_lunar_day(value)
    if told.value is None:
        # 闰 or 正 in words beside a day does not make it lunar; only a header of lunar days stands by what it says.
        return read_date(value, rule) if told.code == "date_unreadable" and not all_lunar else Read(None, told.code)
    head, month, day = told.value.rsplit("-", 2)
    year = int(head) if head.isdecimal() else rule.year
    if year is None:
        return Read(None, "date_without_year")
    leap = told.code == "lunar_leap"
    found = solar_of(year, int(month), int(day), leap=leap)
    # 腊月 of a ledger of 2026 is the one in January, where the next one is still to come.
    if found and rule.past and not head.isdecimal() and found > rule.today:
        found = solar_of(year - 1, int(month), int(day), leap=leap)
    if found is None:
        return Read(None, "date_impossible")
    return Read((found.isoformat(), ""), "date_lunar", {"day": found.isoformat()})


def _cut_short(value: object) -> bool:
    """Whether a number in a column of 20240305 has lost digits: 32154 is no serial day there, and 5489 no time."""
    text = plain(value)
    return text.isdecimal() and len(text) not in (8, 12, 14) and bool(text.strip("0"))


def read_clock(value: object) -> Read[Any]:
    """A time of day: 14:30, a time cell, or the part of a day (0.5)."""
    if isinstance(value, datetime):
        return Read(value.time().replace(microsecond=0).isoformat())
    if isinstance(value, time):
        return Read(value.replace(microsecond=0).isoformat())
    if isinstance(value, float) and 0 <= value < 1:
        seconds = round(value * 86_400) % 86_400
        return Read(f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    text = half_width(plain(value))
    match = re.fullmatch(r"(?:.*[T\s])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", text)
    if match and int(match[1]) < 24 and int(match[2]) < 60 and int(match[3] or 0) < 60:
        return Read(f"{int(match[1]):02}:{match[2]}:{match[3] or '00'}")
    return Read(None, "" if says_nothing(text) else "time_unreadable")
