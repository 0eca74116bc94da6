"""A line about a contact names its own next day and how one was in touch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.note_reading import FARTHEST, kind_named, next_day_named

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("送了样品，周三问", date(2026, 11, 25)),
        ("下周二再来", date(2026, 12, 1) - timedelta(days=7)),
        ("拜访,送了新价目表,下周三再去", date(2026, 11, 25)),
        ("要20箱，周五送", date(2026, 11, 27)),
        ("三天后打给他", date(2026, 11, 25)),
        ("12月5号来拿货", date(2026, 12, 5)),
        ("wants a quote, call again tomorrow", date(2026, 11, 23)),
        ("send samples next week", date(2026, 11, 23)),
        ("客户说周三再去", date(2026, 11, 25)),
        ("客户让我下周二去公司", date(2026, 11, 24)),
        ("下周三去客户那里看看", date(2026, 11, 25)),
        ("他说周三去店里看货", date(2026, 11, 25)),
        ("客户周三来拿货", date(2026, 11, 25)),
        ("周五发工资再来", date(2026, 11, 27)),
        ("等他周三出差回来联系", date(2026, 11, 25)),
        ("明天要下雨，后天再送", date(2026, 11, 24)),
        ("客户不在，周四再去", date(2026, 11, 26)),
        ("周三送婚礼用的酒", date(2026, 11, 25)),
        ("周五盘点完去送货", date(2026, 11, 27)),
        ("给客户周三送去样品", date(2026, 11, 25)),
    ],
)
def test_the_day_that_is_named_is_the_next(line, day):
    assert next_day_named(line, SUNDAY) == day


@pytest.mark.parametrize(
    "line",
    [
        "老板娘说价格高了",
        "上周三送的货",
        "昨天来过",
        "今天去了",
        "周三送的货少一箱",
        "生日3月5号，要送礼",
        "合同明年1月到期",
        "12月5号到期，来续",
        "要3号楼那家的电话",
        "明天不用来",
        "客户周三要出差",
        "他说下周要去北京",
        "老板娘周五去进货",
        "说下周去外地",
        "对方周四要回老家",
        "明天要下雨",
        "明天下雨送不了",
        "等周五发工资",
        "周三不在，要看孩子",
        "周四要看病",
        "wait, he is away on Friday",
        "",
    ],
)
def test_what_is_past_or_another_day_is_not(line):
    assert next_day_named(line, SUNDAY) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("拜访，没见到老板", "visit"),
        ("微信发了报价", "wechat"),
        ("Visited, owner was out", "visit"),
        ("打电话问了", "call"),
        ("要两箱，微信付", ""),
        ("", ""),
    ],
)
def test_a_line_that_begins_with_the_way_says_it(line, kind):
    assert kind_named(line) == kind


@given(st.text(max_size=80), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_no_line_names_a_day_that_is_past_or_far(line, written):
    day = next_day_named(line, written)
    assert day is None or written < day <= written + timedelta(days=FARTHEST)
