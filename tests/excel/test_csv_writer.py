"""CSV out: opens in Excel as it is, and runs nothing."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.excel.csv_writer import csv_text, write_csv
from crmdesk.excel.writer import SheetColumn

TEXT = SheetColumn("名称")


def test_a_table_is_written_with_the_mark_excel_looks_for(tmp_path):
    path = tmp_path / "a.csv"
    columns = (TEXT, SheetColumn("累计", "money"), SheetColumn("最近", "date"))
    assert write_csv(path, columns, [("王姐超市", 1_234_500, date(2026, 9, 2))]) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["名称", "累计", "最近"], ["王姐超市", "123.45", "2026-09-02"]]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "＝1+1", "\t=1", "-2+3", "+cmd"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text):
    assert csv_text(text, TEXT) == f"'{text}"


@pytest.mark.parametrize("text", ["+8613800138000", "-12", "0571-88881234", "王姐"])
def test_phones_and_plain_text_stay_as_they_are(text):
    assert csv_text(text, TEXT) == text


def test_negative_money_is_a_number():
    assert csv_text(-5 * MONEY_UNIT, SheetColumn("累计", "money")) == "-5"


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write_csv(tmp_path / "a.csv", (TEXT,), ([1 / 0] for _ in range(1)))
    assert list(tmp_path.iterdir()) == []
