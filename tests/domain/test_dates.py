"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.dates import DateRule, read_date

TODAY = date(2026, 11, 22)
ORDERS = DateRule(TODAY, year=2024, past=True)
BIRTHDAYS = DateRule(TODAY, birthday=True)
FIFTH_OF_MARCH = ("2024-03-05", "")


@pytest.mark.parametrize(
    "written",
    [
        "2024-3-5",
        "2024/03/05",
        "2024.3.5",
        "2024 3 5",
        "２０２４－０３－０５",
        "20240305",
        20240305.0,
        "240305",
        240305.0,
        "24.3.5",
        "24年3月5日",
        "2024年3月5日",
        "2024年3月5号",
        "2024年3月5日(星期二)",
        "2024-3-5 周二",
        "二〇二四年三月五日",
        45356.0,
        "45356",
        date(2024, 3, 5),
        datetime(2024, 3, 5),
        "2024-03-05 00:00:00",
        "5 Mar 2024",
        "March 5, 2024",
        "5-Mar-24",
    ],
)
def test_a_day_is_the_same_however_it_is_written(written):
    assert read_date(written, ORDERS) == (FIFTH_OF_MARCH, "", {})


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2024-03-05 12:33:00", "12:33:00"),
        ("2024-03-05T12:33", "12:33:00"),
        ("2024/3/5 下午3:20", "15:20:00"),
        ("2024年3月5日 14时30分", "14:30:00"),
        ("2024-03-05T01:23:22.623Z", "01:23:22"),
        ("20240305123300", "12:33:00"),
        (45356.5, "12:00:00"),
        (datetime(2024, 3, 5, 1, 17, 56, 89000), "01:17:56"),
    ],
)
def test_a_time_behind_the_day_is_kept(written, clock):
    assert read_date(written, ORDERS).value == ("2024-03-05", clock)


@pytest.mark.parametrize("written", ["下周三", "上周六", "昨天", "3天后", "国庆", "去年"])
def test_a_day_that_depends_on_today_is_told_as_such(written):
    assert read_date(written, ORDERS)[:2] == (None, "date_relative")


def test_last_year_is_that_before_this_one_where_the_sheet_tells_no_year():
    read = read_date("去年12月", DateRule(TODAY, past=True))
    assert (read.value, read.code, read.values) == (("2025-12-01", ""), "date_relative_year", {"year": 2025})


@pytest.mark.parametrize("behind", ["上午", " 下午", "晚上"])
def test_half_a_day_behind_the_day_is_no_hindrance(behind):
    assert read_date(f"2024-03-05{behind}", ORDERS)[:2] == (FIFTH_OF_MARCH, "")


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("3月5日", "2024-03-05", "date_year_assumed"),
        ("3.5", "2024-03-05", "date_year_assumed"),
        (3.5, "2024-03-05", "date_year_assumed"),
        ("3-5", "2024-03-05", "date_year_assumed"),
        ("2024年3月", "2024-03-01", "date_month_only"),
        ("2024-3", "2024-03-01", "date_month_only"),
        ("3月底", "2024-03-31", "date_about"),
        ("2024年2月底", "2024-02-29", "date_about"),
        ("3月初", "2024-03-01", "date_about"),
        ("去年12月", "2023-12-01", "date_relative_year"),
        ("前年3月5日", "2022-03-05", "date_relative_year"),
        ("今年3月5号", "2024-03-05", "date_relative_year"),
        ("2027-01-01", "2027-01-01", "date_future"),
        ("03/04/2024", "2024-03-04", "date_order_ambiguous"),
        ("1943-03-05", "1943-03-05", "date_very_old"),
    ],
)
def test_a_doubtful_day_is_read_and_flagged(written, day, code):
    read = read_date(written, ORDERS)
    assert read.value is not None
    assert (read.value[0], read.code) == (day, code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024-2-30", "date_impossible"),
        ("20241305", "date_impossible"),
        ("13月5日", "date_impossible"),
        (0.0, "date_zero"),
        (3.1, "date_dot_lost"),
        ("2024", "date_year_only"),
        ("昨天", "date_relative"),
        ("2024-3-5/2024-4-6", "date_two"),
        ("5/3/24", "date_order_ambiguous"),
        ("下周再说", "date_relative"),
        ("老客户", "date_unreadable"),
        (True, "date_unreadable"),
    ],
)
def test_what_is_no_day_is_flagged_and_not_read(written, code):
    assert read_date(written, ORDERS)[:2] == (None, code)


def test_without_a_year_of_the_sheet_a_yearless_day_is_not_read():
    assert read_date("3月5日", DateRule(TODAY))[:2] == (None, "date_without_year")


def test_the_column_says_whether_day_or_month_comes_first():
    assert read_date("03/04/2024", DateRule(TODAY, day_first=True)).value == ("2024-04-03", "")
    assert read_date("03/04/2024", DateRule(TODAY, day_first=False)).value == ("2024-03-04", "")
    assert read_date("25/12/2024", DateRule(TODAY)).value == ("2024-12-25", "")
    assert read_date("24/3/5", DateRule(TODAY, year_first=True)).value == ("2024-03-05", "")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3月5日", "--03-05"),
        ("85.3.5", "1985-03-05"),
        ("850305", "1985-03-05"),
        ("050305", "2005-03-05"),
        ("28.3.5", "1928-03-05"),
        (31111.0, "1985-03-05"),
    ],
)
def test_birthdays_need_no_year_and_lie_behind(written, day):
    assert read_date(written, BIRTHDAYS)[:2] == ((day, ""), "")


@given(
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none())
)
def test_reading_never_fails(value):
    for rule in (ORDERS, BIRTHDAYS, DateRule(TODAY, day_first=True)):
        read = read_date(value, rule)
        assert read.value is None or len(read.value[0]) in (7, 10)


@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.sampled_from(
        ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%d %b %Y", "%B %d, %Y"]
    ),
)
def test_every_known_form_gives_its_day_back(day, form):
    assert read_date(datetime.combine(day, datetime.min.time()).strftime(form), ORDERS) == (
        (day.isoformat(), ""),
        "",
        {},
    )


@given(st.dates(date(1990, 1, 1), TODAY))
def test_serial_days_are_those_of_the_spreadsheet(day):
    assert read_date(float((day - date(1899, 12, 30)).days), ORDERS).value == (day.isoformat(), "")


@given(st.dates(date(2000, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y"]))
def test_an_order_that_nobody_settled_is_right_or_flagged(day, form):
    read = read_date(day.strftime(form), ORDERS)
    assert read.code or read.value == (day.isoformat(), "")


@pytest.mark.parametrize(
    ("value", "expected", "code"),
    [
        ("5日", "2024-03-05", ""),
        ("31号", "2024-03-31", ""),
        (5.0, "2024-03-05", ""),
        ("3月5日", "2024-03-05", ""),
        ("4月5日", "2024-04-05", "date_year_assumed"),
        ("32号", None, "date_impossible"),
        (45.0, None, "date_unreadable"),
    ],
)
def test_a_day_under_the_heading_of_a_month(value, expected, code):
    read = read_date(value, DateRule(TODAY, year=2024, month=3))
    assert (read.value[0] if read.value else None, read.code) == (expected, code)


def test_a_day_alone_is_none_without_a_month():
    assert read_date("5日", DateRule(TODAY, year=2024)).code == "date_unreadable"
    assert read_date("5日", DateRule(TODAY, month=3)).code == "date_without_year"
