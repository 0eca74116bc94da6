"""A workbook out: text stays text, numbers stay numbers, and a file stands there whole or not at all."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.money import MONEY_UNIT, QUANTITY_UNIT
from crmdesk.excel.writer import LONGEST_TEXT, Book, SheetColumn, clean_text, sheet_name

COLUMNS = (
    SheetColumn("客户"),
    SheetColumn("累计", "money"),
    SheetColumn("最近", "date"),
    SheetColumn("数量", "quantity"),
)
DANGEROUS = ["=1+1", "+86 138", "-5", "@SUM(A1)", "＝1+1", "=cmd|' /C calc'!A0"]


def written(path, rows, columns=COLUMNS):
    with Book(path) as book:
        book.add_table("客户", columns, rows)
    return openpyxl.load_workbook(path).active


def test_values_come_back_as_what_they_are(tmp_path):
    row = ("王姐超市", 2_400 * MONEY_UNIT, date(2026, 9, 2), 2_500 * QUANTITY_UNIT // 1_000)
    sheet = written(tmp_path / "a.xlsx", [row])
    assert sheet["A2"].value == "王姐超市"
    assert (sheet["B2"].value, sheet["B2"].number_format) == (2400, "#,##0.00")
    assert sheet["C2"].value.date() == date(2026, 9, 2)
    assert sheet["D2"].value == 2.5


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(tmp_path, text):
    cell = written(tmp_path / "a.xlsx", [(text, None, None, None)])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_the_head_is_frozen_and_filtered(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [("a", 1, None, None), ("b", 2, None, None)])
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"


def test_a_phone_stays_text(tmp_path):
    cell = written(tmp_path / "a.xlsx", [("13800138000", None, None, None)])["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_a_failure_leaves_neither_a_file_nor_a_part(tmp_path):
    def rows():
        yield ("a", 1, None, None)
        raise RuntimeError("the disk went away")

    with pytest.raises(RuntimeError), Book(tmp_path / "a.xlsx") as book:
        book.add_table("客户", COLUMNS, rows())
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path):
    written(tmp_path / "a.xlsx", [("old", 1, None, None)])
    with pytest.raises(ZeroDivisionError), Book(tmp_path / "a.xlsx") as book:
        book.add_table("客户", COLUMNS, [(1 / 0, None, None, None)])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value == "old"


def test_sheet_names_are_made_acceptable():
    assert sheet_name("A/B 级:重点*", []) == "A B 级 重点"
    assert sheet_name("A", ["a"]) == "A 2"
    assert len(sheet_name("很" * 50, ["很" * 31])) == 31
    assert sheet_name("///", []) == "Sheet"


@given(st.text())
def test_cleaned_text_is_always_writable(text):
    cleaned = clean_text(text)
    assert len(cleaned) <= LONGEST_TEXT
    assert not any(ord(char) < 32 and char not in "\t\n\r" for char in cleaned)
