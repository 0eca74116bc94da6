"""Customers through the window: add, find, open, edit, delete, bring back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.operations import customers, listing


def _named(name, phone=""):
    def play(dialog):
        dialog._name.setText(name)
        dialog._phone.setText(phone)
        dialog.accept()

    return play


def _add(window, prompts, name, phone=""):
    prompts.on_run = _named(name, phone)
    window.actions_table["add_customer"].trigger()
    QTest.qWait(50)


def test_the_first_customer_leads_from_the_welcome_to_the_list(main_window, prompts):
    _add(main_window, prompts, "王姐超市", "138 0013 8000")
    page = main_window.show_place("customers")
    QTest.qWait(50)
    assert page.head.heading.text() == "客户 1"
    _add(main_window, prompts, "李总")
    assert page.head.heading.text() == "客户 2"
    assert page.detail.customer_name() == "李总"


def test_a_customer_is_deleted_without_a_question_and_comes_back(main_window, prompts, qtbot):
    _add(main_window, prompts, "王姐超市")
    _add(main_window, prompts, "李总")
    page = main_window.show_place("customers")
    page.list.select_id(page.list.table().ids()[0])
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.head.heading.text() == "客户 1")
    assert prompts.errors == []
    # While the file is busy the arrow waits for the name of its step: a key pressed before that does nothing.
    undo = main_window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.isEnabled() and "李总" in undo.toolTip())
    undo.trigger()
    qtbot.waitUntil(lambda: page.head.heading.text() == "客户 2")


def test_a_fact_added_on_the_card_becomes_a_column_of_the_list(main_window, prompts):
    _add(main_window, prompts, "王姐超市")
    page = main_window.show_place("customers")
    page.list.select_id(page.list.table().ids()[0])
    page.detail.facts.add("industry")
    editor = page.detail.facts.row("industry").editor()
    editor.setText("零售")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "industry" in [column.key for column in page.list.table().columns()]
    main_window.actions_table["undo"].trigger()
    assert "industry" not in [column.key for column in page.list.table().columns()]


def test_a_customer_wanted_from_elsewhere_is_shown(main_window, prompts):
    _add(main_window, prompts, "王姐超市")
    _add(main_window, prompts, "李总")
    first = listing.find_customers(main_window.desk.database, "wangjie")[0]
    main_window.show_place("today")
    main_window.desk.customer_wanted.emit(first.customer_id)
    QTest.qWait(50)
    page = main_window.show_place("customers")
    assert page.detail.customer_name() == "王姐超市"
    assert customers.get_customer(main_window.desk.database, first.customer_id).name == "王姐超市"
