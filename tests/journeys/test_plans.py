"""A plan from the box to 今天 and to its end, through the window."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.gui.dialogs.plan_start import StartPlanForm
from crmdesk.gui.dialogs.plans import PlansDialog
from crmdesk.operations import customers, history, plans

TODAY = date(2026, 11, 22)


@pytest.fixture
def window(main_window):
    """The window with two customers."""
    for name in ("王姐超市", "李总"):
        main_window.desk.announce(customers.add_customer(main_window.desk.database, Customer(name=name)))
    QTest.qWait(200)
    return main_window


def test_a_plan_is_started_for_the_list_comes_into_today_and_waits_for_an_answer(window, prompts):
    desk = window.desk
    before = history.logical_dump(desk.database)

    def start(dialog) -> None:
        if isinstance(dialog, PlansDialog):
            dialog.mark(3)
            dialog._act_on_marked()
        elif isinstance(dialog, StartPlanForm):
            dialog._group.setCurrentIndex(dialog._group.count() - 1)
            dialog.accept()

    prompts.on_run = start
    window.actions_table["plans"].trigger()
    assert len(plans.list_runs(desk.database)) == 2
    today = window.show_place("today")
    QTest.qWait(200)
    reasons = [item.reason.values["summary"] for item in today.list.items()]
    assert reasons == ["问近况，现在从谁家拿货"] * 2
    today.card.note._outcomes.button(1).click()
    today.card.note.save()
    QTest.qWait(200)
    assert [state.run.state for state in plans.list_runs(desk.database)] == ["paused", "running"]
    assert len(today.list.items()) == 1
    desk.undo()
    desk.undo()
    assert history.logical_dump(desk.database) == before
