"""The tier report tells who moved since the last one, and keeps the day it was made on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from crmdesk.clock import Clock
from crmdesk.operations import policies, reporting, tiers
from crmdesk.operations.customers import set_tier
from crmdesk.operations.listing import list_columns
from crmdesk.progress import Progress
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def filled(database: Database, fill: Callable[..., list[int]]) -> list[int]:
    return fill(database, [(f"客户{n}", "", [(9 + 30 * k, 500 - 9 * n) for k in range(3)]) for n in range(24)])


def _report(db: Database, folder: Path) -> openpyxl.Workbook:
    reporting.tier_report(db, folder / "r.xlsx", "zh", Progress())
    return openpyxl.load_workbook(folder / "r.xlsx")


def _texts(book: openpyxl.Workbook, name: str) -> list[str]:
    return [str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell is not None]


def _later(db: Database, days: int) -> None:
    db.clock = Clock(TODAY + timedelta(days=days))


def test_the_first_report_says_that_there_is_none_before(database: Database, filled: list[int], tmp_path: Path) -> None:
    book = _report(database, tmp_path)
    assert any("之前没出过报告" in text for text in _texts(book, "总览"))
    assert "等级变了的" not in book.sheetnames


def test_the_next_report_tells_who_moved_since_from_where_and_why(
    database: Database, filled: list[int], tmp_path: Path
) -> None:
    _report(database, tmp_path)
    set_tier(database, filled[0], "D", "老板换了")
    set_tier(database, filled[1], "D", "看错了")
    set_tier(database, filled[1], "")
    assert [(move.customer_id, move.new) for move in reporting.moves_since(database, TODAY)] == [(filled[0], "D")]
    _later(database, 3)
    book = _report(database, tmp_path)
    assert any("从上次报告（2026-11-22）到现在：上升 0 家，下降 1 家" in text for text in _texts(book, "总览"))
    moved = _texts(book, "等级变了的")
    assert {"客户0", "D"} <= set(moved)
    assert any("老板换了" in text for text in moved)


def test_a_second_report_of_a_day_looks_back_to_the_day_before(
    database: Database, filled: list[int], tmp_path: Path
) -> None:
    _report(database, tmp_path)
    _later(database, 3)
    _report(database, tmp_path)
    assert reporting.last_report(database) == TODAY
    _report(database, tmp_path)
    assert reporting.last_report(database) == TODAY


def test_making_a_report_is_nothing_to_undo(database: Database, filled: list[int], tmp_path: Path) -> None:
    set_tier(database, filled[0], "D", "老板换了")
    _report(database, tmp_path)
    assert say(database.undo().name) == "把 客户0 定为 D"
    assert not reporting.moves_since(database, TODAY)


def test_without_tiers_the_report_has_neither_levels_nor_moves(
    database: Database, filled: list[int], tmp_path: Path
) -> None:
    set_tier(database, filled[0], "B", "一句话")
    tiers.apply_policy(database, policies.ready_policy("no_tiers"))
    assert "tier" not in {column.key for column in list_columns(database)}
    book = _report(database, tmp_path)
    assert not [name for name in book.sheetnames if "级" in name]
    assert not [text for text in _texts(book, "总览") if "等级" in text]
    assert "等级" not in [str(cell.value) for cell in next(book["客户"].iter_rows())]
