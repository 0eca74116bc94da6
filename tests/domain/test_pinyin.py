"""How names are read and sorted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from crmdesk.domain.pinyin import reading, sort_key, spellings
from crmdesk.domain.pinyin_table import usual_readings


def test_the_table_agrees_with_pypinyin():
    wrong = {
        char: syllable
        for char, syllable in usual_readings().items()
        if syllable not in pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    }
    assert wrong == {}


def test_rare_and_traditional_characters_are_read_as_well():
    assert (reading("張"), reading("鱻"), reading("㛃")) == ("zhang", "xian", "jie")
    assert reading("a") == reading("★") == ""


def test_chinese_names_stand_in_pinyin_order():
    names = ["张三", "李四", "阿强超市", "王姐超市", "王哥", "Bob", "3号店"]
    assert sorted(names, key=sort_key) == ["3号店", "阿强超市", "Bob", "李四", "王哥", "王姐超市", "张三"]


def test_a_family_name_is_read_as_one():
    assert sort_key("单雄") < sort_key("沈月") < sort_key("曾丽") < sort_key("张三")
    assert sort_key("解放路便利店").startswith("jie")


@pytest.mark.parametrize(("name", "key"), [("", ""), ("  ", ""), ("★", "★"), ("ＡＢ 12", "ab12")])
def test_the_key_of_what_is_not_chinese(name, key):
    assert sort_key(name) == key


@given(st.text(max_size=30))
def test_only_an_empty_name_has_an_empty_key(name):
    assert (sort_key(name) == "") == (sort_key(name).strip() == "")
    assert isinstance(spellings(name), list)


def test_characters_with_two_readings_are_spelled_both_ways():
    assert ["zhong", "qing"] in spellings("重庆")
    assert ["chong", "qing"] in spellings("重庆")
    assert [way[0] for way in spellings("曾丽")] == ["ceng", "zeng"]
    assert spellings("") == []
