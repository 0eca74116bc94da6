"""A workbook as the reading child holds it: parsed once, let go where memory runs short, read ahead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from crmdesk.domain.phrase import Refused
from crmdesk.excel import workbook as module
from crmdesk.excel.cells import ReadContext
from crmdesk.excel.draft import CHUNK, SheetDraft
from crmdesk.excel.gate import admit
from crmdesk.excel.protocol import unpacked
from crmdesk.excel.workbook import Workbook

TODAY = date(2026, 11, 22)


def opened(path: Path) -> Workbook:
    return Workbook(admit(path), "", ReadContext(TODAY), lambda done, total: None)


def drafts(workbook: Workbook) -> list[SheetDraft]:
    return workbook.drafts()


def write_months(path: Path, months: int, rows: int) -> Path:
    book = Book(write_only=True)
    for month in range(1, months + 1):
        sheet = book.create_sheet(f"{month}月")
        sheet.append(["客户名称", "手机号", "金额"])
        for number in range(rows):
            sheet.append([f"王姐{number}店", f"138{number:08d}", month * 100 + number])
    book.save(path)
    return path


def names(workbook: Workbook, index: int, chunk: int = 0) -> list[str]:
    rows, _ = workbook.rows(index, chunk)
    return [values["name"] for _, values, _, _ in unpacked(rows)]


def test_every_sheet_is_understood_and_read(tmp_path: Path) -> None:
    workbook = opened(write_months(tmp_path / "a.xlsx", 3, 5))
    assert [draft.name for draft in drafts(workbook)] == ["1月", "2月", "3月"]
    assert names(workbook, 2) == [f"王姐{number}店" for number in range(5)]


def test_sheets_let_go_for_want_of_room_are_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT_CELLS", 20)
    workbook = opened(write_months(tmp_path / "a.xlsx", 3, 5))
    for index in (0, 2, 1, 0):
        assert len(names(workbook, index)) == 5


def test_reading_ahead_stops_at_the_end_and_changes_nothing(tmp_path: Path) -> None:
    workbook = opened(write_months(tmp_path / "a.xlsx", 2, CHUNK + 3))
    steps = 0
    while workbook.read_ahead():
        steps += 1
    assert steps == 4
    assert len(names(workbook, 1, 0)) == CHUNK
    assert len(names(workbook, 1, 1)) == 3
    assert workbook.rows(1, 1)[1]


def test_a_chunk_asked_for_out_of_order(tmp_path: Path) -> None:
    workbook = opened(write_months(tmp_path / "a.xlsx", 1, 2 * CHUNK + 3))
    assert names(workbook, 0, 2) == [f"王姐{2 * CHUNK + number}店" for number in range(3)]
    assert names(workbook, 0, 1)[0] == f"王姐{CHUNK}店"


def test_a_correction_survives_being_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT_CELLS", 20)
    workbook = opened(write_months(tmp_path / "a.xlsx", 2, 5))
    workbook.reread(0, [], 0, False)
    names(workbook, 1)
    assert drafts(workbook)[0].row_count == 6


def test_a_file_whose_only_sheet_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<html><table></table></html>")
    with pytest.raises(Refused, match="no_table"):
        opened(path)
