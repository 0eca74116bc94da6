"""The workbook for editing, out of and into plain values."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.excel.raw import open_raw
from crmdesk.excel.round_trip import EditColumn, EditRow, EditWords, write_for_editing
from crmdesk.excel.round_trip_sheet import is_for_editing, read_edited
from crmdesk.progress import Progress

WORDS = EditWords("客户", "只看", "从列表里选", "不行")
COLUMNS = (
    EditColumn("tier", "等级(只看)", editable=False),
    EditColumn("name", "客户"),
    EditColumn("intent", "意向", choices=("高", "中", "低"), strict=True),
    EditColumn("birthday", "生日", "date"),
)
ROWS = (
    EditRow(11, ("A", "王姐", "高", date(1985, 8, 15)), ("王姐", "高", "1985-08-15")),
    EditRow(12, (None, "=1+1", "", None), ("=1+1", "", "")),
)


@pytest.fixture
def path(tmp_path):
    assert write_for_editing(tmp_path / "a.xlsx", COLUMNS, ROWS, WORDS, "zh") == 2
    return tmp_path / "a.xlsx"


def edited(path):
    with open_raw(path, Progress()) as reading:
        assert is_for_editing(reading, Progress())
        return read_edited(reading, Progress())


def test_it_comes_back_with_what_was_exported(path):
    book = edited(path)
    assert book.language == "zh"
    assert book.keys == {"客户": "name", "意向": "intent", "生日": "birthday"}
    assert book.exported == {
        11: {"name": "王姐", "intent": "高", "birthday": "1985-08-15"},
        12: {"name": "=1+1", "intent": "", "birthday": ""},
    }
    assert [(row.row, row.id, row.cells["客户"], row.cells["生日"]) for row in book.rows] == [
        (2, 11, "王姐", "1985-08-15"),
        (3, 12, "=1+1", ""),
    ]
    assert book.letters["意向"] == "D"
    assert (book.added, book.missing) == ((), ())


def test_lists_are_offered_grey_columns_refuse_and_nothing_is_a_formula(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert (rules["list"].errorTitle, rules["list"].error) == ("不行", "从列表里选")
    assert str(rules["custom"].sqref).startswith("B2:B")
    assert sheet["B2"].fill.fgColor.rgb.endswith("EEF1F2")
    assert sheet["C3"].data_type == "s"
    assert sheet.column_dimensions["C"].number_format == "@"  # a phone in a new row stays text


def test_a_row_emptied_is_gone_and_a_new_column_is_named(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for column in "CDE":
        sheet[f"{column}3"] = None
    sheet["F1"], sheet["F2"], sheet["G1"] = "送货 日", "周三", "空列"
    book.save(path)
    found = edited(path)
    assert [row.id for row in found.rows] == [11]
    assert found.added == ("送货 日",)


def test_without_its_header_the_table_is_refused(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(1)
    book.save(path)
    with pytest.raises(Refused, match="round_trip_no_table"):
        edited(path)


def test_a_workbook_that_says_so_only_by_the_name_of_a_sheet_is_none(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "crmdesk"
    book.active["A1"] = "something else"
    book.save(tmp_path / "b.xlsx")
    with open_raw(tmp_path / "b.xlsx", Progress()) as reading:
        assert not is_for_editing(reading, Progress())
        with pytest.raises(Refused, match="not_for_editing"):
            read_edited(reading, Progress())
