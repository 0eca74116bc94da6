"""What a word for a referrer says, and whom it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.referral import Brought, Referrals, is_referral, meant, spellings


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("张姐", "张姐"),
        ("张姐介绍", "张姐"),
        ("张姐转介绍的", "张姐"),
        ("老客户张姐推荐", "张姐"),
        ("由王姐超市介绍来的", "王姐超市"),
        ("referred by Bob", "Bob"),
        ("　张姐 ", "张姐"),
        ("朋友：老周", "老周"),
    ],
)
def test_the_name_is_found_in_what_stands_around_it(word: str, name: str) -> None:
    assert spellings(word)[-1] == name


@pytest.mark.parametrize("word", ["", "无", "朋友", "老客户", "老客户介绍", "朋友推荐", "-", "N/A", "self", "自己来的"])
def test_a_word_without_a_name_means_nobody(word: str) -> None:
    assert spellings(word) == ()


@given(st.text(max_size=30))
def test_any_word_can_be_asked_and_its_own_spelling_comes_first(word: str) -> None:
    found = spellings(word)
    assert all(name.strip() for name in found)
    assert not found or found[0] == word.strip() or not word.strip()


@given(st.sets(st.integers(), max_size=4), st.sets(st.integers(), max_size=4))
def test_only_one_can_be_meant_and_a_name_says_more_than_a_contact(named: set[int], contacts: set[int]) -> None:
    one = meant(named, contacts)
    if one is not None:
        assert (named or contacts) == {one}
    else:
        assert len(named or contacts) != 1


@pytest.mark.parametrize(
    ("source", "word", "is_one"),
    [
        ("老客户介绍", "", True),
        ("转介绍", "", True),
        ("抖音", "", False),
        ("抖音", "张姐", True),
        ("Referral", "", True),
    ],
)
def test_a_source_may_say_that_somebody_brought_them(source: str, word: str, is_one: bool) -> None:
    assert is_referral(source, word) is is_one


def test_the_value_of_a_referrer_is_what_those_brought_have_paid() -> None:
    brought = (Brought(1, "小赵", 3, 90_000), Brought(2, "老李", 0, None), Brought(3, "阿强", None, 10_000))
    found = Referrals(brought=brought)
    assert (found.money, found.bought, bool(found), bool(Referrals())) == (100_000, 2, True, False)
