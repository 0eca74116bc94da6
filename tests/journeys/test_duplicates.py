"""像是同一家的 through the window: from the command box to one customer, and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.actions import matching_commands
from crmdesk.operations import customers, history, listing


def _two(desk):
    return [
        customers.add_customer(desk.database, Customer(name=name, points=(Point("phone", "13800138000"),))).new_id
        for name in ("徐州王姐超市", "王姐便利店")
    ]


def test_the_command_is_found_by_chinese_pinyin_and_english():
    for typed in ("像是同一家", "xstyj", "look alike"):
        assert matching_commands(typed)[0].name == "duplicates"


def test_two_entries_of_a_shop_become_one_and_undo_brings_both_back(main_window, prompts):
    desk = main_window.desk
    _two(desk)
    before = history.logical_dump(desk.database)

    def play(dialog):
        assert dialog.objectName() == "duplicates"
        assert dialog.pairs.count() == 1
        dialog.show()
        QTest.keyClick(dialog.pairs, Qt.Key.Key_Return)
        dialog.reject()

    prompts.on_run = play
    main_window.actions_table["duplicates"].trigger()
    assert listing.customer_count(desk.database) == 1
    assert main_window.toast.isVisible()
    main_window.actions_table["undo"].trigger()
    assert history.logical_dump(desk.database) == before


def test_told_apart_in_the_window_they_stay_apart(main_window, prompts):
    desk = main_window.desk
    _two(desk)
    seen = []

    def play(dialog):
        dialog.show()
        seen.append(dialog.pairs.count())
        QTest.mouseClick(dialog.findChild(QPushButton, "duplicate_apart"), Qt.MouseButton.LeftButton)
        dialog.reject()

    prompts.on_run = play
    main_window.actions_table["duplicates"].trigger()
    prompts.on_run = lambda dialog: (seen.append(dialog.pairs.count()), dialog.reject())
    main_window.actions_table["duplicates"].trigger()
    assert seen == [1, 0]
    assert listing.customer_count(desk.database) == 2


def test_a_new_customer_that_exists_is_told_before_it_is_added(main_window, prompts):
    _two(main_window.desk)

    def play(dialog):
        dialog._name.setText("王姐超市有限公司")
        assert "徐州王姐超市（名字差不多）" in dialog._known.text()
        dialog.reject()

    prompts.on_run = play
    main_window.actions_table["add_customer"].trigger()
