"""When to be in touch again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.gui.pages.next_date import LONGEST_DAYS, NextDate, next_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("outcome", "days"), [("", 15), ("interested", 3), ("wait", 15), ("not_reached", 1), ("won", 30)]
)
def test_each_outcome_proposes_its_day(outcome, days):
    assert next_day(outcome, TODAY) == TODAY + timedelta(days=days)


def test_a_proposed_day_is_no_sunday():
    assert {next_day("", date(2026, 11, day)).weekday() for day in range(1, 29)} == set(range(6))


def test_a_stop_proposes_no_day():
    assert next_day("stop", TODAY) is None


@pytest.mark.parametrize(("rhythm", "days"), [(36, 36), (2, 8), (400, LONGEST_DAYS)])
def test_after_a_sale_the_customers_own_rhythm_counts_within_reason(rhythm, days):
    assert next_day("won", TODAY, rhythm) == TODAY + timedelta(days=days)


def test_a_day_of_ones_own_is_not_proposed_away(desk, qtbot):
    button = NextDate(desk, None)
    qtbot.addWidget(button)
    button.choose(date(2026, 12, 1))
    button.propose(date(2026, 12, 24))
    assert button.day() == date(2026, 12, 1)
    button.propose(date(2026, 12, 24), anew=True)
    assert button.day() == date(2026, 12, 24)


def test_the_menu_offers_the_usual_days_a_calendar_and_none(desk, prompts, qtbot):
    button = NextDate(desk, None)
    qtbot.addWidget(button)
    button.fill()
    texts = [action.text() for action in button.drop.actions()]
    assert "明天" in texts[0]
    assert "11-23 星期一" in texts[0]
    assert texts[-1] == "不约下次"
    button.drop.actions()[1].trigger()
    assert button.day() == date(2026, 11, 25)
    prompts.answers = [date(2027, 1, 5)]
    next(action for action in button.drop.actions() if action.text() == "选个日子…").trigger()
    assert button.day() == date(2027, 1, 5)
    button.drop.actions()[-1].trigger()
    assert button.day() is None
    assert button.text() == "不约"
