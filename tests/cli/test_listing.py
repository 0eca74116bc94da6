"""`crmdesk list customers` asks what the window's list asks."""

from __future__ import annotations

import pytest

from crmdesk.cli.listing import query_of
from crmdesk.cli.parser import build_parser
from crmdesk.domain.query import QUESTIONS, CustomerQuery


@pytest.fixture
def filled(shell, workbook):
    assert shell("import", workbook, "--yes") == 0
    return shell


def names(shell, *arguments) -> list[str]:
    return [row["name"] for row in shell.json("list", "customers", *arguments)]


def test_every_question_and_choice_of_the_window_is_an_option():
    flags = [f"--{name.replace('_', '-')}" for name in QUESTIONS]
    chosen = ["--expected", "90", "--staying", "unlikely", "--blocked", "new", "--confidence", "few", "--tag", "熟客"]
    rest = ["--source", "展会", "--intent", "high", "--tier", "B", "--stage", "lost", "--region", "江苏徐州"]
    line = ["list", "customers", "--file", "a", "--sort", "order_total:down", *flags, *chosen, *rest]
    assert query_of(build_parser().parse_args(line)) == CustomerQuery(
        tiers=("B",),
        stages=("lost",),
        regions=(("江苏省", "徐州市", ""),),
        intents=("high",),
        sources=("展会",),
        tags=("熟客",),
        confidences=("few",),
        expected=("90",),
        staying=("unlikely",),
        blocked=("new",),
        sort=(("order_total", True),),
        **dict.fromkeys(QUESTIONS, True),
    )


def test_a_list_is_narrowed_and_sorted(filled):
    assert names(filled, "--no-contact", "--sort", "order_total:down") == ["王姐超市", "老李粮油", "小赵便利店"]
    assert names(filled, "--region", "徐州鼓楼") == ["王姐超市"]
    assert names(filled, "--intent", "high") == ["王姐超市"]


def test_figures_of_the_list_are_printed_where_they_are_asked_for(filled):
    first, *_ = filled.json(
        "list", "customers", "--column", "rhythm_days", "--column", "order_total", "--search", "王姐"
    )
    assert first["rhythm_days"] > 0
    assert first["order_total"] == "4320"


def test_an_unknown_column_is_refused_with_those_there_are(filled):
    assert filled("list", "customers", "--column", "moon") == 1
    assert "「moon」" in filled.err
    assert "order_total" in filled.err


def test_where_nobody_fits_a_sentence_says_so(filled):
    assert filled("list", "customers", "--rising") == 0
    assert filled.out == "眼下没有涨起来却没人管的客户\n"
    assert filled("list", "customers", "--rising", "--quiet") == 0
    assert filled.out == "没有符合筛选的客户\n"


def test_other_lists_are_narrowed_by_the_same_filters(filled):
    assert {row["customer_name"] for row in filled.json("list", "orders", "--intent", "high")} == {"王姐超市"}


def test_the_levels_of_other_rules_are_printed_beside(filled):
    rows = filled.json("list", "customers", "--scheme", "retail", "--scheme", "rfm")
    levels = {row["name"]: row["schemes"] for row in rows}
    assert levels["小赵便利店"] == {"retail": None, "rfm": None}
    assert None not in levels["王姐超市"].values()
    assert filled("list", "customers", "--scheme", "moon") == 1
    assert "「moon」" in filled.err
