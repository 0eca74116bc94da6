"""A salesperson's day through the window: who is due, what was said, what comes next, what the boss is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.follow_up import FollowUp
from crmdesk.operations import customers, follow_ups

TODAY = date(2026, 11, 22)


def _write(widget, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


@pytest.fixture
def window(main_window):
    """The window with two customers due: a promise of Friday and a call."""
    database = main_window.desk.database
    for name, day, promise in (("李总", TODAY - timedelta(days=2), True), ("王姐超市", TODAY, False)):
        added = customers.add_customer(database, Customer(name=name, points=(Point("phone", "13800138000"),)))
        due = FollowUp(added.new_id, day, summary="发报价" if promise else "问近况", promise=promise)
        main_window.desk.announce(follow_ups.add_follow_up(database, due))
    QTest.qWait(200)
    return main_window


def test_a_day_is_worked_off_by_keys_alone(window, prompts):
    page = window.show_place("today")
    QTest.qWait(80)
    assert [item.name for item in page.list.items()] == ["李总", "王姐超市"]
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    _write(page.card.note.edit, "报价发了,下周回话")
    QTest.keyClick(page.card.note.edit, Qt.Key.Key_Return)
    assert page.card.item().name == "王姐超市"
    QTest.keyClick(page.card.note.edit, Qt.Key.Key_4)
    QTest.keyClick(page.card.note.edit, Qt.Key.Key_Return)
    assert page.list.items() == []
    assert page._empty.isVisible()
    prompts.on_run = lambda dialog: dialog._take()
    page._summary.click()
    assert "报价发了,下周回话" in prompts.copied[-1]


def test_what_is_done_today_is_done_in_the_follow_ups(window):
    page = window.show_place("today")
    QTest.qWait(80)
    _write(page.card.note.edit, "好")
    QTest.keyClick(page.card.note.edit, Qt.Key.Key_Return)
    follow = window.show_place("follow_ups")
    QTest.qWait(80)
    names = [line.values[1] for line in follow.open_table.lines() if not line.heading]
    assert names.count("王姐超市") == 1
    assert "! 李总" not in names
    follow.open_table.select_first()
    QTest.keyClick(follow.open_table, Qt.Key.Key_X)
    assert [item.name for item in window.show_place("today").list.items()] == []


def test_undo_brings_a_finished_line_back_everywhere(window):
    page = window.show_place("today")
    QTest.qWait(80)
    _write(page.card.note.edit, "好")
    QTest.keyClick(page.card.note.edit, Qt.Key.Key_Return)
    assert len(page.list.items()) == 1
    window.actions_table["undo"].trigger()
    assert len(page.list.items()) == 2
    window.actions_table["redo"].trigger()
    assert len(page.list.items()) == 1
