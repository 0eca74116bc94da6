"""过一遍 stands in the box of commands at any time, and takes up where one left off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.gui.actions import matching_commands
from crmdesk.operations import customers


def test_running_through_is_found_by_its_name_and_initials():
    assert "triage" in [command.name for command in matching_commands("过一遍")]
    assert "triage" in [command.name for command in matching_commands("gyb")]


def test_the_command_goes_on_with_those_who_wait_for_a_word(main_window, prompts):
    database, seen = main_window.desk.database, []
    for name in ("王姐超市", "老李粮油"):
        customers.add_customer(database, Customer(name=name))

    def play(dialog):
        seen.append(dialog.name.full())
        QTest.keyClick(dialog, Qt.Key.Key_1)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        dialog.accept()

    prompts.on_run = play
    main_window.actions_table["triage"].trigger()
    main_window.actions_table["triage"].trigger()
    assert sorted(seen) == ["王姐超市", "老李粮油"]


def test_with_nobody_left_it_says_so(main_window, prompts):
    said = []
    prompts.on_run = lambda dialog: said.append((dialog.shown(), dialog.name.full()))
    main_window.actions_table["triage"].trigger()
    assert said == [(None, "都过完了")]
