"""Appointments in notes: what is one, what is none, and that nothing is ever proposed for the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.appointments import find_appointments, said_under
from crmdesk.domain.text import half_width

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DIGITS = "一二三四五六七八九"


def days(text, written=SUNDAY):
    return [one.due_on for one in find_appointments(text, written)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("预约29号", date(2026, 11, 29)),
        ("预约5号上门", date(2026, 12, 5)),
        ("约明天下午", date(2026, 11, 23)),
        ("三天内联系", date(2026, 11, 25)),
        ("下周三回访", date(2026, 11, 25)),
        ("周三再联系", date(2026, 11, 25)),
        ("下周三来做脸", date(2026, 11, 25)),
        ("下下周一拜访", date(2026, 11, 30)),
        ("一周后回电", date(2026, 11, 29)),
        ("半个月后再联系", date(2026, 12, 7)),
        ("两个月后回访", date(2027, 1, 22)),
        ("3月5号来看货", date(2027, 3, 5)),
        ("2026年12月1日签约", date(2026, 12, 1)),
        ("月底打电话", date(2026, 11, 30)),
        ("下个月再谈", date(2026, 12, 1)),
        ("下个月8号量房", date(2026, 12, 8)),
        ("客户很忙，后天上午再打给他", date(2026, 11, 24)),
        ("预约２９号", date(2026, 11, 29)),
        ("call back in 3 days", date(2026, 11, 25)),
        ("Visit next Monday", date(2026, 11, 23)),
        ("follow up on Dec 5", date(2026, 12, 5)),
        ("meet tomorrow at 9", date(2026, 11, 23)),
    ],
)
def test_a_note_that_names_a_deed_and_a_day_is_an_appointment(text, due):
    assert days(text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "最高五万",
        "昨天联系过",
        "29号联系过了",
        "不用联系，明天出差",
        "取消29号预约",
        "明天出差",
        "地址在文三路29号，联系方便",
        "3号楼联系人张总",
        "三天内卖了五万",
        "大约三天内到货",
        "联系地址文三路29号",
        "联系人电话5号",
        "2月30日拜访",
        "喜欢红茶",
        "生日3月5日",
        "called yesterday",
        "",
    ],
)
def test_everything_else_is_none(text):
    assert days(text) == []


def test_a_day_under_a_header_that_says_what_for():
    written = date(2026, 11, 22)
    [one] = find_appointments(said_under("下次联系", "下周三"), written)
    assert (one.due_on, one.sentence) == (date(2026, 11, 25), "下次联系:下周三")
    assert find_appointments(said_under("车型", "下周三"), written) == []


def test_the_sentence_comes_with_the_day():
    [one] = find_appointments("老客户。对价格敏感，下周三回访；喜欢喝茶", SUNDAY)
    assert one.sentence == "对价格敏感,下周三回访"


def test_a_note_is_read_as_of_the_day_it_was_written():
    assert days("约明天下午", date(2024, 2, 28)) == [date(2024, 2, 29)]


@given(
    text=st.text(alphabet="约联系回访明后天下周一三五月号日内个0123456789年-，。 过了call back next", max_size=80),
    written=DAYS,
)
def test_whatever_it_says_nothing_lies_before_the_note_or_beyond_a_year(text, written):
    for one in find_appointments(text, written):
        assert written <= one.due_on <= written + timedelta(days=366)
        assert one.sentence and one.sentence in half_width(text)


@given(written=DAYS, number=st.integers(1, 9))
def test_a_number_of_days_is_counted_from_the_note(written, number):
    due = written + timedelta(days=number)
    assert days(f"{number}天后联系", written) == days(f"{DIGITS[number - 1]}天内联系", written) == [due]


@given(written=DAYS, place=st.integers(0, 6))
def test_the_coming_weekday_is_within_seven_days_and_next_weeks_in_next_week(written, place):
    [coming] = days(f"周{'一二三四五六日'[place]}回访", written)
    [later] = days(f"下周{'一二三四五六日'[place]}回访", written)
    assert coming.weekday() == later.weekday() == place
    assert 0 <= (coming - written).days < 7
    monday = written - timedelta(days=written.weekday())
    assert 7 <= (later - monday).days < 14


@given(written=DAYS, day=st.integers(1, 31))
def test_a_day_of_the_month_is_the_next_one(written, day):
    [due] = days(f"预约{day}号", written)
    assert due.day == day
    assert not any((written + timedelta(days=ahead)).day == day for ahead in range((due - written).days))
