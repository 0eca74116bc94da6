"""Two things in a cell become two columns, each read by its own reader."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.fields import Field
from crmdesk.excel.cells import ReadContext, row_reader
from crmdesk.excel.column import Column
from crmdesk.excel.split import SEPARATORS, pieces, separators_in
from crmdesk.excel.split_columns import split_columns, whole_column

TODAY = date(2026, 11, 22)
CELLS = ["张三/13800138000", "李四／13900139000", "王五"]


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("张三/138", "/", ("张三", "138")),
        ("张三／138", "/", ("张三", "138")),
        ("张三", "/", ("张三", "")),
        ("老王（修车）", "(", ("老王", "修车")),
        ("王姐  138", " ", ("王姐", "138")),
        ("王姐\n138 139", " ", ("王姐", "138 139")),
        ("a，b，c", ",", ("a", "b，c")),
        ("", "/", ("", "")),
    ],
)
def test_a_text_is_parted_at_the_first_separator(text, sign, expected):
    assert pieces(text, sign) == expected


def test_only_separators_that_most_cells_hold_are_offered():
    assert separators_in(CELLS) == ("/",)
    assert separators_in(["张三", "李四"]) == ()
    assert separators_in([]) == ()


@given(st.text(max_size=40), st.sampled_from(SEPARATORS))
def test_nothing_of_a_cell_is_lost_but_the_separator_and_blanks(text, sign):
    whole = "".join(pieces(text, sign))
    assert sorted(c for c in whole if c.isalnum()) == sorted(c for c in text if c.isalnum())


def column(**options):
    return Column(0, "A", "联系人", Field.NAME, 0.9, options, tuple((cell, cell) for cell in CELLS))


def test_the_second_piece_is_understood_by_what_it_holds():
    first, second = split_columns([column()], 0, "/", CELLS, TODAY)
    assert (first.field, second.field, second.header) == (Field.NAME, Field.PHONE, "联系人 (2)")
    read = row_reader([first, second], ReadContext(TODAY))
    row = read(1, [CELLS[0]])
    assert (row.values["name"], row.values["points"]) == ("张三", [("phone", "13800138000", "")])
    assert "points" not in read(2, [CELLS[2]]).values


def test_a_number_that_is_not_parted_stays_a_number():
    columns = split_columns([Column(0, "A", "金额", Field.ORDER_AMOUNT, 0.9)], 0, "/", ["12/现金"], TODAY)
    read = row_reader(columns, ReadContext(TODAY))
    assert read(1, [12.5]).values["order_amount"] == 125_000
    assert read(2, ["12/现金"]).values["order_amount"] == 120_000


def test_a_split_is_taken_back():
    halves = split_columns([column(), Column(1, "B", "备注", Field.NOTES, 0.9)], 0, "/", CELLS, TODAY)
    for place in (0, 1):
        whole = whole_column(halves, place)
        assert [(one.header, dict(one.options)) for one in whole] == [("联系人", {}), ("备注", {})]
