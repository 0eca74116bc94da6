"""A small ledger on the desk, and hands that type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.operations import customers, follow_ups, interactions, orders, tiers

TODAY = date(2026, 11, 22)


@dataclass
class Ledger:
    """The customers by name."""

    wang: int  # bought every 35 days, quiet for 81
    li: int  # a promise, two days overdue
    zhao: int  # due today
    qian: int  # due next week


@pytest.fixture
def ledger(desk: Desk) -> Ledger:
    """Four customers: one gone quiet, one with a broken promise, one due today, one due later."""
    database = desk.database
    wang = _add(desk, "王姐超市", Point("phone", "13800138000"), Point("wechat", "wang_jie"), address="解放路 1 号")
    li = _add(desk, "李总", Point("phone", "13900139000"))
    zhao = _add(desk, "小赵便利店")
    qian = _add(desk, "钱塘茶庄")
    for number in range(6):
        day = TODAY - timedelta(days=81 + 35 * number)
        orders.add_order(database, Order(wang, day, amount=3_000_0000))
    said = Interaction(wang, datetime(2026, 6, 24, 10), "visit", "", "隔壁开了新店")
    interactions.log_interaction(database, said)
    follow_ups.add_follow_up(database, FollowUp(li, TODAY - timedelta(days=2), summary="发报价", promise=True))
    follow_ups.add_follow_up(database, FollowUp(zhao, TODAY, summary="问近况"))
    follow_ups.add_follow_up(database, FollowUp(qian, TODAY + timedelta(days=9), summary="送样品", kind="visit"))
    tiers.recompute(database, "today")
    return Ledger(wang, li, zhao, qian)


@pytest.fixture
def show_card(desk: Desk, qtbot: QtBot) -> Callable[[int], DetailPanel]:
    """Shows the card of a customer, which follows every step."""

    def show(customer: int) -> DetailPanel:
        made = DetailPanel(desk)
        qtbot.addWidget(made)
        made.resize(460, 900)
        made.show()
        desk.changed.connect(made.refresh)
        made.show_customer(customer)
        return made

    return show


def _add(desk: Desk, name: str, *points: Point, **fields: str) -> int:
    customer = Customer(name=name, points=points, **fields)
    return customers.add_customer(desk.database, customer).new_id


@pytest.fixture
def write() -> Callable[[QWidget, str], None]:
    """Types Chinese as an input method does: a commit, never key by key."""

    def commit(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return commit


@pytest.fixture
def settle() -> Callable[[], None]:
    """Lets everything queued arrive, deleted widgets included."""

    def run() -> None:
        QTest.qWait(80)  # the lunar day and what went before come a moment later
        for _ in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return run
