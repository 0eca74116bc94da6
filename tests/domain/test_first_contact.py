"""What the first talk told is found wherever the list keeps it."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.first_contact import ANSWERS, AnswerColumns, money_a_year
from crmdesk.i18n import language
from crmdesk.operations.first_contact import answer_columns
from crmdesk.words.labels import label

COLUMNS = AnswerColumns({"needs": ["需求", "Needs"], "budget": ["预算"]})
USED = {"needs": "需求", "budget": "预算"}


def test_answers_stand_in_the_users_own_columns():
    assert COLUMNS.answers({" ＮＥＥＤＳ": " 大米 ", "预算": "", "钉钉": "x"}) == {"needs": "大米"}


def test_answers_that_an_import_put_into_the_notes_are_found():
    assert COLUMNS.answers({}, "爱喝茶\n需求：每周两箱\n预算: 3万") == {"needs": "每周两箱", "budget": "3万"}


def test_a_column_goes_before_a_note():
    assert COLUMNS.answers({"需求": "油"}, "需求：米") == {"needs": "油"}


def test_an_answer_is_written_where_it_was():
    assert COLUMNS.written({"Needs": "rice", "钉钉": "x"}, {"needs": "oil"}, USED) == {"Needs": "oil", "钉钉": "x"}
    assert COLUMNS.written({"钉钉": "x"}, {"needs": "油 "}, USED) == {"需求": "油", "钉钉": "x"}
    assert COLUMNS.written({"需求": "油"}, {"needs": ""}, USED) == {}


def test_industry_and_source_are_facts_of_their_own():
    told = COLUMNS.of(Customer(name="王", industry="餐饮", source="扫街", extra={"预算": "3万"}))
    assert (told.industry, told.source, told.answers) == ("餐饮", "扫街", {"budget": "3万"})


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_what_crmdesk_writes_it_knows_again(spoken):
    with language(spoken):
        assert [answer_columns().code(label("answer", code)) for code in ANSWERS] == list(ANSWERS)


def test_no_header_means_two_answers():
    headers = [header.lower() for spellings in answer_columns().headers.values() for header in spellings]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize(
    ("budget", "yuan"),
    [
        ("3万", 30_000),
        ("每月 3000", 36_000),
        ("3000/月", 36_000),
        ("500 a week", 26_000),
        ("一年10万", 100_000),
        ("大概两万", 20_000),
        ("没说", None),
        ("", None),
    ],
)
def test_a_budget_is_money_a_year(budget, yuan):
    assert money_a_year(budget) == (None if yuan is None else yuan * 10_000)
