"""From codes to sentences."""

from __future__ import annotations

import string

import pytest

from crmdesk.domain.phrase import Phrase
from crmdesk.i18n import _, language
from crmdesk.words.phrases import TABLES, one_thing, say, say_done, shown


def test_a_phrase_is_said_in_either_language():
    deleted = Phrase("delete_customer", {"name": "王姐超市"})
    assert say(deleted) == "删除 王姐超市"
    assert say_done(deleted) == "已删除 王姐超市"
    with language("en"):
        assert say_done(deleted) == "Done: delete 王姐超市"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("total_money", 246_000_000, "¥24,600"),
        ("money", None, "—"),
        ("due_on", "2026-11-22", "2026-11-22"),
        ("top_share", 0.8, "80%"),
        ("new_tier", "A", "A"),
        ("new_stage", "lost", "流失"),
        ("count", 3, "3"),
        ("name", None, "—"),
    ],
)
def test_the_ending_of_a_name_says_how_its_value_is_shown(name, value, told):
    assert shown(name, value) == told


def test_braces_in_a_users_name_stay_what_they_are():
    assert say(Phrase("delete_customer", {"name": "{count} {}"})) == "删除 {count} {}"


def test_an_unknown_code_or_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        say(Phrase("no_such_code"))
    with pytest.raises(KeyError):
        say(Phrase("delete_customer"))


def test_no_code_means_two_sentences():
    codes = [code for table in TABLES for code in table]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_translations_keep_the_placeholders():
    def fields(text):
        return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None}

    wrong = [code for table in TABLES for code, text in table.items() if fields(_(text)) - fields(text)]
    assert wrong == []


def test_one_thing_is_told_in_the_singular():
    assert one_thing("Due 1 days ago, after 21 days") == "Due 1 day ago, after 21 days"
