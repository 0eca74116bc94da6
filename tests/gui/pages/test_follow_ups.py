"""跟进: everything due in groups, several at once, and the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from crmdesk.gui.pages.follow_ups import FollowUpsPage
from crmdesk.operations import follow_ups, history, interactions

TODAY = date(2026, 11, 22)


@pytest.fixture
def page(desk, ledger, qtbot, settle):
    made = FollowUpsPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    settle()
    made.focus_search()
    return made


def _headings(page):
    return [line.values[0] for line in page.open_table.lines() if line.heading]


def _select(page, *customers):
    table = page.open_table
    table.clearSelection()
    for row, line in enumerate(table.lines()):
        if line.customer_id in customers and not line.heading:
            index = table.model().index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            table.selectionModel().select(index, flags.Select | flags.Rows)


def _days(desk, customer):
    return [row.follow_up.due_on for row in desk.read(follow_ups.list_follow_ups, "open", customer=customer)]


def test_groups_come_by_urgency_and_only_with_content(page):
    assert _headings(page) == ["过了 (1)", "今天 (1)", "以后 (1)"]


def test_a_broken_promise_is_marked_and_told_in_days(page):
    line = page.open_table.lines()[1]
    assert line.late
    assert line.values[0] == "过了 2 天"
    assert line.values[1] == "! 李总"


def test_headings_are_stepped_over(page):
    assert page.open_table.selected()[0].values[1] == "! 李总"
    QTest.keyClick(page.open_table, Qt.Key.Key_J)
    assert page.open_table.selected()[0].values[1] == "小赵便利店"
    QTest.keyClick(page.open_table, Qt.Key.Key_K)
    assert page.open_table.selected()[0].values[1] == "! 李总"


def test_a_note_completes_and_goes_on(page, desk, ledger, write):
    write(page.note.edit, "发了")
    QTest.keyClick(page.note.edit, Qt.Key.Key_Return)
    assert "过了 (1)" not in _headings(page)
    assert page.open_table.selected()[0].values[1] == "小赵便利店"
    assert page.note.text() == ""
    assert _days(desk, ledger.li) == [date(2026, 12, 7)]


def test_several_are_completed_in_one_step(page, desk, ledger):
    _select(page, ledger.li, ledger.zhao)
    QTest.keyClick(page.open_table, Qt.Key.Key_D)
    assert _headings(page) == ["以后 (1)"]
    desk.undo()
    assert _headings(page) == ["过了 (1)", "今天 (1)", "以后 (1)"]


def test_several_are_moved_to_a_day(page, desk, ledger):
    _select(page, ledger.li, ledger.zhao)
    page._move.fill()
    page._move.drop.actions()[0].trigger()
    assert _days(desk, ledger.li) == _days(desk, ledger.zhao) == [TODAY + timedelta(days=1)]


def test_several_are_spread_over_days(page, desk, ledger, prompts):
    def play(dialog):
        dialog._per_day.setValue(1)
        dialog.accept()

    prompts.on_run = play
    _select(page, ledger.li, ledger.zhao, ledger.qian)
    QTest.keyClick(page.open_table, Qt.Key.Key_S)
    days = {_days(desk, who)[0] for who in (ledger.li, ledger.zhao, ledger.qian)}
    assert days == {TODAY + timedelta(days=n) for n in (1, 2, 3)}


def test_one_key_deletes_the_marked_ones_and_undo_brings_them_back(page, desk, ledger):
    _select(page, ledger.zhao, ledger.qian)
    QTest.keyClick(page.open_table, Qt.Key.Key_Delete)
    assert desk.read(history.undo_name).code == "delete_follow_ups"
    assert _headings(page) == ["过了 (1)"]
    desk.undo()
    assert _headings(page) == ["过了 (1)", "今天 (1)", "以后 (1)"]


def test_one_key_stops_following(page, desk, ledger):
    _select(page, ledger.zhao)
    QTest.keyClick(page.open_table, Qt.Key.Key_X)
    assert _days(desk, ledger.zhao) == []
    assert desk.read(history.undo_name).code == "stop_following"


def test_enter_opens_the_customer(page, desk, ledger, qtbot):
    with qtbot.waitSignal(desk.customer_wanted) as told:
        QTest.keyClick(page.open_table, Qt.Key.Key_Return)
    assert told.args == [ledger.li]


def test_the_log_shows_what_was_said(page, desk, ledger, write):
    write(page.note.edit, "发了")
    QTest.keyClick(page.note.edit, Qt.Key.Key_Return)
    page._modes.button(1).click()
    assert page._stack.currentWidget() is page.done_table
    first = page.done_table.lines()[0]
    assert first.values[1] == "李总"
    assert first.values[4] == "发了"
    assert page._complete.isHidden()
    assert len(page.done_table.lines()) == len(desk.read(interactions.list_interactions, 100))


def test_an_empty_calendar_is_one_sentence_and_one_button(desk, qtbot, settle):
    made = FollowUpsPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert made._empty.sentence.text() == "没有待跟进的。"
    with qtbot.waitSignal(desk.page_wanted):
        made._empty.button.click()


def test_presenting_hides_the_tiers(page, desk, settle):
    desk.set_presenting(True)
    settle()
    assert page.open_table.isColumnHidden(2)
