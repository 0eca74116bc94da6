"""Birthdays by both calendars, and the days that not every year has."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from lunar_python import Lunar

from crmdesk.domain.care_day import LUNAR, SOLAR, care_days, coming_keys, festivals

TODAY = date(2026, 11, 22)


def whose(birthday: str, calendar: str, today: date = TODAY, days: int = 7) -> date | None:
    found = care_days([(1, "老李", "李哥", birthday, calendar)], coming_keys(today, days))
    return found[0].on if found else None


def test_a_birthday_of_the_sun_comes_with_or_without_a_year() -> None:
    assert whose("1985-11-23", SOLAR) == date(2026, 11, 23)
    assert whose("--11-22", SOLAR) == TODAY
    assert whose("1985-11-30", SOLAR) is None


def test_a_birthday_of_the_moon_comes_on_its_own_day() -> None:
    assert whose("1970-10-15", LUNAR) == date(2026, 11, 23)  # 农历十月十五
    assert whose("1970-10-15", SOLAR) is None


def test_who_was_born_on_a_day_that_the_year_lacks_is_not_forgotten() -> None:
    assert whose("1988-02-29", SOLAR, date(2027, 2, 25)) == date(2027, 2, 28)
    assert whose("1988-02-29", SOLAR, date(2028, 2, 25)) == date(2028, 2, 29)
    # In 2026 the first lunar month has 30 days, the second only 29.
    short = next(day for day in (date(2026, 1, 1) + timedelta(n) for n in range(400)) if _last_of_short_month(day))
    lunar = _lunar(short)
    assert whose(f"1980-{abs(lunar.getMonth()):02}-30", LUNAR, short) == short


def test_over_new_year_the_next_one_comes_first() -> None:
    rows = [(1, "甲", "", "1980-01-02", SOLAR), (2, "乙", "", "1980-12-31", SOLAR)]
    found = care_days(rows, coming_keys(date(2026, 12, 30), 7))
    assert [(day.name, day.on) for day in found] == [("乙", date(2026, 12, 31)), ("甲", date(2027, 1, 2))]


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 12), st.integers(1, 29))
def test_every_lunar_birthday_comes_within_thirteen_moons(today: date, month: int, day: int) -> None:
    on = whose(f"1980-{month:02}-{day:02}", LUNAR, today, 385)
    assert on is not None
    assert (abs(_lunar(on).getMonth()), _lunar(on).getDay()) == (month, day)


def _lunar(day: date) -> Lunar:
    return Lunar.fromDate(datetime(day.year, day.month, day.day))


def _last_of_short_month(day: date) -> bool:
    return _lunar(day).getDay() == 29 and _lunar(day + timedelta(days=1)).getDay() == 1


def test_festivals_go_by_their_own_calendar_and_a_leap_month_repeats_none() -> None:
    assert [day.name for day in festivals(date(2026, 12, 28), 7)] == ["new_year"]
    assert [(day.name, day.on) for day in festivals(date(2027, 2, 1), 7)] == [("spring", date(2027, 2, 6))]
    both = [day.on for ahead in (0, 30) for day in festivals(date(2028, 5, 25) + timedelta(days=ahead), 7)]
    assert both == [date(2028, 5, 28)]  # 2028 has a second fifth month, and one 端午
