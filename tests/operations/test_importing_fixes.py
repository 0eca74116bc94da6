"""A cell typed right, a row left out, the problems as a marked workbook; the counts follow, the sheet stays."""

from __future__ import annotations

import hashlib

import openpyxl
import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, listing
from crmdesk.operations.importing import SheetFixes, correct_sheet, fix_sheets, import_preview, preview_sheets
from crmdesk.operations.importing_fixes import (
    as_before,
    cell_text,
    column_place,
    first_rows,
    with_cell,
    with_rows,
    without_rows,
)
from crmdesk.operations.importing_marked import save_problems

ROWS = [
    ["客户表 2026"],
    ["客户名称", "电话", "生日", "备注"],
    ["王姐超市", "13800138000", "1980-13-45", "=1+1"],
    ["李总", "12", "1990-05-06", ""],
    ["赵哥", "13700137000", "1991-05-06", "靠谱"],
    ["合计", "3", "", ""],
]


@pytest.fixture
def sheet(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["D3"].data_type = "s"
    book.active.merge_cells("A1:D1")
    path = tmp_path / "客户.xlsx"
    book.save(path)
    return path


@pytest.fixture
def preview(database, sheet):
    with preview_sheets(database, [sheet]) as opened:
        yield opened


def faults(preview):
    return {(issue.column, issue.row) for sheet in preview.sheets for issue in sheet.issues}


def test_letters_are_places():
    assert [column_place(letter) for letter in ("", "A", "Z", "AA", "AZ", "BA")] == [-1, 0, 25, 26, 51, 52]


def test_a_typed_cell_is_no_problem_any_more_and_is_what_comes_in(database, preview):
    assert faults(preview) == {("C", 3), ("B", 4)}
    fixes = with_cell(preview.fixes_of(0), 3, "C", "1980年12月5日")
    preview = fix_sheets(database, preview, {0: fixes})
    assert faults(preview) == {("B", 4)}
    import_preview(database, preview)
    [first] = rows_of(database, "王姐超市")
    assert first.birthday == "1980-12-05"


def rows_of(database, name):
    ids = listing.customer_ids(database, CustomerQuery(search=name))
    return [customers.get_customer(database, one) for one in ids]


def test_a_fix_is_taken_back(database, preview):
    fixes = with_cell(SheetFixes(), 3, "C", "1980-12-05")
    preview = fix_sheets(database, preview, {0: fixes})
    preview = fix_sheets(database, preview, {0: with_cell(fixes, 3, "C", None)})
    assert faults(preview) == {("C", 3), ("B", 4)}


def test_a_row_left_out_is_counted_as_skipped_and_can_come_back(database, preview):
    preview = fix_sheets(database, preview, {0: without_rows(SheetFixes(), [4])})
    assert (preview.created.customers, preview.sheets[0].counts.skipped) == (2, 3)
    assert (4, "left_out_by_you") in [(one.row, one.reason) for one in preview.sheets[0].skipped]
    preview = fix_sheets(database, preview, {0: as_before(preview.fixes_of(0), [4])})
    assert (preview.created.customers, preview.sheets[0].counts.skipped) == (3, 2)


def test_a_skipped_row_comes_in_when_the_user_says_so(database, preview):
    preview = fix_sheets(database, preview, {0: with_rows(SheetFixes(), [6])})
    assert preview.created.customers == 4


def test_every_row_is_known_by_what_becomes_of_it(database, preview):
    [result] = preview.sheets
    assert {outcome: list(rows) for outcome, rows in result.rows.items()} == {"new": [3, 4, 5]}


def test_the_sheet_can_be_asked_what_stands_in_it(preview):
    assert [cell_text(preview, 0, row, letter) for row, letter in ((3, "C"), (4, "B"), (99, "A"), (3, "Z"))] == [
        "1980-13-45",
        "12",
        "",
        "",
    ]
    assert first_rows(preview, 0, 2) == [(1, ["客户表 2026", "", "", ""]), (2, ROWS[1])]


def test_fixes_outlive_a_corrected_column(database, preview):
    preview = fix_sheets(database, preview, {0: with_cell(SheetFixes(), 3, "C", "1980-12-05")})
    preview = correct_sheet(database, preview, 0, preview.sheets[0].draft.columns)
    assert faults(preview) == {("B", 4)}


def test_the_marked_workbook_holds_the_sheet_with_its_faults_explained(database, preview, sheet, tmp_path):
    before = hashlib.sha256(sheet.read_bytes()).digest()
    to = tmp_path / "标好.xlsx"
    assert save_problems(preview, to) == 2
    marked = openpyxl.load_workbook(to).active
    values = [[cell.value for cell in row] for row in marked.iter_rows(max_col=4)]
    assert values == [[value or None for value in row] + [None] * (4 - len(row)) for row in ROWS]
    assert marked["D3"].data_type == "s"
    assert marked["C3"].fill.fgColor.rgb.endswith("FFE08A")
    assert marked["C4"].fill.fill_type is None
    assert "1980-13-45" in marked["C3"].comment.text
    assert marked["E2"].value.endswith("要你看一眼")
    assert marked["E3"].value.startswith("C: ")
    assert [str(one) for one in marked.merged_cells.ranges] == ["A1:D1"]
    assert hashlib.sha256(sheet.read_bytes()).digest() == before


def test_the_marked_workbook_comes_in_once_it_is_corrected(database, preview, tmp_path):
    to = tmp_path / "标好.xlsx"
    save_problems(preview, to)
    book = openpyxl.load_workbook(to)
    book.active["C3"] = "1980-12-05"
    book.active["B4"] = 13900139000
    book.save(to)
    with preview_sheets(database, [to]) as again:
        assert not faults(again)
        assert [c.header for c in again.sheets[0].draft.columns] == ROWS[1]
        assert again.sheets[0].counts == preview.sheets[0].counts
        import_preview(database, again)


def test_what_was_typed_stands_in_the_marked_workbook(database, preview, tmp_path):
    preview = fix_sheets(database, preview, {0: without_rows(with_cell(SheetFixes(), 3, "C", "1980-12-05"), [5])})
    save_problems(preview, tmp_path / "标好.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "标好.xlsx").active
    assert marked["C3"].value == "1980-12-05"
    assert marked["C3"].fill.fill_type is None
    assert marked["E5"].value == "这一行你说了不收。"


@pytest.mark.parametrize(("name", "code"), [("客户.xlsx", "problems_into_the_sheet"), ("x.csv", "problems_are_xlsx")])
def test_the_sheet_itself_is_never_written(preview, tmp_path, name, code):
    with pytest.raises(Refused) as refusal:
        save_problems(preview, tmp_path / name)
    assert refusal.value.phrase.code == code


def test_text_sheets_and_several_files_are_marked_too(database, tmp_path):
    (tmp_path / "一.csv").write_bytes("客户,电话\n王姐,12\n李哥,13900139000\n".encode("gbk"))
    (tmp_path / "二.csv").write_text("客户,电话\n赵哥,34\n@cmd,13900139001\n", encoding="utf-8")
    with preview_sheets(database, [tmp_path / "一.csv", tmp_path / "二.csv"]) as preview:
        assert save_problems(preview, tmp_path / "标好.xlsx") == 2
    book = openpyxl.load_workbook(tmp_path / "标好.xlsx")
    assert len(book.sheetnames) == 2
    assert [sheet["B2"].comment is not None for sheet in book] == [True, True]
    assert (book.worksheets[1]["A3"].value, book.worksheets[1]["A3"].data_type) == ("@cmd", "s")


def test_a_sheet_without_a_header_is_explained_by_comments(database, tmp_path):
    (tmp_path / "无头.csv").write_text("好邻居店,人民路1号,13900139000\n旺旺店,人民路2号,139001\n", encoding="utf-8")
    with preview_sheets(database, [tmp_path / "无头.csv"]) as preview:
        assert preview.sheets[0].draft.header_row == 0
        assert save_problems(preview, tmp_path / "标好.xlsx") >= 1
    marked = openpyxl.load_workbook(tmp_path / "标好.xlsx").active
    assert marked.max_column == 3
    assert marked["C2"].comment is not None
