"""A plan moves step by step, waits once somebody answers, and is counted by its orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.plan import (
    AGAIN_AFTER,
    ANSWERED,
    BY_HAND,
    DONE,
    ENDED,
    MOST_TRIES,
    NOT_REACHED,
    ORDERED,
    OWED_DAYS,
    PAUSED,
    RUNNING,
    STOPPED,
    Heard,
    Plan,
    PlanRun,
    PlanStep,
    advance,
    begin,
    ordered_on,
    rates,
    resume,
    wanted_on,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9)
PLAN = Plan("新客户培育", (PlanStep(1, "wechat", "发价目表"), PlanStep(3, "call", "问看了没有")), "new_lead")


def at_first_step() -> PlanRun:
    return replace(begin(PLAN, 7, NOW), follow_up_id=5)


def test_the_next_step_is_wanted_so_many_days_after_the_former_was_done() -> None:
    run = begin(PLAN, 7, NOW)
    assert (run.wants_step, wanted_on(run, TODAY)) == (True, TODAY + timedelta(days=1))
    done = advance(at_first_step(), Heard(done_on=TODAY + timedelta(days=4)), TODAY + timedelta(days=5))
    assert (done.place, done.follow_up_id, done.state) == (1, None, RUNNING)
    assert wanted_on(done, TODAY + timedelta(days=5)) == TODAY + timedelta(days=7)
    assert wanted_on(done, TODAY + timedelta(days=30)) == TODAY + timedelta(days=30)  # never in the past


def test_a_step_that_was_deleted_is_left_out() -> None:
    assert advance(at_first_step(), Heard(gone=True), TODAY).place == 1


def test_who_was_not_reached_is_tried_again_three_times_and_then_left_to_the_user() -> None:
    run, day = at_first_step(), TODAY
    for tried in range(1, MOST_TRIES):
        run = advance(run, Heard(done_on=day, missed=True), day)
        assert (run.state, run.place, run.tries, run.wants_step) == (RUNNING, 0, tried, True)
        assert wanted_on(run, day) == day + timedelta(days=AGAIN_AFTER)
        run, day = replace(run, follow_up_id=5 + tried), day + timedelta(days=AGAIN_AFTER)
    waits = advance(run, Heard(done_on=day, missed=True), day)
    assert (waits.state, waits.why, waits.place, waits.follow_up_id) == (PAUSED, NOT_REACHED, 0, None)
    assert resume(waits, NOW).tries == 0
    reached = advance(run, Heard(done_on=day), day)
    assert (reached.state, reached.place, reached.tries) == (RUNNING, 1, 0)


def test_an_answer_lets_it_wait_at_the_step_it_stood_at() -> None:
    run = advance(at_first_step(), Heard(answered=True), TODAY)
    assert (run.state, run.why, run.place, run.follow_up_id) == (PAUSED, ANSWERED, 0, None)
    assert advance(run, Heard(answered=True, done_on=TODAY), TODAY) == run  # until somebody says how it goes on
    on = resume(run, NOW + timedelta(days=2))
    assert (on.state, on.why, on.from_on) == (RUNNING, "", TODAY + timedelta(days=2))


def test_an_answer_to_a_step_waits_before_the_next_and_to_the_last_one_ends_it() -> None:
    first = advance(at_first_step(), Heard(answered=True, done_on=TODAY), TODAY)
    assert (first.state, first.place) == (PAUSED, 1)
    last = advance(replace(at_first_step(), place=1), Heard(ordered=True, done_on=TODAY), TODAY)
    assert (last.state, last.why) == (ENDED, ORDERED)
    silent = advance(replace(at_first_step(), place=1), Heard(done_on=TODAY), TODAY)
    assert (silent.state, silent.why) == (ENDED, DONE)


def test_whom_one_follows_no_more_leaves_the_plan_also_while_it_waits() -> None:
    waiting = replace(at_first_step(), state=PAUSED, why=BY_HAND)
    assert advance(waiting, Heard(stopped=True), TODAY).why == STOPPED


def test_a_plan_has_at_least_one_step() -> None:
    with pytest.raises(ValueError, match="one step"):
        begin(Plan("空", ()), 7, NOW)


def test_an_order_is_owed_to_it_from_the_day_after_its_beginning_to_a_month_after_its_end() -> None:
    run = begin(PLAN, 7, NOW)
    assert ordered_on(run, [TODAY], TODAY + timedelta(days=9)) is None  # it may have been there before
    assert ordered_on(replace(run, why=ORDERED), [TODAY], TODAY) == TODAY
    ended = replace(run, state=ENDED, why=DONE, changed_on=TODAY + timedelta(days=5))
    last = TODAY + timedelta(days=5 + OWED_DAYS)
    assert ordered_on(ended, [last], last) == last
    assert ordered_on(ended, [last + timedelta(days=1)], last + timedelta(days=9)) is None


def test_a_plan_is_counted_by_what_became_of_its_runs() -> None:
    run = begin(PLAN, 7, NOW)
    runs = [run, replace(run, customer_id=8, state=PAUSED), replace(run, customer_id=9, state=ENDED, changed_on=TODAY)]
    found = rates(runs, {9: [TODAY + timedelta(days=3)]}, TODAY + timedelta(days=10))["new_lead"]
    assert (found.begun, found.ordered, found.running, found.paused) == (3, 1, 1, 1)


HEARD = st.builds(
    Heard,
    answered=st.booleans(),
    ordered=st.booleans(),
    stopped=st.booleans(),
    done_on=st.none() | st.just(TODAY),
    gone=st.booleans(),
)


@given(st.lists(HEARD, max_size=8), st.integers(1, 5))
def test_whatever_is_heard_it_stands_at_a_step_waits_or_has_ended_for_a_reason(heard: list[Heard], count: int) -> None:
    run = begin(Plan("x", tuple(PlanStep(number) for number in range(count)), id=3), 7, NOW)
    for number, one in enumerate(heard):
        before = run
        run = advance(replace(run, follow_up_id=number) if run.wants_step else run, one, TODAY)
        assert run.place >= before.place
        assert (run.state == RUNNING) == (run.why == "")
        assert run.state == ENDED or run.step is not None
        assert run.state == RUNNING or run.follow_up_id is None
        assert advance(run, Heard(), TODAY) == run  # nothing new, nothing moves
