"""补记: an evening's lines, written one below the other and kept as one step."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction, Said
from crmdesk.gui.dialogs.evening import ROWS, EveningDialog
from crmdesk.gui.log_flow import completing
from crmdesk.operations import customers, follow_ups, interactions

TODAY = date(2026, 11, 22)


def _write(widget, text) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


@pytest.fixture
def whom(desk) -> dict[str, int]:
    names = ("王姐超市", "李总", "小赵便利店")
    return {name: customers.add_customer(desk.database, Customer(name=name)).new_id for name in names}


@pytest.fixture
def table(desk, whom, qtbot) -> EveningDialog:
    made = EveningDialog(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _line(table, number: int, name: str, said: str) -> None:
    row = table.rows[number]
    row.customer.setFocus()
    _write(row.customer, name)
    QTest.keyClick(row.customer, Qt.Key.Key_Return)
    _write(row.text, said)
    QTest.keyClick(row.text, Qt.Key.Key_Return)


def test_five_lines_are_names_words_and_enter(table, whom) -> None:
    _line(table, 0, "王姐", "拜访，下周三再去")
    _line(table, 1, "李总", "要20箱")
    assert table.focusWidget() is table.rows[2].customer
    assert table.keep.text() == "记下 2 条"
    table.keep.click()
    first, second = table.lines
    said = first.interaction
    assert (said.customer_id, said.kind, first.next_on) == (whom["王姐超市"], "visit", date(2026, 11, 25))
    assert (second.interaction.summary, second.interaction.at) == ("要20箱", datetime(2026, 11, 22, 9))
    assert [line.proposed for line in table.lines] == [False, True]


def test_an_empty_line_proposes_no_day_and_is_not_kept(table) -> None:
    assert table.rows[0].next_date.day() is None
    assert not table.keep.isEnabled()
    assert table.keep.text() == "记下"


def test_there_is_always_a_line_more(table) -> None:
    for number in range(ROWS):
        _line(table, number, "李总", "好")
    assert len(table.rows) == ROWS + 1


def test_a_line_for_nobody_is_asked_for_and_nothing_is_kept_until_then(table) -> None:
    _line(table, 0, "王姐", "好")
    _line(table, 1, "查无此人", "好")
    table.keep.click()
    assert table.lines == []
    assert table._says.text() == "记给谁？输入名字"
    assert table.focusWidget() is table.rows[1].customer


def test_yesterdays_evening_is_yesterdays(table) -> None:
    _line(table, 0, "王姐", "好")
    table.day.setCurrentIndex(1)
    table.keep.click()
    assert table.lines[0].interaction.at.date() == date(2026, 11, 21)


def test_tomorrow_is_the_day_after_the_one_that_is_written_about(table) -> None:
    _line(table, 0, "王姐", "后天再去")
    assert table.rows[0].next_date.day() == date(2026, 11, 24)
    table.day.setCurrentIndex(1)
    _line(table, 1, "李总", "明天再去")
    assert [row.next_date.day() for row in table.rows[:2]] == [date(2026, 11, 23), TODAY]


def test_a_name_that_was_not_confirmed_is_asked_for_where_it_may_be_anothers(desk, whom, table) -> None:
    second = customers.add_customer(desk.database, Customer(name="王府饭店")).new_id
    row = table.rows[0]
    _write(row.customer, "王")
    _write(row.text, "好")
    table.keep.click()
    assert (table.lines, table._says.text()) == ([], "记给谁？输入名字")
    row.customer.setText("王府饭店")
    table.keep.click()
    assert [line.interaction.customer_id for line in table.lines] == [second]


def test_esc_throws_nothing_away_at_once(table) -> None:
    _line(table, 0, "王姐", "好")
    table.reject()
    assert table.isVisible()
    table.reject()
    assert not table.isVisible()


def test_a_line_completes_what_is_due_and_sets_the_next_once(desk, whom) -> None:
    wang = whom["王姐超市"]
    due = follow_ups.add_follow_up(desk.database, FollowUp(wang, TODAY)).new_id
    at, later = datetime(2026, 11, 22, 18), date(2026, 12, 1)
    lines = [Said(Interaction(wang, at, summary="上午没人"), date(2026, 11, 23)), Said(Interaction(wang, at), later)]
    kept = completing(desk.database, lines)
    assert [(one.completes, one.next_on) for one in kept] == [(due, None), (None, later)]


def test_a_line_for_yesterday_keeps_no_promise_of_today(desk, whom) -> None:
    wang = whom["王姐超市"]
    promised = FollowUp(wang, TODAY, summary="送样品", promise=True)
    due = follow_ups.add_follow_up(desk.database, promised).new_id
    yesterday, now = datetime(2026, 11, 21, 18), datetime(2026, 11, 22, 18)
    assert [one.completes for one in completing(desk.database, [Said(Interaction(wang, yesterday))])] == [None]
    assert [one.completes for one in completing(desk.database, [Said(Interaction(wang, now))])] == [due]


def test_a_day_that_was_chosen_goes_before_one_that_was_proposed(desk, whom) -> None:
    wang, at = whom["王姐超市"], datetime(2026, 11, 22, 18)
    chosen, usual = date(2026, 12, 2), date(2026, 11, 29)
    lines = [Said(Interaction(wang, at), chosen), Said(Interaction(wang, at), usual, proposed=True)]
    assert [one.next_on for one in completing(desk.database, lines)] == [chosen, None]


def test_a_name_with_a_chosen_day_is_a_line(table, whom) -> None:
    _line(table, 0, "王姐", "好")
    _line(table, 1, "李总", "")
    table.rows[1].next_date.choose(date(2026, 12, 1))
    assert table.keep.text() == "记下 2 条"
    table.reject()
    assert table.isVisible()
    table.keep.click()
    assert [(line.interaction.customer_id, line.next_on) for line in table.lines][1] == (
        whom["李总"],
        date(2026, 12, 1),
    )


def test_the_evening_is_one_step_from_today(main_window, prompts, qtbot) -> None:
    desk, seen = main_window.desk, []
    for name in ("王姐超市", "李总"):
        desk.act(lambda _, name=name: customers.add_customer(desk.database, Customer(name=name)), done=seen.append)

    def user(table) -> None:
        _line(table, 0, "王姐", "好")
        _line(table, 1, "李总", "不要")
        table.keep.click()

    prompts.on_run = user
    main_window.show_place("today")._evening.click()
    assert [row.interaction.summary for row in desk.read(interactions.list_interactions, 10)] == ["不要", "好"]
    main_window.actions_table["undo"].trigger()
    assert desk.read(interactions.list_interactions, 10) == []
