"""Facts as text, and text as facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.gui.pages.customer_list_edit import edited_fields, intent_code, with_first_point
from crmdesk.gui.pages.detail_values import birthday_fields, fact_fields, fact_text, facts_of

RICH = Customer(
    name="王姐超市",
    province="浙江",
    city="杭州",
    district="西湖",
    intent="high",
    receivable=1_200_0000,
    birthday="--10-15",
    birthday_calendar="lunar",
    points=(Point("phone", "13800138000"), Point("wechat", "w")),
    contacts=(Contact(name="张伟", title="店长", points=(Point("phone", "13900139000"),)),),
    tags=("老客户",),
    extra={"送货时间": "上午", "空着": ""},
)


def _shown(presenting=False):
    return {fact.key: fact.shown for fact in facts_of(RICH, presenting=presenting)}


def test_only_what_has_content_is_a_fact():
    shown = _shown()
    assert shown["point:0"] == "138 0013 8000"
    assert shown["contact:0"] == "张伟 · 店长 · 139 0013 9000"
    assert shown["region"] == "浙江 杭州 西湖"
    assert shown["birthday"] == "农历 10-15"
    assert shown["receivable"] == "¥1,200"
    assert shown["extra:送货时间"] == "上午"
    assert "extra:空着" not in shown
    assert "industry" not in shown


def test_presenting_hides_debts_and_judgements():
    assert not {"receivable", "intent", "tier_given", "balance"} & set(_shown(presenting=True))


@pytest.mark.parametrize(
    ("text", "birthday", "calendar"),
    [
        ("1985-08-15", "1985-08-15", "solar"),
        ("8月15日", "--08-15", "solar"),
        ("农历八月十五", "--08-15", "lunar"),
        ("阴历10.15", "--10-15", "lunar"),
        ("", "", ""),
    ],
)
def test_birthdays_as_people_write_them(text, birthday, calendar):
    assert birthday_fields(text) == {"birthday": birthday, "birthday_calendar": calendar}


@pytest.mark.parametrize("text", ["夏天", "13-45", "2-30"])
def test_what_is_no_day_is_not_guessed(text):
    assert birthday_fields(text) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_written_as_iso_comes_back(day):
    assert birthday_fields(day.isoformat()) == {"birthday": day.isoformat(), "birthday_calendar": "solar"}


@given(st.text(max_size=30))
def test_no_text_breaks_a_fact(text):
    for key in ("birthday", "receivable", "reward_points", "region", "intent", "tags", "point:0", "new:phone", "name"):
        fact_fields(RICH, key, text)


@pytest.mark.parametrize("text", ["¥1,234.5", "1234.5元", " 1234.50 "])
def test_money_is_read_as_written(text):
    assert fact_fields(RICH, "receivable", text) == {"receivable": 1_234_5000}


def test_money_in_wan_is_understood():
    assert fact_fields(RICH, "receivable", "1.2万") == {"receivable": 12_000_0000}


def test_money_that_is_none_is_refused_and_empty_means_unknown():
    assert fact_fields(RICH, "receivable", "很多") is None
    assert fact_fields(RICH, "receivable", "") == {"receivable": None}


def test_a_region_comes_back_as_it_was_written():
    text = fact_text(RICH, "region")
    assert fact_fields(RICH, "region", text) == {"province": "浙江", "city": "杭州", "district": "西湖"}
    assert fact_fields(RICH, "region", "New York") == {"province": "New York", "city": "", "district": ""}


def test_a_point_is_changed_or_taken_away():
    assert fact_fields(RICH, "point:1", "neu") == {"points": (RICH.points[0], Point("wechat", "neu"))}
    assert fact_fields(RICH, "point:0", "") == {"points": (RICH.points[1],)}


def test_the_same_text_in_a_cell_is_no_edit():
    assert edited_fields(RICH, "province", " 浙江 ") == {}
    assert edited_fields(RICH, "phone", "138 0013 8000") == {}
    assert edited_fields(RICH, "extra:送货时间", "上午") == {}


def test_a_name_is_never_emptied_from_a_cell():
    assert edited_fields(RICH, "name", "  ") == {}


def test_the_first_phone_stays_the_first():
    points = with_first_point(RICH.points, "phone", "13900001111")
    assert points == (Point("phone", "13900001111"), Point("wechat", "w"))


@pytest.mark.parametrize(("text", "code"), [("高", "high"), ("HIGH", "high"), ("", ""), ("也许", None)])
def test_an_intent_in_words(text, code):
    assert intent_code(text) == code
