"""Values as the screen shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.money import MONEY_UNIT, from_money, to_money
from crmdesk.i18n import language
from crmdesk.words import formats

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (None, "—"),
        (0, "¥0"),
        (to_money("24600"), "¥24,600"),
        (to_money("12.5"), "¥12.50"),
        (to_money("-12.5"), "-¥12.50"),
        (to_money("0.004"), "¥0"),
        (to_money("-0.004"), "¥0"),
        (to_money("1234567.899"), "¥1,234,567.90"),
    ],
)
def test_money_has_cents_only_where_there_are_some(amount, told):
    assert formats.money(amount) == told


def test_money_wears_the_label_of_the_files_currency():
    assert formats.money(to_money(3), "€") == "€3"


@given(st.integers(-(10**15), 10**15))
def test_money_reads_back_as_what_it_was_to_the_cent(amount):
    told = Decimal(formats.money(amount, "").replace(",", ""))
    assert abs(told - from_money(amount)) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("amount", "told"), [(1_200_000, "1,200"), (2_500, "2.5"), (1, "0.001"), (0, "0"), (None, "—")]
)
def test_quantities_have_no_idle_zeros(amount, told):
    assert formats.quantity(amount) == told


@pytest.mark.parametrize(("share", "told"), [(0.356, "36%"), (0, "0%"), (1, "100%"), (0.004, "0.4%"), (None, "—")])
def test_a_small_share_never_looks_like_nothing(share, told):
    assert formats.percent(share) == told


@pytest.mark.parametrize(
    ("days", "chinese", "english"),
    [
        (0, "今天", "today"),
        (-1, "昨天", "yesterday"),
        (-3, "3 天前", "3 days ago"),
        (-99, "99 天前", "99 days ago"),
        (-200, "7 个月前", "7 months ago"),
        (-1100, "3 年前", "3 years ago"),
        (1, "明天", "tomorrow"),
        (2, "后天", "the day after tomorrow"),
        (3, "3 天后", "in 3 days"),
        (120, "4 个月后", "in 4 months"),
    ],
)
def test_days_are_told_from_today(days, chinese, english):
    day = TODAY + timedelta(days=days)
    assert formats.ago(day, TODAY) == chinese
    with language("en"):
        assert formats.ago(day.isoformat(), TODAY) == english


def test_no_day_is_a_dash():
    assert formats.ago(None, TODAY) == formats.day("") == "—"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_has_something_to_say(day):
    assert formats.ago(day, TODAY)
    assert formats.as_day(formats.day(day)) == day


def test_a_day_keeps_its_year_only_where_it_is_not_this_one():
    assert formats.short_day("2026-09-02", TODAY) == "09-02"
    assert formats.short_day("2025-09-02", TODAY) == "2025-09-02"


def test_the_head_of_today_names_the_weekday():
    assert formats.long_day(TODAY) == "11月22日 星期日"
    with language("en"):
        assert formats.long_day(TODAY) == "Sunday, November 22"


def test_hours_have_two_digits():
    assert formats.clock_time(time(9, 5)) == formats.clock_time(datetime(2026, 1, 1, 9, 5)) == "09:05"


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("13800138000", "138 0013 8000"),
        ("13800138000-801", "138 0013 8000-801"),
        ("0571-88881234", "0571-88881234"),
        ("02112345678", "02112345678"),
        ("+4930123456", "+4930123456"),
        ("", ""),
    ],
)
def test_mobile_numbers_are_grouped_for_the_eye(phone, told):
    assert formats.phone(phone) == told


@given(st.text(max_size=20))
def test_grouping_changes_nothing_but_spaces(phone):
    assert formats.phone(phone).replace(" ", "") == phone.replace(" ", "")


def test_a_city_that_is_its_own_province_is_told_once():
    assert formats.region(("北京", "北京", "")) == "北京"
    assert formats.region(("广东", "湛江", "霞山")) == "广东 湛江 霞山"


def test_many_names_are_cut_short():
    assert formats.names(["王姐", "老李"]) == "王姐、老李"
    assert formats.names(["王姐", "老李", "小赵", "张总"]) == "王姐、老李、小赵 等，还有 1 个"


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (950, "¥950", "¥950"),
        (12_000, "¥1.2万", "¥12k"),
        (4_025_400, "¥403万", "¥4m"),
        (-25_000, "¥-2.5万", "¥-25k"),
    ],
)
def test_money_in_charts_takes_few_characters(amount, chinese, english):
    assert formats.short_money(amount * MONEY_UNIT) == chinese
    with language("en"):
        assert formats.short_money(amount * MONEY_UNIT) == english


def test_money_without_its_cents():
    assert formats.whole_money(637_673_1600) == "¥637,673"
    assert formats.whole_money(0) == "¥0"
