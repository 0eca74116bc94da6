"""A list goes out through the window, is edited elsewhere, and is dropped on the window again."""

from __future__ import annotations

import openpyxl
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.gui.dialogs.import_wizard import ImportWizard
from crmdesk.gui.dialogs.round_trip import RoundTripDialog
from crmdesk.operations import customers, listing


def _exported(window, desk, prompts, path):
    def play(dialog):
        assert isinstance(dialog, ExportDialog)
        dialog.for_editing.click()
        dialog._export()

    prompts.on_run, prompts.answers = play, [path]
    window.actions_table["export"].trigger()
    QTest.qWait(20)
    return openpyxl.load_workbook(path)


def test_out_edited_and_back(main_window, program, prompts, tmp_path, qtbot):
    desk, seen = program.desk, []
    for name in ("王姐超市", "李总"):
        new = Customer(name, points=(Point("phone", "13800138000"),) if name == "王姐超市" else ())
        desk.act(lambda _p, new=new: customers.add_customer(desk.database, new))
    path = tmp_path / "改.xlsx"
    book = _exported(main_window, desk, prompts, path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in (2, 3):
        sheet.cell(row, heads.index("备注") + 1).value = "周三送货"
    sheet.delete_cols(1)  # some programs drop hidden columns
    book.save(path)

    def take_all(dialog):
        seen.append(type(dialog))
        dialog.take_all.click()

    prompts.on_run = take_all
    main_window.frame_actions.take_files([path])
    qtbot.waitUntil(lambda: seen == [RoundTripDialog])
    ids = list(desk.read(listing.customer_ids, listing.CustomerQuery()))
    notes = lambda: {value for _id, value in desk.read(listing.customer_rows, ids, ["notes"])}  # noqa: E731
    qtbot.waitUntil(lambda: notes() == {"周三送货"})
    main_window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: notes() == {""})
    assert prompts.errors == []


def test_any_other_sheet_goes_to_the_wizard(main_window, program, prompts, tmp_path, qtbot):
    desk, seen = program.desk, []
    desk.act(lambda _p: customers.add_customer(desk.database, Customer("王姐超市")))
    book = openpyxl.Workbook()
    book.active.append(["客户名称", "电话"])
    book.active.append(["老李粮油", "13900001111"])
    book.save(tmp_path / "b.xlsx")

    def look(dialog):
        seen.append(type(dialog))
        dialog.reject()

    prompts.on_run = look
    main_window.frame_actions.take_files([tmp_path / "b.xlsx"])
    qtbot.waitUntil(lambda: seen == [ImportWizard])
