"""What is typed comes back whole: full-width digits as figures, and no text cut in silence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.dialogs.log import LogDialog
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.operations import customers, interactions, listing, orders

LONG = "老板娘说价格高了，要考虑一下。" * 400  # 6,000 signs


def _write(widget, text) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


@pytest.fixture
def whom(main_window) -> int:
    desk, seen = main_window.desk, []
    desk.act(lambda _: customers.add_customer(desk.database, Customer(name="王姐超市")), done=seen.append)
    return seen[0].new_id


def test_a_full_width_phone_is_that_phone_and_finds_its_customer(main_window, prompts, qtbot) -> None:
    def user(dialog) -> None:
        _write(dialog._name, "李总")
        _write(dialog._phone, "１３８　００１３－８０００")
        dialog.accept()

    prompts.on_run = user
    main_window.actions_table["add_customer"].trigger()
    main_window.show_place("customers")
    box = main_window.top_bar.box
    box.begin()
    _write(box, "８０００")
    qtbot.waitUntil(lambda: any("李总" in entry.text for entry in box.results().entries()))
    [whom] = main_window.desk.read(listing.customer_ids, CustomerQuery())
    points = main_window.desk.read(customers.get_customer, int(whom)).points
    assert [(point.kind, point.value) for point in points] == [("phone", "13800138000")]


def test_full_width_figures_are_an_amount(main_window, whom, prompts) -> None:
    def user(dialog) -> None:
        if isinstance(dialog, LogDialog):
            dialog.set_customer(whom, "王姐超市")
            dialog._take_other("order")
        elif isinstance(dialog, OrderForm):
            _write(dialog._amount, "１，２００．５０")
            dialog.accept()

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    assert [order.amount for order in main_window.desk.read(orders.list_orders)] == [12_005_000]


def test_a_long_line_is_kept_to_its_last_sign(main_window, whom, prompts) -> None:
    def user(dialog) -> None:
        dialog.set_customer(whom, "王姐超市")
        _write(dialog.box.edit, LONG)
        QTest.keyClick(dialog.box.edit, Qt.Key.Key_Return)

    prompts.on_run = user
    main_window.actions_table["log"].trigger()
    [row] = main_window.desk.read(interactions.list_interactions, 10)
    assert row.interaction.summary == LONG


def test_a_long_name_is_kept_to_its_last_sign(main_window, prompts) -> None:
    name = "湛江市霞山区" * 60

    def user(dialog) -> None:
        _write(dialog._name, name)
        dialog.accept()

    prompts.on_run = user
    main_window.actions_table["add_customer"].trigger()
    page = main_window.show_place("customers")
    assert page.list.table().rowCount() == 1
    kept = main_window.desk.read(customers.get_customer, int(page.list.table().ids()[0]))
    assert kept.name == name
