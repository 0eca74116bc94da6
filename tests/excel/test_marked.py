"""A marked copy holds what the sheet held: values of their kind, no formulas, faults on yellow ground."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.excel.marked import MarkedSheet, write_marked

HEAD = ["名", "值"]


def write(path, rows, faults=(), **more):
    numbered = [(number, row) for number, row in enumerate(rows, 1)]
    sheet = MarkedSheet("表", numbered, more.pop("header_row", 1), 2, dict(faults), **more)
    count = write_marked(path, [sheet])
    return count, openpyxl.load_workbook(path).active


def test_values_keep_their_kind(tmp_path):
    rows = [
        HEAD,
        ["a", 1.0],
        ["b", 2.5],
        ["c", True],
        ["d", ("day", "2024-03-05")],
        ["e", ("moment", "2024-03-05T08:30:00")],
    ]
    _count, sheet = write(tmp_path / "m.xlsx", rows)
    values = [sheet.cell(row, 2).value for row in range(2, 7)]
    assert values == [1, 2.5, True, datetime(2024, 3, 5), datetime(2024, 3, 5, 8, 30)]
    assert sheet["B5"].value.date() == date(2024, 3, 5)


def test_long_numbers_are_shown_whole_and_texts_of_digits_stay_text(tmp_path):
    _count, sheet = write(tmp_path / "m.xlsx", [HEAD, ["a", 3.2e14], ["b", "075912345678"]])
    assert (sheet["B2"].value, sheet["B2"].number_format) == (320_000_000_000_000, "0")
    assert (sheet["B3"].value, sheet["B3"].number_format) == ("075912345678", "@")


def test_faults_stand_in_the_cell_beside_it_and_in_a_comment(tmp_path):
    faults = {2: {1: "坏了", -1: "整行"}, 3: {0: "空的"}}
    count, sheet = write(tmp_path / "m.xlsx", [HEAD, ["a", "x"], ["", "y"]], faults, note_header="看一眼")
    assert count == 3
    assert sheet["C1"].value == "✎ crmdesk 看一眼"
    assert sheet["C2"].value == "整行\nB: 坏了"
    assert sheet["B2"].comment.text == "坏了"
    assert {cell.coordinate for row in sheet["A1:B3"] for cell in row if cell.fill.fill_type} == {"B2", "A3"}


def test_rows_stay_where_they_were(tmp_path):
    sheet = MarkedSheet("表", [(2, HEAD), (5, ["a", 1.0])], 2, 2, {5: {1: "坏了"}}, merges=[(0, 0, 0, 1)])
    write_marked(tmp_path / "m.xlsx", [sheet])
    written = openpyxl.load_workbook(tmp_path / "m.xlsx").active
    assert (written["A2"].value, written["A5"].value) == ("名", "a")
    assert [str(one) for one in written.merged_cells.ranges] == ["A1:B1"]


def test_cards_get_a_header_of_their_own(tmp_path):
    _count, sheet = write(tmp_path / "m.xlsx", [["王姐", "12"]], {1: {1: "短了"}}, header_row=0, headers=HEAD)
    assert [cell.value for cell in sheet[1]][:2] == HEAD
    assert sheet["B2"].comment is not None


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_no_text_becomes_a_formula(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("marked") / "m.xlsx"
    risky = [*texts, "=1+1", "+cmd", "@sum(A1)", "-2+3", "#N/A", "\t=1"]
    _count, sheet = write(path, [HEAD, *([text, text] for text in risky)], {2: {0: "坏了"}})
    assert {cell.data_type for row in sheet.iter_rows() for cell in row}.isdisjoint({"f", "e"})
