"""Tiers as numbers: what a number is, which end a sheet says is the best, the level that follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.numbered_tiers import tier_letter, tier_number, told_end


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("３", 3), ("2.0", 2), ("三", 3), ("一级", None), ("A", None)])
def test_only_a_bare_number_is_a_numbered_tier(text, number):
    assert tier_number(text) == number


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("等级（1最高）", "low"),
        ("1为最重要，3为一般", "low"),
        ("客户等级(1-5，5最好)", "high"),
        ("数字越大越重要", "high"),
        ("数字越小越重要", "low"),
        ("从低到高", "high"),
        ("客户等级", ""),
        ("1最高 5最好", ""),
        ("2021最高销售额", ""),
    ],
)
def test_a_text_may_say_which_end_is_the_best(text, end):
    assert told_end(text) == end


@given(st.integers(2, 9), st.data())
def test_both_ends_give_the_same_levels_the_other_way_round(most, data):
    number = data.draw(st.integers(1, most))
    assert tier_letter(number, "low", most) == tier_letter(most + 1 - number, "high", most)
    assert tier_letter(most + 1, "low", most) == ""
