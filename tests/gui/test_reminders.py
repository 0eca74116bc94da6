"""到点了: told when the hour comes, once, and put off with a click."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.gui.dialogs.follow_up_form import FollowUpForm
from crmdesk.gui.reminders import Reminders
from crmdesk.gui.widgets.pieces import Elided
from crmdesk.operations import customers, follow_ups, reminders

DAY = date(2026, 11, 22)


class MovingClock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.at = datetime.combine(DAY, time(8))

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


@pytest.fixture
def desk(main_window):
    """The desk of the whole window."""
    return main_window.desk


@pytest.fixture
def clock_of_the_test(desk):
    desk.clock = MovingClock()
    return desk.clock


@pytest.fixture
def told(desk, clock_of_the_test, main_window) -> Reminders:
    return Reminders(desk, main_window)


def _plan(desk, name: str, at: time | None, day: date = DAY) -> int:
    whom = customers.add_customer(desk.database, Customer(name=name)).new_id
    due = FollowUp(whom, day, due_at=at, summary="报价")
    return follow_ups.add_follow_up(desk.database, due).new_id


def _look(told: Reminders, clock, at: datetime) -> None:
    clock.at = at
    told.look()


def _texts(told: Reminders) -> list[str]:
    return [row.name for row in told.notice.rows()] if told.notice is not None else []


def test_what_has_an_hour_is_told_when_it_comes_and_once(desk, told, clock_of_the_test) -> None:
    _plan(desk, "王姐超市", time(9))
    _plan(desk, "李总", None)
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 8, 59))
    assert told.notice is None
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9, 0))
    assert _texts(told) == ["王姐超市"]
    assert told.notice.isVisible()
    told.notice.show_rows(())
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9, 1))
    assert _texts(told) == []


def test_after_a_sleep_all_of_it_is_one_notice(desk, told, clock_of_the_test) -> None:
    _plan(desk, "王姐超市", time(9))
    _plan(desk, "李总", time(17))
    _plan(desk, "小赵便利店", time(8), date(2026, 11, 23))
    _look(told, clock_of_the_test, datetime(2026, 11, 23, 8, 30))
    assert _texts(told) == ["王姐超市", "李总", "小赵便利店"]
    assert told.notice._heading.text() == "到点了 3 件"


@pytest.mark.parametrize(
    ("choice", "until"),
    [(0, datetime(2026, 11, 22, 9, 10)), (1, datetime(2026, 11, 22, 10)), (2, datetime(2026, 11, 23, 9))],
)
def test_it_is_put_off_and_comes_again(desk, told, clock_of_the_test, choice, until) -> None:
    due = _plan(desk, "王姐超市", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    later = told.notice.findChild(object, "reminder_later")
    later.fill()
    later.drop.actions()[choice].trigger()
    assert _texts(told) == []
    assert not told.notice.isVisible()
    kept = follow_ups.get_follow_up(desk.database, due)
    assert datetime.combine(kept.due_on, kept.due_at) == until
    _look(told, clock_of_the_test, until)
    assert _texts(told) == ["王姐超市"]


def test_a_click_opens_the_customer(desk, told, clock_of_the_test, qtbot) -> None:
    _plan(desk, "王姐超市", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    with qtbot.waitSignal(desk.customer_wanted):
        told.open_told()
    with qtbot.waitSignal(desk.customer_wanted):
        told.notice.findChild(object, "reminder_open").click()
    assert not told.notice.isVisible()


def test_several_lead_to_today(desk, told, clock_of_the_test, qtbot) -> None:
    _plan(desk, "王姐超市", time(9))
    _plan(desk, "李总", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    with qtbot.waitSignal(desk.page_wanted) as asked:
        told.open_told()
    assert asked.args == ["today"]


def test_what_is_done_meanwhile_is_told_no_more(desk, told, clock_of_the_test) -> None:
    due = _plan(desk, "王姐超市", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    desk.act(lambda _: follow_ups.complete_many(desk.database, [due]))
    assert _texts(told) == []


def test_only_a_veiled_name_is_told_while_somebody_looks_on(desk, told, clock_of_the_test) -> None:
    _plan(desk, "王姐超市", time(9))
    desk.set_presenting(True)
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    assert [line.full() for line in told.notice.findChildren(Elided)] == ["王**"]


def test_what_it_is_about_goes_as_soon_as_somebody_looks_on(desk, told, clock_of_the_test, qtbot) -> None:
    _plan(desk, "王姐超市", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    desk.set_presenting(True)
    qtbot.waitUntil(lambda: [line.full() for line in told.notice.findChildren(Elided)] == ["王**"])


def test_what_cannot_be_put_off_now_is_still_told(desk, told, clock_of_the_test) -> None:
    due = _plan(desk, "王姐超市", time(9))
    _look(told, clock_of_the_test, datetime(2026, 11, 22, 9))
    desk.editable = False
    desk.editable_changed.emit(False)
    later = told.notice.findChild(object, "reminder_later")
    assert not later.isEnabled()
    later.fill()
    later.drop.actions()[0].trigger()
    assert _texts(told) == ["王姐超市"]
    assert follow_ups.get_follow_up(desk.database, due).due_at == time(9)


def test_the_form_sets_an_hour(desk, qtbot) -> None:
    whom = customers.add_customer(desk.database, Customer(name="王姐超市")).new_id
    form = FollowUpForm(FollowUp(whom, DAY), desk)
    qtbot.addWidget(form)
    assert form.follow_up().due_at is None
    form._hour.setCurrentText("15:30")
    assert form.follow_up().due_at == time(15, 30)


def test_only_hours_between_two_moments_are_found(desk) -> None:
    _plan(desk, "王姐超市", time(9))
    found = reminders.due_between(desk.database, datetime(2026, 11, 22, 9), datetime(2026, 11, 22, 10))
    assert found == []
