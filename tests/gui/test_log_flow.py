"""＋记一笔: whom, what, one line; and the other doors behind it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.gui.dialogs.log import LogDialog
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.gui.dialogs.pick_customer import PickCustomer
from crmdesk.operations import customers, follow_ups, interactions, orders


@pytest.fixture
def whom(main_window) -> int:
    desk = main_window.desk
    seen = []
    desk.act(lambda _: customers.add_customer(desk.database, Customer(name="王姐超市")), done=seen.append)
    return seen[0].new_id


def test_a_line_is_logged_with_a_name_and_enter(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.customer.setFocus()
        dialog.customer.setText("wjcs")
        qtbot.keyClick(dialog.customer, Qt.Key.Key_Return)
        assert dialog.customer.customer_id() == whom
        dialog.box.edit.setPlainText("要两箱洗衣液")
        qtbot.keyClick(dialog.box.edit, Qt.Key.Key_Return)

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    rows = main_window.desk.read(interactions.list_interactions, 10)
    assert [row.interaction.summary for row in rows] == ["要两箱洗衣液"]


def test_a_line_completes_what_was_due(main_window, whom, prompts, qtbot) -> None:
    desk = main_window.desk
    desk.act(lambda _: follow_ups.add_follow_up(desk.database, FollowUp(whom, desk.today)))

    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        dialog.set_customer(whom, "王姐超市")
        dialog.box.edit.setPlainText("要两箱洗衣液，周三再问")
        dialog.box.save()

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    assert [row.follow_up.due_on for row in desk.read(follow_ups.list_follow_ups, "open")] == [date(2026, 11, 25)]


def test_enter_in_the_name_chooses_no_result(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.customer.setText("wjcs")
        qtbot.keyClick(dialog.customer, Qt.Key.Key_Return)
        assert dialog.box.outcome() == ""
        assert dialog.result() != LogDialog.DialogCode.Accepted
        dialog.reject()

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    assert prompts.asked == ["log_dialog"]


def test_a_line_for_nobody_is_asked_for_whom(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        dialog.box.edit.setPlainText("要两箱洗衣液")
        qtbot.keyClick(dialog.box.edit, Qt.Key.Key_Return)
        assert dialog.note is None
        dialog.reject()

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    assert main_window.desk.read(interactions.list_interactions, 10) == []


def test_from_a_card_the_customer_is_known(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        assert dialog.customer.text() == "王姐超市"
        dialog.reject()

    prompts.on_run = user
    main_window.desk.log_wanted.emit(whom)
    assert prompts.asked == ["log_dialog"]


def test_an_order_is_one_click_from_the_log(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        if isinstance(dialog, LogDialog):
            dialog.set_customer(whom, "王姐超市")
            dialog.findChild(QPushButton, "log_order").click()
        elif isinstance(dialog, OrderForm):
            dialog._amount.setText("1,200")
            dialog.accept()

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    assert [order.amount for order in main_window.desk.read(orders.list_orders)] == [12_000_000]


def test_a_reminder_asks_whom_first(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        if isinstance(dialog, PickCustomer):
            dialog.customer.setText("王姐")
        dialog.accept()

    prompts.on_run = user
    main_window.actions_table["add_reminder"].trigger()
    assert main_window.desk.read(follow_ups.counts)["today"] == 1


def test_nobody_picked_nothing_done(main_window, whom, prompts, qtbot) -> None:
    def user(dialog) -> None:
        qtbot.addWidget(dialog)
        dialog.accept()  # nothing typed: the dialog stays
        assert dialog.result() == 0
        dialog.reject()

    prompts.on_run = user
    main_window.actions_table["add_receipt"].trigger()
    assert prompts.asked == ["pick_customer"]
