"""The customer list by keys alone, as in a sheet: a cell is typed into, Enter goes down, Tab right, Esc takes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crmdesk.gui.app import Program
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.operations import customers


@pytest.fixture
def page(program: Program, full_file: Path, qtbot: QtBot, tmp_path: Path) -> CustomersPage:
    copy = tmp_path / "own.crmdesk"
    copy.write_bytes(full_file.read_bytes())
    program.files.open(copy)
    program.window.resize(1280, 800)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)
    page = program.window.show_place("customers")
    qtbot.waitUntil(lambda: page.list.table().rowCount() > 10)
    program.window.activateWindow()
    page.list.setFocus()
    return page


def cell(page: CustomersPage, key: str, row: int) -> QModelIndex:
    keys = [column.key for column in page.list.table().columns()]
    return page.list.table().index(row, keys.index(key))


def editor(page: CustomersPage) -> QLineEdit:
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    assert page.list.isAncestorOf(typed)
    return typed


@pytest.mark.parametrize("opener", [Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_takes_the_text_and_goes_down(page: CustomersPage, qtbot: QtBot, opener: Qt.Key) -> None:
    page.list.setCurrentIndex(cell(page, "notes", 2))
    customer = page.list.table().id_at(2)
    QTest.keyClick(page.list, opener)
    editor(page).setText("下次先打电话")
    QTest.keyClick(editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: customers.get_customer(page.desk.database, customer).notes == "下次先打电话")
    assert (page.list.currentIndex().row(), page.list.currentIndex().column()) == (3, cell(page, "notes", 3).column())


def test_tab_goes_right(page: CustomersPage) -> None:
    page.list.setCurrentIndex(cell(page, "name", 1))
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    before = editor(page)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    now = page.list.currentIndex()
    assert now.row() == 1
    assert now.column() > cell(page, "name", 1).column()


def test_esc_leaves_the_cell_as_it_was(page: CustomersPage) -> None:
    index = cell(page, "name", 1)
    was = index.data()
    page.list.setCurrentIndex(index)
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    editor(page).setText("别的")
    QTest.keyClick(editor(page), Qt.Key.Key_Escape)
    assert cell(page, "name", 1).data() == was
    assert page.list.state() != page.list.State.EditingState


def test_a_line_is_logged_from_the_list_with_two_keys_beside_its_text(page: CustomersPage, qtbot: QtBot) -> None:
    page.list.setCurrentIndex(cell(page, "name", 4))
    customer = int(page.list.table().id_at(4))
    qtbot.waitUntil(lambda: page.detail.customer_id() == customer)
    before = len(page.desk.read(customers.customer_card, customer).timeline)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.detail.note.edit.hasFocus()
    page.detail.note.edit.insertPlainText("要两箱，周五送")
    QTest.keyClick(page.detail.note.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.desk.read(customers.customer_card, customer).timeline) > before)
