"""Workbooks as the journeys drop them on the window, and the user who goes through the wizard."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from crmdesk.gui.dialogs.import_wizard import COLUMNS, DONE, PROBLEMS

FIRST_DAY = date(2025, 1, 3)


def write_sheet(path: Path, rows: list[list[object]]) -> Path:
    """A workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def names_sheet(path: Path, count: int = 12) -> Path:
    """Shops with a phone and a place, no money, a title row on top."""
    rows = [["我的客户表"], ["店名", "电话", "地址", "备注"]]
    rows += [[f"好邻居{n}店", f"1380000{n:04}", f"湛江市霞山区人民路{n}号", "老板娘管事"] for n in range(count)]
    return write_sheet(path, rows)


def orders_sheet(path: Path, buyers: int = 30, each: int = 10) -> Path:
    """Purchases of shops, a month apart, the first shop by far the largest; every fourth one stays away after half."""
    rows: list[list[object]] = [["订单编号", "客户名称", "下单日期", "金额"]]
    for shop in range(buyers):
        for place in range(each // 2 if shop % 4 == 3 else each):
            day = FIRST_DAY + timedelta(days=30 * place + shop)
            rows.append([f"D{shop:03}{place:02}", f"好运{shop}店", day, 100 * (buyers - shop) ** 2 + place])
    return write_sheet(path, rows)


def drop(window, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, keys))


class User:
    """Goes through the wizard with clicks, and remembers what came up."""

    def __init__(self):
        self.seen = []
        self.clicks = 0
        self.at_columns = self.at_problems = self.at_done = self.with_triage = lambda dialog: None

    def __call__(self, dialog):
        self.seen.append(dialog.objectName())
        if dialog.objectName() == "import_wizard":
            self._import(dialog)
        elif dialog.objectName() == "triage":
            self.with_triage(dialog)
            dialog.accept()
        else:
            dialog.accept()

    def _import(self, wizard):
        if wizard.step() != DONE:  # a sheet known from before goes in by itself
            assert wizard.step() == COLUMNS
            if self.at_columns(wizard) == "leave":
                return
            self._click(wizard.next)
            assert wizard.step() == PROBLEMS
            if self.at_problems(wizard) == "leave":
                return
            self._click(wizard.next)
        assert wizard.step() == DONE
        if self.at_done(wizard) == "leave":
            return
        self._click(wizard.next)

    def _click(self, button):
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
