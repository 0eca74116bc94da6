"""Cells as they stand in a workbook, fetched through the reading child."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.excel.raw import CHUNK, open_raw
from crmdesk.progress import Progress


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["B2"], sheet["C2"], sheet["D2"] = "文字\n两行", 12.5, date(2026, 5, 1)
    sheet["B4"], sheet["C4"], sheet["D4"], sheet["E4"] = 13800138000, True, datetime(2026, 5, 1, 10, 30), "#N/A"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_every_row_comes_as_it_stands_filtered_ones_too(workbook):
    with open_raw(workbook, Progress()) as reading:
        assert [tuple(sheet) for sheet in reading.sheets] == [("表", False), ("藏", True)]
        rows = list(reading.rows(0, Progress()))
        assert list(reading.rows(1, Progress())) == []
    assert [row.number for row in rows] == [2, 4]
    assert rows[0].cells[:4] == ("", "文字\n两行", 12.5, "2026-05-01")
    assert rows[1].cells == ("", 13800138000.0, "TRUE", "2026-05-01 10:30:00", "#N/A")


def test_many_rows_come_in_chunks_and_a_head_alone(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    for number in range(CHUNK + 5):
        sheet.append([number])
    book.save(tmp_path / "b.xlsx")
    with open_raw(tmp_path / "b.xlsx", Progress()) as reading:
        assert len(list(reading.rows(0, Progress(), 3))) == 3
        assert [row.cells[0] for row in reading.rows(0, Progress())] == [float(n) for n in range(CHUNK + 5)]


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Refused):
        open_raw(tmp_path / "c.xlsx", Progress())
