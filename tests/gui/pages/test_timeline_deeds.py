"""What stands in a timeline can be changed and deleted, by mouse and by keys, and comes back with Undo."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.receipt import Receipt
from crmdesk.domain.record import TimelineEntry
from crmdesk.gui.dialogs.interaction_form import InteractionForm
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.gui.dialogs.receipt_form import ReceiptForm
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.gui.pages.timeline import VIEWS
from crmdesk.operations import customers, orders

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(desk, ledger, qtbot, settle):
    made = DetailPanel(desk)
    qtbot.addWidget(made)
    made.resize(460, 800)
    made.show()
    desk.changed.connect(made.refresh)
    made.show_customer(ledger.wang)
    settle()
    return made


def kept(desk, customer):
    return [entry for entry in desk.read(customers.customer_card, customer).timeline if entry.kind in VIEWS[0][2]]


def row_of(card, kind):
    return next(row for row, entry in enumerate(card.timeline._wanted()) if entry.kind == kind)


def choose(card, row, verb):
    card.timeline._do(row, verb)


def test_an_order_is_changed_and_comes_back(card, desk, ledger, prompts):
    def typed(form):
        assert isinstance(form, OrderForm)
        assert form.findChild(type(form._amount), "order_amount").text() == "3000"
        form._amount.setText("3200")
        form._notes.setText("补了两箱")
        form.accept()

    prompts.on_run = typed
    row = row_of(card, "order")
    choose(card, row, "edit")
    changed = kept(desk, ledger.wang)[row]
    assert (changed.money, changed.text) == (3200 * MONEY_UNIT, "补了两箱")
    desk.undo()
    assert kept(desk, ledger.wang)[row].money == 3000 * MONEY_UNIT


def test_an_order_and_a_log_entry_are_deleted_and_come_back(card, desk, ledger):
    before = kept(desk, ledger.wang)
    for kind in ("order", "interaction"):
        choose(card, row_of(card, kind), "delete")
        assert len(kept(desk, ledger.wang)) < len(before)
        desk.undo()
        assert kept(desk, ledger.wang) == before


def test_a_log_entry_is_written_anew(card, desk, ledger, prompts):
    def typed(form):
        assert isinstance(form, InteractionForm)
        form._summary.setPlainText("隔壁新店关了")
        form._outcome.setCurrentIndex(form._outcome.findData("interested"))
        form.accept()

    prompts.on_run = typed
    row = row_of(card, "interaction")
    choose(card, row, "edit")
    entry = kept(desk, ledger.wang)[row]
    assert (entry.text, entry.outcome, entry.on.isoformat()) == ("隔壁新店关了", "interested", "2026-06-24")


def test_a_done_follow_up_can_only_be_deleted(card, desk, ledger):
    card.timeline.show_entries([TimelineEntry(TODAY, "follow_up", 1), TimelineEntry(TODAY, "talk", 2)], TODAY)
    assert [[verb for verb, _text in card.timeline.verbs(row)] for row in (0, 1)] == [["delete"], []]


def test_what_is_planned_is_dropped_from_the_menu_of_its_day(card, desk, ledger):
    card.show_customer(ledger.qian)
    menu = QMenu(card)
    card.next_step._offer(menu)
    menu.actions()[-1].trigger()
    assert desk.read(customers.customer_card, ledger.qian).next_follow_up is None
    desk.undo()
    assert desk.read(customers.customer_card, ledger.qian).next_follow_up is not None


def test_keys_and_the_right_button_do_the_same(card, desk, ledger, prompts, qtbot):
    view = card.timeline._list
    row = row_of(card, "interaction")
    view.setCurrentIndex(view.model().index(row, 0))
    asked = []
    prompts.on_run = asked.append
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [type(form) for form in asked] == [InteractionForm]
    before = len(kept(desk, ledger.wang))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(kept(desk, ledger.wang)) == before - 1
    place = view.visualRect(view.model().index(0, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    menu = next(one for one in card.timeline.findChildren(QMenu))
    assert [action.text() for action in menu.actions()] == ["修改…", "删掉"]
    menu.close()


def test_an_order_of_several_products_keeps_them(desk, ledger, qtbot):
    lines = (OrderLine("可乐", quantity=2000, amount=10), OrderLine("雪碧", amount=20))
    form = OrderForm(1, TODAY, before=Order(1, TODAY, amount=30 * MONEY_UNIT, lines=lines, number="A1", id=7))
    qtbot.addWidget(form)
    form._amount.setText("35")
    changed = form.order()
    assert (changed.lines, changed.amount, changed.number, changed.id) == (lines, 35 * MONEY_UNIT, "A1", 7)


def test_another_product_leaves_the_code_of_the_old_one_behind(desk, qtbot):
    before = Order(1, TODAY, amount=10, lines=(OrderLine("可乐", "K1", "饮料", 2000, 5, 10),), id=7)
    form = OrderForm(1, TODAY, before=before)
    qtbot.addWidget(form)
    assert form.order() == before, "untouched it is the same"
    form._product.setText("雪碧")
    [line] = form.order().lines
    assert (line.product, line.product_code, line.price, line.quantity) == ("雪碧", "", None, 2000)


def test_while_reading_only_nothing_changes(card, desk, ledger):
    before = list(desk.read(orders.list_orders))
    desk.editable = False
    choose(card, row_of(card, "order"), "delete")
    choose(card, row_of(card, "order"), "edit")
    assert list(desk.read(orders.list_orders)) == before


def test_a_wrong_receipt_is_changed_deleted_and_comes_back(card, desk, ledger, prompts, settle):
    received = Receipt(ledger.wang, TODAY, 500 * MONEY_UNIT, method="现金")
    desk.act(lambda _progress: orders.add_receipt(desk.database, received))
    settle()

    def typed(form):
        assert isinstance(form, ReceiptForm)
        assert (form._amount.text(), form._method.text()) == ("500", "现金")
        form._amount.setText("5000")
        form.accept()

    prompts.on_run = typed
    choose(card, row_of(card, "receipt"), "edit")
    assert [entry.money for entry in kept(desk, ledger.wang) if entry.kind == "receipt"] == [5000 * MONEY_UNIT]
    settle()
    choose(card, row_of(card, "receipt"), "delete")
    assert [entry.money for entry in kept(desk, ledger.wang) if entry.kind == "receipt"] == []
    desk.undo()
    desk.undo()
    assert [entry.money for entry in kept(desk, ledger.wang) if entry.kind == "receipt"] == [500 * MONEY_UNIT]
