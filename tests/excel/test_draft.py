"""A workbook opened for reading: its drafts, its rows in chunks, corrections, what could not be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Skipped
from crmdesk.domain.phrase import Refused
from crmdesk.excel.draft import CHUNK, Reading, SheetDraft, open_reading
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage.search_index import IndexBuilder

TODAY = date(2026, 11, 22)


def read(path: Path, **options: str) -> Reading:
    return open_reading(path, Progress(), today=TODAY, **options)


def write_customers(path: Path, count: int) -> Path:
    lines = [f"王姐{n}店,138{n:08d},浙江省杭州市" for n in range(count)]
    path.write_text("客户名称,手机号,地区\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def columns_by_header(draft: SheetDraft) -> dict[str, Field]:
    return {column.header: column.field for column in draft.columns}


def write_shop(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "客户"
    sheet.append([None, "2024年客户信息表"])
    sheet.merge_cells("B1:E1")
    sheet.append([None, "客户名称", "手机号", "累计金额", "最近购买日期"])
    sheet.append([None, "王姐超市", 13800138000, 1200.5, datetime(2024, 3, 5)])
    sheet.append([None, "老张五金店", "13900139000", "=1000+1", "2024.3.6"])
    sheet.append([None, "小赵水果店", "0571-88881234", "#N/A", "20240307"])
    sheet["D5"].data_type = "e"
    sheet.append([None, "合计", None, 2200.5, None])
    book.create_sheet("旧名单").append(["客户名称", "手机号"])
    book["旧名单"].append(["老李", "13700137000"])
    book["旧名单"].sheet_state = "hidden"
    book.create_sheet("空表")
    book.save(path)
    return path


def test_what_was_understood_of_a_workbook(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        shop, old, empty = reading.sheets
    assert (shop.workbook, shop.name, shop.kind, shop.header_row, shop.row_count) == (
        "店.xlsx",
        "客户",
        "customers",
        2,
        3,
    )
    assert columns_by_header(shop) == {
        "客户名称": Field.NAME,
        "手机号": Field.PHONE,
        "累计金额": Field.ORDER_TOTAL,
        "最近购买日期": Field.LAST_ORDER_ON,
    }
    assert [column.letter for column in shop.columns] == ["B", "C", "D", "E"]
    assert shop.skipped == (Skipped(1, "title"), Skipped(6, "total_row"))
    assert old.hidden
    assert old.reason is not None
    assert (old.kind, old.reason.code) == ("ignored", "sheet_hidden")
    assert empty.reason is not None
    assert empty.reason.code == "sheet_empty"


def test_rows_bear_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        (rows,) = reading.rows(0, Progress())
    assert [row.row for row in rows] == [3, 4, 5]
    assert [row.values["name"] for row in rows] == ["王姐超市", "老张五金店", "小赵水果店"]
    assert [row.values["last_order_on"] for row in rows] == ["2024-03-05", "2024-03-06", "2024-03-07"]
    assert rows[0].values["order_total"] == 12_005_000


def test_error_cells_and_uncalculated_formulas_are_flagged_and_never_zero(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        (rows,) = reading.rows(0, Progress())
        issues = reading.issues(0)
    assert "order_total" not in rows[1].values
    assert "order_total" not in rows[2].values
    assert {(issue.row, issue.column) for issue in issues} >= {(4, "D"), (5, "D")}


def test_a_hidden_sheet_is_taken_when_asked(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        draft = reading.reread(1, ())
        assert reading.sheets[1] == draft
        assert (draft.kind, draft.row_count) == ("customers", 1)
        assert [row.values["name"] for chunk in reading.rows(1, Progress()) for row in chunk] == ["老李"]


def test_samples_show_the_cells_beside_what_was_read(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        first = reading.sheets[0].samples[0]
    assert first.raw == ("王姐超市", "13800138000", "1200.5", "2024-03-05")
    assert first.read.values["name"] == "王姐超市"


def test_rows_come_in_chunks_and_may_be_asked_for_again(tmp_path: Path) -> None:
    reports: list[tuple[str, int, int]] = []
    with read(write_customers(tmp_path / "a.csv", 2 * CHUNK + 7)) as reading:
        chunks = list(reading.rows(0, Progress(lambda *report: reports.append(report))))
        assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, 7]
        assert list(reading.rows(0, Progress())) == chunks
    assert reports[-1] == ("reading", 2 * CHUNK + 7, 2 * CHUNK + 7)


def test_a_pass_that_was_left_early_disturbs_nothing(tmp_path: Path) -> None:
    with read(write_customers(tmp_path / "a.csv", 3 * CHUNK)) as reading:
        next(reading.rows(0, Progress()))
        assert sum(map(len, reading.rows(0, Progress()))) == 3 * CHUNK


def test_a_corrected_column_is_read_anew(tmp_path: Path) -> None:
    with read(write_customers(tmp_path / "a.csv", 10)) as reading:
        columns = [
            replace(column, field=Field.DO_NOT_IMPORT) if column.field is Field.PHONE else column
            for column in reading.sheets[0].columns
        ]
        draft = reading.reread(0, columns)
        assert draft.columns[1].field is Field.DO_NOT_IMPORT
        assert draft.header_row == 1
        (rows,) = reading.rows(0, Progress())
    assert not any(row.values.get("points") for row in rows)


def test_a_corrected_header_row(tmp_path: Path) -> None:
    with read(write_customers(tmp_path / "a.csv", 10)) as reading:
        draft = reading.reread(0, (), header_row=0)
        assert (draft.header_row, draft.row_count) == (0, 11)


def test_the_users_word_for_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("客户名称,电话\n王姐超市,13800138000\n".encode("utf-16-le"))
    with read(path, encoding="utf-16-le") as reading:
        assert reading.sheets[0].encoding == "utf-16-le"
        assert reading.sheets[0].row_count == 1


def test_rows_prefilled_with_numbers_only_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [f"{n},客户{n},1380013{n:04d}" for n in range(1, 11)] + [f"{n},," for n in range(11, 31)]
    path.write_text("序号,客户名称,手机号\n" + "\n".join(lines), encoding="utf-8")
    with read(path) as reading:
        draft = reading.sheets[0]
        assert draft.row_count == 10
        assert {entry.reason for entry in draft.skipped} == {"only_row_number"}
        assert sum(map(len, reading.rows(0, Progress()))) == 10


def test_cancelling_while_rows_come(tmp_path: Path) -> None:
    progress = Progress()
    with read(write_customers(tmp_path / "a.csv", 3 * CHUNK)) as reading:
        rows = reading.rows(0, progress)
        next(rows)
        progress.cancel()
        with pytest.raises(Cancelled):
            next(rows)


def test_a_refused_file_leaves_no_child(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        read(tmp_path / "weg.xlsx")


def test_a_draft_survives_the_pipe(tmp_path: Path) -> None:
    with read(write_shop(tmp_path / "店.xlsx")) as reading:
        for draft in reading.sheets:
            assert SheetDraft.from_plain(draft.plain()) == draft


def _told(first: int, count: int) -> list[tuple[int, str, str, str, str, str, str]]:
    return [(n, f"王姐{n}店", f"138{n:08d}", f"K{n}", "解放路", "零售", "{}") for n in range(first, first + count)]


def test_customers_are_indexed_by_the_child(tmp_path: Path) -> None:
    here = IndexBuilder()
    with read(write_customers(tmp_path / "客户.csv", 1)) as reading:
        there = reading.indexer(Progress())
        for indexer in (here, there):
            for first in range(0, 9_000, 3_000):
                indexer.add(_told(first, 3_000))
        assert list(there.pages()) == list(here.pages())


def test_another_index_begins_anew(tmp_path: Path) -> None:
    with read(write_customers(tmp_path / "客户.csv", 1)) as reading:
        for count in (3, 2):
            there = reading.indexer(Progress())
            there.add(_told(0, count))
        assert [len(rows) for table, rows in there.pages() if table == "search_docsize"] == [2]


def test_rows_can_be_read_while_the_child_indexes(tmp_path: Path) -> None:
    with read(write_customers(tmp_path / "客户.csv", 3)) as reading:
        reading.indexer(Progress()).add(_told(0, 3))
        assert [len(rows) for rows in reading.rows(0, Progress())] == [3]


def test_a_child_that_is_gone_refuses_to_index(tmp_path: Path) -> None:
    reading = read(write_customers(tmp_path / "客户.csv", 1))
    reading.close()
    with pytest.raises(Refused, match="reader_died"):
        reading.indexer(Progress()).add(_told(0, 3))


def test_two_threads_ask_a_reading_at_a_time_and_each_hears_its_own_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("客户名称,电话\n" + "".join(f"客户{n},138{n:08}\n" for n in range(3 * CHUNK)), encoding="utf-8")
    with open_reading(path, Progress()) as reading, ThreadPoolExecutor(1) as other:
        rows = other.submit(lambda: [len(chunk) for chunk in reading.rows(0, Progress())])
        for number in range(2, 22):
            assert reading.raw_rows(0, [number])[number][0] == f"客户{number - 2}"
        assert rows.result(60) == [CHUNK] * 3
