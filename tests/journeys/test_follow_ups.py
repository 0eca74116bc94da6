"""The calendar through the window: plan on the card, spread, complete, look it up in the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.operations import customers, follow_ups

TODAY = date(2026, 11, 22)


@pytest.fixture
def window(main_window):
    """The window with twelve customers due on the same day."""
    database = main_window.desk.database
    for number in range(12):
        added = customers.add_customer(database, Customer(name=f"{number + 1} 号店"))
        main_window.desk.announce(follow_ups.add_follow_up(database, FollowUp(added.new_id, TODAY, summary="问近况")))
    QTest.qWait(200)
    return main_window


def test_a_pile_is_spread_and_undone_in_one_step(window, prompts):
    page = window.show_place("follow_ups")
    QTest.qWait(80)
    page.open_table.selectAll()

    def play(dialog):
        dialog._per_day.setValue(4)
        dialog.accept()

    prompts.on_run = play
    QTest.keyClick(page.open_table, Qt.Key.Key_S)
    counts = follow_ups.counts(window.desk.database)
    assert (counts["today"], counts["week"]) == (0, 12)
    window.actions_table["undo"].trigger()
    assert follow_ups.counts(window.desk.database)["today"] == 12


def test_what_is_planned_on_the_card_stands_in_the_calendar(window):
    page = window.show_place("customers")
    QTest.qWait(80)
    page.list.select_id(page.list.table().ids()[0])
    page.detail.next_step._move.fill()
    page.detail.next_step._move.drop.actions()[4].trigger()
    calendar = window.show_place("follow_ups")
    QTest.qWait(80)
    later = [line for line in calendar.open_table.lines() if not line.heading][-1]
    assert later.customer_id == page.detail.customer_id()
    assert later.tip == (TODAY + timedelta(days=30)).isoformat()


def test_several_done_at_once_stand_in_the_log(window):
    page = window.show_place("follow_ups")
    QTest.qWait(80)
    page.open_table.selectAll()
    QTest.keyClick(page.open_table, Qt.Key.Key_D)
    page._modes.button(1).click()
    assert len([line for line in page.done_table.lines() if not line.heading]) == 12
