"""The program as it is called from a shell, on sheets written for the test."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from crmdesk.__main__ import main

CUSTOMERS = [
    ["客户台账 2026"],
    ["客户编号", "客户名称", "手机", "地区", "意向", "备注"],
    ["K1", "王姐超市", "138-0013-8000", "江苏省徐州市鼓楼区", "高", "爱喝茶"],
    ["K2", "老李粮油", "13900001111", "江苏省徐州市云龙区", "", ""],
    ["K3", "小赵便利店", "13700002222", "", "", ""],
]
ORDERS = [
    ["订单号", "客户编号", "订单日期", "商品名称", "数量", "单价", "订单金额"],
    ["D1", "K1", "2026-05-01", "大米", 10, 128, 1280],
    ["D2", "K1", "2026-06-01", "大米", 20, 128, 2560],
    ["D3", "K1", "2026-07-02", "面粉", 5, 96, 480],
    ["D4", "K2", "2026-11-01", "大米", 1, 128, 128],
]


class Shell:
    """Runs commands on one file, and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.file, self._capsys = folder, folder / "我的客户.crmdesk", capsys
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        """Run a command (without `--file`) and return its exit code."""
        code = main([*map(str, arguments), "--file", str(self.file)])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *arguments: object):
        """What a command prints as JSON; it must succeed."""
        assert self(*arguments, "--json") == 0, self.err
        return json.loads(self.out)


def write_sheet(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets, row by row."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def shell(tmp_path, capsys, monkeypatch) -> Shell:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return Shell(tmp_path, capsys)


@pytest.fixture
def workbook(tmp_path) -> Path:
    """Three customers under a title row, and four orders of two of them."""
    return write_sheet(tmp_path / "客户.xlsx", 客户=CUSTOMERS, 订单=ORDERS)


@pytest.fixture
def filled(shell, workbook) -> Shell:
    """A shell whose file holds that workbook."""
    assert shell("import", workbook, "--yes", "--as-of", "today") == 0, shell.err
    return shell
