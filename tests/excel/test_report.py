"""The tier report holds what the boss looks for, with charts of Excel's own."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.excel.report import Report, Section, write_report
from crmdesk.excel.writer import SheetColumn
from crmdesk.i18n import language

COLUMNS = (SheetColumn("客户"), SheetColumn("累计", "money"))


def report(**changes):
    values = {
        "title": "等级报告",
        "source": "我的客户.crmdesk",
        "made_on": date(2026, 11, 22),
        "as_of": date(2026, 11, 20),
        "facts": [("客户", 3, "count"), ("金额", 1_000 * MONEY_UNIT, "money")],
        "levels": [("A", 1, 900 * MONEY_UNIT, 0.9), ("B", 2, 100 * MONEY_UNIT, 0.1)],
        "stages": [("活跃", 2), ("沉睡", 1)],
        "policy": ["A 是带来前八成钱的客户"],
        "sections": [Section("A 级", COLUMNS, [("=王姐", 900 * MONEY_UNIT)]), Section("B 级", COLUMNS, [("老李", 5)])],
    }
    return Report(**{**values, **changes})


@pytest.fixture
def book(tmp_path):
    write_report(tmp_path / "r.xlsx", report())
    return openpyxl.load_workbook(tmp_path / "r.xlsx")


def values(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_there_is_a_cover_the_stages_and_a_sheet_for_each_tier(book):
    assert book.sheetnames == ["总览", "状态", "A 级", "B 级"]


def test_the_cover_names_the_day_the_figures_and_the_policy(book):
    cover = values(book["总览"])
    assert cover[0] == ["等级报告"]
    assert any("2026-11-22" in str(row[0]) and "2026-11-20" in str(row[0]) for row in cover if row)
    assert ["A", 1, 900, 0.9] in cover
    assert ["A 是带来前八成钱的客户"] in cover


def test_cover_and_stages_hold_native_charts(book):
    assert [len(book[name]._charts) for name in ("总览", "状态")] == [2, 1]


def test_no_cell_is_a_formula(book):
    assert [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_without_tiers_there_is_neither_a_tier_chart_nor_a_policy(tmp_path):
    plain = report(title="客户报告", levels=[], policy=[], sections=[Section("客户", COLUMNS, [("老李", None)])])
    write_report(tmp_path / "r.xlsx", plain)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["总览", "状态", "客户"]
    assert book["总览"]._charts == []


def test_the_report_speaks_english_too(tmp_path):
    with language("en"):
        write_report(tmp_path / "r.xlsx", report())
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames[:2] == ["Overview", "Stages"]


def test_numbers_and_their_heads_stand_to_the_right(book):
    sheet = book["A 级"]
    assert [cell.alignment.horizontal for cell in sheet[1]] == ["left", "right"]


def test_columns_are_as_wide_as_what_they_hold(tmp_path):
    long = "湛江市赤坎区百姓西路三号楼二单元"
    columns = (SheetColumn("店名"), SheetColumn("地址"))
    write_report(tmp_path / "w.xlsx", report(levels=[], sections=[Section("客户", columns, [("好邻居", long)])]))
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["客户"]
    assert sheet.column_dimensions["A"].width < 12 < 32 <= sheet.column_dimensions["B"].width


def test_every_sheet_is_printed_as_wide_as_an_a4_page(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_without_tiers_the_cover_counts_what_is_known(tmp_path):
    shares = [("片区", [("赤坎区", 128), ("霞山区", 30)])]
    write_report(tmp_path / "c.xlsx", report(levels=[], policy=[], stages=[("潜客", 188)], shares=shares))
    made = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert "状态" not in made.sheetnames  # one stage for all says nothing
    assert ["赤坎区", 128] in values(made["总览"])
    assert len(made["总览"]._charts) == 1
