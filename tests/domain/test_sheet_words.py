"""The words of sheets for intent, kind, ways of contact and tiers."""

from __future__ import annotations

import pytest

from crmdesk.domain.sheet_words import interaction_kind, looks_like_tier, read_intent, read_kind


@pytest.mark.parametrize(
    ("written", "intent"),
    [
        ("高", "high"),
        ("强", "high"),
        ("★★★", "high"),
        ("中", "medium"),
        ("★★☆", "medium"),
        ("弱", "low"),
        ("★", "low"),
        ("意向强", "high"),
        ("Hot", "high"),
    ],
)
def test_intents(written, intent):
    assert read_intent(written) == (intent, "", {})


def test_stars_are_weighed_against_the_most_that_the_column_gives():
    assert read_intent("★★★", stars=5).value == "medium"


def test_unknown_words_are_flagged():
    assert read_intent("看心情").code == "intent_unknown"
    assert read_kind("猫").code == "kind_unknown"


def test_kinds_of_customers():
    assert read_kind("企业客户").value == "company"
    assert read_kind("个体户").value == "person"


def test_ways_of_contact():
    assert [interaction_kind(way) for way in ("微信", "上门拜访", "电话", "邮件", "面谈", "其他")] == [
        "wechat",
        "visit",
        "call",
        "mail",
        "meeting",
        "note",
    ]


@pytest.mark.parametrize("word", ["A", "Ａ类", "★★★", "VIP", "重要客户", "战略", "高", "1", "三级", "金卡"])
def test_usual_words_for_tiers(word):
    assert looks_like_tier(word)


@pytest.mark.parametrize("word", ["批发", "张三", "2024-01-01", "杭州"])
def test_words_that_are_no_tiers(word):
    assert not looks_like_tier(word)
