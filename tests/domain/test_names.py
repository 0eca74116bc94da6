"""Names of customers and people."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crmdesk.domain.names import is_organisation, read_name, salutation_of, split_people
from crmdesk.domain.text import says_nothing
from crmdesk.excel.reference_data import surnames


def name(written):
    read = read_name(written)
    assert read.value is not None
    return read.value


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("张 三", "张三"),
        (" 张三　", "张三"),
        ("ＡＢＣ有限公司", "ABC有限公司"),
        ("（杭州）ＡＢＣ有限公司", "（杭州）ABC有限公司"),
        ("上海（中国）有限公司", "上海（中国）有限公司"),
        ("好大家（一中店）", "好大家（一中店）"),
        ("/White", "White"),
        ("...Potter", "Potter"),
        ("Flenderson_", "Flenderson"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Acme Co., Ltd.", "Acme Co., Ltd."),
        ("张三.", "张三"),
        ("O'Neil  & Sons", "O'Neil & Sons"),
    ],
)
def test_a_name_loses_blanks_and_signs_but_not_its_brackets(written, clean):
    assert name(written).name == clean


def test_what_stands_behind_a_name_becomes_tags_and_notes():
    assert name("张三(老客户)").tags == ("老客户",)
    assert name("绿源超市（已倒闭）").tags == ("已倒闭",)
    assert name("★张三").tags == ("★",)
    assert (name("老王(修车)").name, name("老王(修车)").notes) == ("老王", "修车")


def test_a_mobile_beside_a_name_is_kept_apart():
    for written in ("王总13800138000", "王总 138 0013 8000", "王总（13800138000）"):
        assert (name(written).name, name(written).phone) == ("王总", "13800138000")


def test_a_form_of_address_alone_is_no_name():
    read = read_name("先生")
    assert read.code == "name_only_address"
    assert read.value is not None
    assert (read.value.name, read.value.salutation) == ("", "先生")
    assert name("王姐").salutation == "王姐"
    assert salutation_of("李老师") == "李老师"
    assert salutation_of("丰盛邻居") == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("张三/李四", "name_two"),
        ("张三 李四", "name_two"),
        ("13800138000", "name_only_digits"),
        ("#REF!", "cell_error"),
        ("、。", "name_unreadable"),
    ],
)
def test_doubtful_names_are_flagged(written, code):
    assert read_name(written).code == code


def test_people_in_one_cell_can_be_parted():
    assert split_people("张三、李四") == ["张三", "李四"]
    assert split_people("张三") == ["张三"]


def test_people_and_organisations_are_told_apart():
    assert surnames().is_person("欧阳修")
    assert surnames().is_person("王姐")
    assert not surnames().is_person("悦佳生活超市")
    assert is_organisation("成都福乐淘电子商务有限公司")


@pytest.mark.parametrize("masked", ["李*", "李**", "张*伟", "t**", "tb***12", "欧阳*修"])
def test_a_name_that_hides_a_part_stays_as_it_is_and_is_told(masked):
    read = read_name(masked)
    assert (read.value.name, read.code) == (masked, "name_masked")


@pytest.mark.parametrize("marked", ["王姐*", "王姐超市**", "*王姐"])
def test_a_star_beside_a_whole_name_is_a_mark(marked):
    read = read_name(marked)
    assert (set(read.value.name) & {"*"}, len(read.value.tags), read.code) == (set(), 1, "")


@given(st.one_of(st.text(max_size=30), st.floats(), st.none()))
def test_reading_never_fails(value):
    read_name(value)


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=3),
    st.sampled_from([" {}", "{}　", "{}(老客户)", "{}★"]),
)
def test_a_plain_name_comes_back(plain_name, form):
    assume(not says_nothing(plain_name))
    read = read_name(form.format(plain_name))
    assert read.value is not None
    assert read.value.name == plain_name or read.code
