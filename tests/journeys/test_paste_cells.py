"""Cells are copied in a sheet and pasted into the list: shown first, taken in one step, undone in one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.dialogs.round_trip import RoundTripDialog
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.operations import customers, listing


@pytest.fixture
def page(main_window, program, qtbot):
    desk = program.desk
    for name in ("阿宝酒楼", "百味小厨"):
        new = Customer(name, notes="要发票")
        desk.act(lambda _p, new=new: customers.add_customer(desk.database, new))
    page = main_window.findChild(CustomersPage)
    desk.customers_wanted.emit(CustomerQuery())
    qtbot.waitUntil(lambda: page.list.table().rowCount() == 2)
    return page


def pasted(page, text, row, key):
    flags, table = QItemSelectionModel.SelectionFlag, page.list.table()
    chosen = table.index(row, [column.key for column in table.columns()].index(key))
    page.list.selectionModel().setCurrentIndex(chosen, flags.ClearAndSelect | flags.Rows)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(page.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_pasted_shown_taken_and_undone(page, main_window, program, prompts, qtbot):
    desk, seen = program.desk, []

    def play(dialog):
        assert isinstance(dialog, RoundTripDialog)
        seen.append(dialog.windowTitle())
        dialog.take_all.click()

    def notes():
        ids = list(desk.read(listing.customer_ids, CustomerQuery()))
        return [tuple(row[1:]) for row in desk.read(listing.customer_rows, ids, ["name", "notes"])]

    prompts.on_run = play
    before = notes()
    pasted(page, "周三送货\r\n周四送货\r\n", 0, "notes")
    qtbot.waitUntil(lambda: notes() == [("阿宝酒楼", "周三送货"), ("百味小厨", "周四送货")])
    assert seen == ["粘贴进列表"]
    main_window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: notes() == before)
    pasted(page, "百味小厨\r\n陈记面馆", 1, "name")
    qtbot.waitUntil(lambda: [name for name, _notes in notes()] == ["阿宝酒楼", "百味小厨", "陈记面馆"])
    assert prompts.errors == []


def test_nothing_new_says_so(page, program, prompts):
    told = []
    program.desk.told.connect(told.append)
    pasted(page, "要发票", 0, "notes")
    assert told == ["粘贴的内容这里都有了，没什么要改。"]
