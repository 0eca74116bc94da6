"""From silence to a satisfied customer, through the window: tried, won by the next order, asked, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order
from crmdesk.gui.pages.detail_add import AddMenu
from crmdesk.gui.pages.detail_win_back import WinBackSection
from crmdesk.operations import customers, history, orders, tiers, win_backs
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def window(main_window):
    """The window with one customer who came every 35 days and has been silent for 81."""
    database = main_window.desk.database
    added = customers.add_customer(database, Customer(name="王姐超市"))
    for number in range(6):
        day = TODAY - timedelta(days=81 + 35 * number)
        orders.add_order(database, Order(added.new_id, day, amount=3_000_0000))
    main_window.desk.announce(tiers.recompute(database, "today"))
    QTest.qWait(200)
    return main_window


def says(part: QWidget, words: str) -> bool:
    QCoreApplication.processEvents()
    return any(words in label.text() for label in part.findChildren(QLabel) if not label.isHidden())


def write(widget: QWidget, text: str) -> None:
    """Chinese as an input method brings it: a commit, never key by key."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def test_who_went_silent_is_won_back_asked_and_everything_is_taken_back(window, prompts):
    desk = window.desk
    before = history.logical_dump(desk.database)
    page = window.show_place("customers")
    QTest.qWait(80)
    page.list.select_id(page.list.table().ids()[0])
    card = page.detail

    def plan(form) -> None:
        form._method.setCurrentIndex(form._method.findData("visit"))
        write(form._offer, "带新品样品")
        form.accept()

    prompts.on_run = plan
    card.care.part(WinBackSection).findChild(QPushButton, "begin_win_back").click()
    today = window.show_place("today")
    QTest.qWait(80)
    [item] = today.list.items()
    assert (item.name, item.kind, say(item.reason)) == ("王姐超市", "visit", "挽回：带新品样品")

    def order(form) -> None:
        form._amount.setText("3200")
        form._ask.setCurrentIndex(form._ask.findData(7))
        form.accept()

    prompts.on_run = order
    window.show_place("customers")
    menu = card.findChild(AddMenu)
    menu.fill()
    menu.drop.actions()[0].trigger()
    assert says(card.care.part(WinBackSection), "11-22 回来了")
    calendar = window.show_place("follow_ups")
    QTest.qWait(80)
    lines = [line.values for line in calendar.open_table.lines() if not line.heading]
    assert [line[5] for line in lines] == ["挽回：带新品样品", "售后回访"]
    for _step in range(2):
        window.actions_table["undo"].trigger()
    assert history.logical_dump(desk.database) == before
    assert win_backs.attempts_of(desk.database, card.customer_id()) == ()
