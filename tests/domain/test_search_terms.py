"""What a customer is found by."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain import search_terms
from crmdesk.domain.search_terms import folded, question, tokens

SHOP = {
    "names": ["丰盛邻居 超市", "曾丽"],
    "phones": ["13800138013", "0571-88881234"],
    "words": ["KH-0012", "li.zeng@mail.com", "wxid_88"],
    "texts": ["隔壁开了新店,要 2024 版发票", "广东湛江", "好"],
}


def found_by(text, **parts) -> bool:
    """Ask a real index, made the way the file makes it."""
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none,"
        " tokenize=\"unicode61 remove_diacritics 0 tokenchars '#@'\")"
    )
    index.execute("INSERT INTO search (rowid, words) VALUES (1, ?)", (tokens(**parts),))
    asked = question(text)
    found = index.execute("SELECT 1 FROM search WHERE search MATCH ?", (asked,)).fetchone() if asked else None
    index.close()
    return found is not None


@pytest.mark.parametrize(
    "text",
    [
        *("丰", "丰盛", "盛邻居", "超市", "邻居超市", "豐盛鄰居", "丰盛 超市"),
        *("f", "fs", "fslj", "ljcs", "fengsheng", "fengsh", "linju", "feng sheng", "zl", "cl", "zengli", "cengli"),
        *("8013", "38013", "1380013", "138 0013 8013", "138-0013-8013", "+86 13800138013", "１３８００１３"),
        *("88881234", "1234", "0571-8888", "057188881234", "(0571) 8888"),
        *("kh", "kh-0012", "KH0012", "0012", "kh-00", "li.zeng@mail.com", "mail", "wxid_88"),
        *("隔壁", "新店", "开了新店", "2024", "发票", "湛江", "广东湛江", "好", "丰盛 8013", "新店 zl"),
    ],
)
def test_the_shop_is_found(text):
    assert found_by(text, **SHOP)


@pytest.mark.parametrize(
    "text",
    ["王", "张三", "zs", "9999", "13800138014", "8012", "kh13", "新区", "隔壁 8014", "0138", "fsx", "好的", "qq", "！"],
)
def test_another_shop_is_not(text):
    assert not found_by(text, **SHOP)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_question_the_index_understands(text):
    found_by(text, **SHOP)


names = st.text(st.characters(codec="gb2312", categories=("Lo", "Nd", "Ll", "Lu")), min_size=1, max_size=12)


@given(names, st.data())
def test_a_name_is_found_by_any_two_or_more_of_its_neighbours(name, data):
    start = data.draw(st.integers(0, max(0, len(name) - 2)))
    end = data.draw(st.integers(start + 2, max(start + 2, len(name))))
    part = name[start:end]
    if all("\u4e00" <= char <= "\u9fff" for char in part):
        assert found_by(part, names=[name])
    assert found_by(name, names=[name])


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(3, 11), st.integers(4, 8))
def test_a_phone_is_found_by_its_head_and_its_tail(phone, head, tail):
    assert found_by(phone[:head], names=(), phones=[phone])
    assert found_by(phone[-tail:], names=(), phones=[phone])


@settings(deadline=None)  # the first rare character loads the large dictionary
@given(st.text(max_size=60))
def test_tokens_survive_the_index_as_they_are(text):
    kept = tokens([text], [text], [text], [text], [text]).split(" ")
    assert kept == [""] or all(token == "".join(token.split()) and token for token in kept)


@given(names)
def test_a_name_is_spelled_alike_in_the_quick_way_and_in_the_general_one(name):
    quick, general = tokens([name]).split(), search_terms._tokens_of_any_name(folded(name)).split()
    assert set(quick) == set(general)


def test_a_name_that_may_be_read_in_many_ways_is_found_by_the_usual_ones():
    assert found_by("zhangzhangzhongzhong", names=["长长重重"])
    assert found_by("zhongchong", names=["长长重重"])


def test_width_case_and_script_do_not_count():
    assert folded("ＡＢ張１") == "ab张1"
