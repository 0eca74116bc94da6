"""The faulty cells of a sheet go out as a marked workbook, without a window and before anything is imported."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

FAULTY = "客户,电话,生日\n王姐超市,12,1980-13-45\n李哥粮油,13900139000,1990-05-06\n"


@pytest.fixture
def faulty(tmp_path) -> Path:
    path = tmp_path / "有错.csv"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_a_dry_run_can_save_the_marked_copy(shell, faulty, tmp_path):
    to = tmp_path / "标好.xlsx"
    assert shell("import", faulty, "--dry-run", "--problems-to", to) == 0, shell.err
    assert f"标出了 2 处，存在 {to}" in shell.out
    assert openpyxl.load_workbook(to).active["B2"].comment is not None
    assert faulty.read_text(encoding="utf-8") == FAULTY
    assert not shell.file.exists()


def test_the_number_of_marks_is_in_the_document(shell, faulty, tmp_path):
    assert shell.json("import", faulty, "--yes", "--problems-to", tmp_path / "标好.xlsx")["marked"] == 2


def test_without_a_problem_no_file_is_written(shell, workbook, tmp_path):
    to = tmp_path / "标好.xlsx"
    assert shell("import", workbook, "--dry-run", "--problems-to", to) == 0
    assert "每一格都看懂了" in shell.out
    assert not to.exists()


def test_a_copy_that_cannot_be_written_stops_the_import(shell, faulty, tmp_path):
    assert shell("import", faulty, "--yes", "--problems-to", tmp_path / "没有" / "标好.xlsx") != 0
    assert shell.err.strip().count("\n") == 0
    assert not shell.file.exists()
