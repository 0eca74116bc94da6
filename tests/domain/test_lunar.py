"""Lunar birthdays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.lunar import header_is_lunar, is_lunar, read_lunar_day, without_solar_mark


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("农历八月十五", "--08-15"),
        ("农历8.15", "--08-15"),
        ("阴历1985-8-15", "1985-08-15"),
        ("1985年农历八月十五", "1985-08-15"),
        ("八月十五(农历)", "--08-15"),
        ("正月初一", "--01-01"),
        ("腊月二十三", "--12-23"),
        ("冬月卅", "--11-30"),
        ("农历十月廿三", "--10-23"),
    ],
)
def test_a_lunar_day_keeps_its_own_numbers(written, day):
    assert is_lunar(written)
    assert read_lunar_day(written)[:2] == (day, "")


def test_what_is_doubtful_is_flagged():
    assert read_lunar_day("农历闰六月初一")[:2] == ("--06-01", "lunar_leap")
    assert read_lunar_day("农历13月1日").code == "date_impossible"
    assert read_lunar_day("农历").code == "date_unreadable"
    assert not is_lunar("8月15日")


@pytest.mark.parametrize(
    ("written", "lunar"),
    [
        ("三月初", False),
        ("10月初", False),
        ("12月初吧", False),
        ("三月初五", True),
        ("10月初十", True),
        ("腊月初", True),
    ],
)
def test_the_beginning_of_a_month_is_no_lunar_day(written, lunar):
    assert is_lunar(written) is lunar


def test_a_header_says_by_which_calendar_its_days_are():
    assert all(map(header_is_lunar, ["生日(农历)", "阴历生日", "生日（农）"]))
    assert not any(map(header_is_lunar, ["生日", "生日(农历/阳历)", "农户生日"]))


def test_a_day_that_is_said_to_be_solar_is_solar():
    assert without_solar_mark("1979.7.7(阳历)") == without_solar_mark("公历1979.7.7") == "1979.7.7"
    assert without_solar_mark("1979.7.7") == ""


@given(st.text(max_size=20))
def test_reading_never_fails(text):
    read = read_lunar_day("农历" + text)
    assert read.value or read.code


TENS = ("初", "十", "廿")
DAYS = [f"{ten}{one}" for ten in TENS for one in "一二三四五六七八九"]
DAYS[9:9], DAYS[19:19], DAYS[29:29] = ["初十"], ["二十"], ["三十"]
MONTHS = "正二三四五六七八九十冬腊"


@given(st.integers(1, 12), st.integers(1, 30))
def test_every_month_and_day_by_its_name(month, day):
    assert read_lunar_day(f"农历{MONTHS[month - 1]}月{DAYS[day - 1]}").value == f"--{month:02}-{day:02}"
