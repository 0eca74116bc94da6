"""Customers go out in the boss's own table: looked at once, one click from then on."""

from __future__ import annotations

import openpyxl
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.gui.dialogs.sheet_template import SheetTemplateDialog
from crmdesk.operations import customers


def rows(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_looked_at_once_and_remembered(main_window, program, prompts, tmp_path, qtbot):
    desk, seen = program.desk, []
    for name, phone in (("王姐超市", "13800138000"), ("李总", "13900139000")):
        new = Customer(name, points=(Point("phone", phone),), notes="要发票")
        desk.act(lambda _p, new=new: customers.add_customer(desk.database, new))
    book = openpyxl.Workbook()
    for row in (["客户月报"], ["备注", "客户名称", "联系电话", "批示"], ["", "旧客户", "13700137000", "好"]):
        book.active.append(row)
    book.save(tmp_path / "老板.xlsx")

    def play(dialog):
        seen.append(type(dialog))
        if isinstance(dialog, ExportDialog):
            dialog.in_template.click()
            dialog._export()
        else:
            dialog.choose("批示", "owner")
            dialog.take.click()

    prompts.on_run = play
    prompts.answers = [tmp_path / "老板.xlsx", tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for number, path in enumerate((tmp_path / "一.xlsx", tmp_path / "二.xlsx")):
        main_window.actions_table["export"].trigger()
        qtbot.waitUntil(path.exists)
        QTest.qWait(20)
        if not number:
            assert seen == [ExportDialog, SheetTemplateDialog]
            (tmp_path / "老板.xlsx").unlink()
    assert seen == [ExportDialog, SheetTemplateDialog, ExportDialog]
    wanted = [["客户月报", None, None, None], ["备注", "客户名称", "联系电话", "批示"]]
    people = [["要发票", "李总", "13900139000", None], ["要发票", "王姐超市", "13800138000", None]]
    assert rows(tmp_path / "一.xlsx") == rows(tmp_path / "二.xlsx") == [*wanted, *people]
    assert prompts.errors == []
