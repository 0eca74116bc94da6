"""What ends is asked about in time, once for each end; a habit needs two pauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.renewal import AHEAD_DAYS, SUPPLY, Renewal, ask_on, due_for_asking, end_of, habit

TODAY = date(2026, 11, 22)
CONTRACT = Renewal(1, name="年度供货", ends_on=date(2026, 12, 31), notice_days=30)
FILTER = Renewal(1, SUPPLY, "滤芯", lasts_days=90, notice_days=7)


def test_a_contract_is_asked_about_so_many_days_before_its_end() -> None:
    end = end_of(CONTRACT, None)
    assert end == date(2026, 12, 31)
    assert ask_on(CONTRACT, end, TODAY) == date(2026, 12, 1)
    assert due_for_asking(CONTRACT, end, TODAY)


def test_nothing_is_asked_twice_for_one_end_nor_after_it_was_given_up() -> None:
    end = end_of(CONTRACT, None)
    assert not due_for_asking(replace(CONTRACT, asked_for=end), end, TODAY)
    assert not due_for_asking(replace(CONTRACT, closed_on=TODAY), end, TODAY)
    renewed = replace(CONTRACT, asked_for=end, ends_on=TODAY + timedelta(days=40))
    assert due_for_asking(renewed, end_of(renewed, None), TODAY)


def test_what_ended_long_ago_is_nobodys_surprise() -> None:
    old = replace(CONTRACT, ends_on=TODAY - timedelta(days=400))
    assert not due_for_asking(old, end_of(old, None), TODAY)


def test_a_supply_runs_out_so_many_days_after_its_last_purchase() -> None:
    assert end_of(FILTER, None) is None
    assert end_of(FILTER, date(2026, 9, 1)) == date(2026, 11, 30)
    noted = replace(FILTER, since_on=date(2026, 10, 1))
    assert end_of(noted, date(2026, 9, 1)) == date(2026, 12, 30)  # brought without an order since


def test_a_habit_needs_three_purchase_days() -> None:
    days = [TODAY - timedelta(days=age) for age in (200, 110, 20)]
    found = habit("滤芯", days)
    assert found is not None
    assert (found.usual, found.late(TODAY)) == (90, -70)
    assert habit("滤芯", days[:2]) is None


@given(notice=st.integers(0, 400), left=st.integers(-500, 500))
def test_the_day_of_asking_is_never_past_and_never_far_ahead(notice: int, left: int) -> None:
    renewal = replace(CONTRACT, ends_on=TODAY + timedelta(days=left), notice_days=notice)
    end = end_of(renewal, None)
    assert end is not None
    if due_for_asking(renewal, end, TODAY):
        assert TODAY <= ask_on(renewal, end, TODAY) <= TODAY + timedelta(days=AHEAD_DAYS)
