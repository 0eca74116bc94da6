"""One rule for a whole column: offered where it matters, asked where nobody can tell."""

from __future__ import annotations

import pytest

from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Issue
from crmdesk.excel.column import Column
from crmdesk.gui.dialogs.import_cells import kind_words
from crmdesk.gui.dialogs.import_columns import is_unsure
from crmdesk.gui.dialogs.import_rules import rule_of, with_rule


def column(field=Field.ORDER_AMOUNT, **options):
    return Column(2, "C", "金额", field, 0.97, options)


def test_a_column_without_options_has_no_rule():
    assert rule_of(column(), 2026) is None
    assert rule_of(column(Field.CONTACT_NAME, slot=1), 2026) is None


@pytest.mark.parametrize(
    ("options", "key", "chosen"),
    [
        ({"unit": 10_000}, "unit", 1),
        ({"day_first": True}, "day_first", 0),
        ({"day_first": False}, "day_first", 1),
        ({"discount": "rate_off"}, "discount", 2),
        ({"calendar": "lunar"}, "calendar", 1),
        ({"ask": "unit"}, "unit", None),
        ({"ask": "day_first"}, "day_first", None),
        ({"ask": "discount", "discount": "amount"}, "discount", None),
    ],
)
def test_the_rule_that_holds_is_chosen_and_the_asked_one_is_open(options, key, chosen):
    rule = rule_of(column(**options), 2026)
    assert (rule.key, rule.chosen) == (key, chosen)


def test_a_year_left_out_offers_this_year_and_those_before():
    rule = rule_of(column(Field.INTERACTION_ON, ask="year"), 2026)
    assert [value for value, _text in rule.choices] == [2026, 2025, 2024, 2023]
    assert rule_of(column(Field.INTERACTION_ON, year=2019), 2026).choices[-1][0] == 2019


def test_an_odd_unit_stays_to_be_chosen():
    assert [value for value, _text in rule_of(column(unit=1_000), 2026).choices] == [1, 10_000, 1_000]


def test_the_users_word_ends_the_question():
    told = with_rule(column(ask="unit"), "unit", 10_000)
    assert dict(told.options) == {"unit": 10_000}
    assert told.confidence == 1
    assert not is_unsure(told)
    assert dict(with_rule(column(unit=10_000), "unit", 1).options) == {}


def test_a_guess_or_a_question_is_unsure_an_own_column_is_not():
    assert is_unsure(column(ask="unit"))
    assert is_unsure(Column(0, "A", "", Field.ADDRESS, 0.58))
    assert not is_unsure(Column(0, "A", "颜色", Field.EXTRA, 0.0))


def test_the_sentence_of_a_kind_leaves_out_what_differs():
    alike = [Issue(2, "C", "不知道", "date_unreadable"), Issue(3, "C", "没说", "date_unreadable")]
    assert "…" in kind_words(alike)
    assert "不知道" not in kind_words(alike)
    assert "不知道" in kind_words(alike[:1])
