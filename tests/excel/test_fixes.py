"""The user's word on single cells and rows: it is read by the same reader, and can be taken back."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.excel.cells import ReadContext, ReadRow, _RowReader
from crmdesk.excel.draft import CHUNK, open_reading
from crmdesk.excel.fixes import Fixes
from crmdesk.excel.grid import SheetSource, grid_of
from crmdesk.excel.protocol import unpacked
from crmdesk.excel.sheet import Sheet
from crmdesk.progress import Progress

ROWS = [
    ["客户表"],
    ["客户名称", "电话", "成交日期", "备注"],
    ["王姐超市", "13800138000", "2024-2-30", ""],
    ["李总", "12", "2024-03-05", ""],
    ["合计商行", "13900139000", "2024-03-06", "老客户"],
    ["赵哥", "13700137000", "同上", "靠谱"],
    ["合计", "3", "", ""],
]


@pytest.fixture
def reading(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "客户.xlsx")
    with open_reading(tmp_path / "客户.xlsx", Progress()) as opened:
        yield opened


def read(reading):
    return {row.row: row for chunk in reading.rows(0, Progress()) for row in chunk}


def test_a_fixed_cell_is_read_like_any_other(reading):
    assert {issue[1] for issue in read(reading)[3].issues} == {"C"}
    reading.fix(0, Fixes({3: {2: "2024年3月1日"}}))
    assert read(reading)[3].values["first_order_on"] == "2024-03-01"
    assert not read(reading)[3].issues


def test_a_cell_that_is_still_wrong_is_flagged_with_what_was_typed(reading):
    reading.fix(0, Fixes({4: {1: "138"}}))
    assert [issue[2] for issue in read(reading)[4].issues] == ["138"]


def test_what_says_the_same_as_above_takes_the_fixed_cell(reading):
    before = read(reading)[6].values["first_order_on"]
    reading.fix(0, Fixes({5: {2: "2024-03-09"}}))
    assert (before, read(reading)[6].values["first_order_on"]) == ("2024-03-06", "2024-03-09")


def test_a_row_is_left_out_and_taken_back(reading):
    draft = reading.fix(0, Fixes(left_out=(4,)))
    assert (draft.row_count, 4 in read(reading)) == (3, False)
    assert (4, "left_out_by_you") in [(one.row, one.reason) for one in draft.skipped]
    draft = reading.fix(0, Fixes())
    assert (draft.row_count, 4 in read(reading)) == (4, True)


def test_a_row_taken_for_a_total_comes_in_when_the_user_says_so(reading):
    draft = reading.fix(0, Fixes(taken=(7,)))
    assert draft.row_count == 5
    assert read(reading)[7].values["name"] == "合计"
    assert 7 not in read_after(reading, Fixes())


def read_after(reading, fixes):
    reading.fix(0, fixes)
    return read(reading)


def test_fixes_stay_when_a_column_is_corrected_and_when_the_header_moves(reading):
    reading.fix(0, Fixes({4: {1: "13800138001"}}, (5,)))
    reading.reread(0, reading.sheets[0].columns)
    assert list(read(reading)) == [3, 4, 6]
    reading.reread(0, [], header_row=2)
    assert list(read(reading)) == [3, 4, 6]
    assert read(reading)[4].values["points"] == [("phone", "13800138001", "")]


def test_titles_and_headers_are_never_taken_as_rows(reading):
    assert reading.fix(0, Fixes(taken=(1, 2))).row_count == 4


def test_the_cells_are_handed_out_as_they_stand_there(reading):
    reading.fix(0, Fixes({3: {2: "2024-03-01"}}))
    rows, merges = reading.raw(0, 0, 3)
    assert [number for number, _cells in rows] == [1, 2, 3]
    assert rows[2][1] == ["王姐超市", "13800138000", "2024-2-30", ""]
    assert merges == [(0, 0, 0, 3)]
    assert reading.raw(0, 6, 10) == ([(7, ["合计", "3", "", ""])], [])


CELLS = ["", "同上", "〃", "13800138000", "12", "2024-03-05", "2024-2-30", "王姐", "备注", "合计"]


@st.composite
def ditto_sheets(draw):
    cell = st.sampled_from(CELLS)
    count = draw(st.integers(3, 9))
    rows = [[f"客户{number}", draw(cell), draw(cell), draw(cell)] for number in range(count)]
    return rows, [draw(words(count + 2)) for _ in range(3)]


def words(last):
    """Fixes: a few cells of rows, a row left out, a row taken."""
    row = st.integers(1, last)
    cells = st.dictionaries(row, st.dictionaries(st.integers(0, 3), st.sampled_from(CELLS), max_size=2), max_size=2)
    few = st.lists(row, max_size=1).map(tuple)
    return st.builds(Fixes, cells, few, few)


@given(ditto_sheets())
@settings(max_examples=150, deadline=None)
def test_reading_only_what_a_fix_touches_gives_what_reading_all_anew_gives(made):
    rows, said = made
    sheet, anew = (laid_out(rows) for _ in range(2))
    all_rows(sheet)
    for fixes in said:
        sheet.fix(fixes)
        anew.fix(fixes)
        anew.correct(sheet._columns)
        assert all_rows(sheet) == all_rows(anew)
        assert sheet.draft().row_count == anew.draft().row_count == len(all_rows(sheet))


def laid_out(rows):
    head = ["客户名称", "电话", "成交日期", "备注"]
    source = SheetSource("客户", hidden=False, load=lambda: grid_of("客户", [head, *rows]))
    sheet = Sheet(0, "客户.xlsx", source, ReadContext(date(2026, 11, 22)))
    sheet.parse()
    return sheet


def all_rows(sheet):
    found, last, chunk = [], not sheet.draft().row_count, 0
    while not last:
        content, last = sheet.chunk(chunk)
        found += unpacked(content)
        chunk += 1
    return found


def test_a_fix_reads_the_touched_rows_and_those_that_say_the_same_as_above(monkeypatch):
    rows = [["甲店", "13800138000", "2024-03-05", ""], ["乙店", "同上", "2024-03-06", ""], ["丙店", "12", "", ""]]
    sheet = laid_out(rows * 2)
    all_rows(sheet)
    sheet.draft()
    read = []
    monkeypatch.setattr(_RowReader, "read", lambda self, row, cells: read.append(row) or ReadRow(row, {}, {}, []))
    sheet.fix(Fixes({2: {1: "13900139000"}}))
    sheet.draft()
    assert read == [2, 3]


def test_leaving_out_a_row_of_a_full_chunk_loses_no_other_row(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["客户名称", "电话"])
    for number in range(CHUNK + 1):
        page.append([f"客户{number}店", f"138{number:08}"])
    book.save(tmp_path / "多.xlsx")
    with open_reading(tmp_path / "多.xlsx", Progress()) as reading:
        assert len(read(reading)) == CHUNK + 1
        reading.fix(0, Fixes(left_out=(5,)))
        assert len(read(reading)) == CHUNK
        assert CHUNK + 2 in read(reading)
