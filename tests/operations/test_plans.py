"""培育计划: step by step into 今天, waiting once somebody answers, taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.plan import Plan, PlanStep
from crmdesk.operations.duplicates import merge
from crmdesk.operations.follow_ups import (
    add_follow_up,
    complete,
    complete_many,
    delete_follow_up,
    follow_again,
    list_follow_ups,
    stop_following,
)
from crmdesk.operations.history import logical_dump
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.orders import add_order
from crmdesk.operations.plans import (
    delete_plan,
    end_plan,
    keep_plan,
    list_plans,
    list_runs,
    next_planned,
    pause_plan,
    plan_rates,
    resume_plan,
    runs_of,
    start_plan,
    startable,
)
from crmdesk.operations.today import plan_ahead, today_plan
from crmdesk.storage.database import Database
from crmdesk.storage.plans import strays
from crmdesk.words.phrases import say
from crmdesk.words.plans import rate_text, run_text, steps_text

TODAY = date(2026, 11, 22)
STEPS = (PlanStep(0, "wechat", "发价目表"), PlanStep(3, "call", "问看了没有"), PlanStep(7, "visit"))
PLAN = Plan("新客户培育", STEPS, "new_lead")
Fill = Callable[..., list[int]]
DEEDS = ("start", "done", "answered", "called", "deleted", "ordered", "pause", "resume", "end", "stop", "again")


@pytest.fixture
def customer(database: Database, fill: Fill) -> int:
    return fill(database, [("李总", "", [])])[0]


def open_steps(database: Database) -> list[FollowUp]:
    rows = list_follow_ups(database, "open")
    return [row.follow_up for row in rows if row.follow_up.origin == "plan"]


def test_each_step_comes_into_today_once_the_one_before_is_done(database: Database, customer: int) -> None:
    before = logical_dump(database)
    start_plan(database, PLAN, [customer])
    (first,) = open_steps(database)
    assert (first.due_on, first.kind, first.summary) == (TODAY, "wechat", "发价目表")
    [item] = today_plan(database).due
    assert say(item.reason) == "按计划：发价目表"
    complete(database, first.id)
    (second,) = open_steps(database)
    assert (second.due_on, second.summary) == (TODAY + timedelta(days=3), "问看了没有")
    (state,) = runs_of(database, customer)
    assert run_text(state.run, state.due_on, "李总", TODAY) == "新客户培育，第 2 步，共 3 步 · 11-25 电话：问看了没有"
    database.undo()
    database.undo()
    assert logical_dump(database) == before


def test_a_step_that_reached_nobody_comes_again_and_after_three_times_the_plan_waits(
    database: Database, customer: int
) -> None:
    start_plan(database, PLAN, [customer])
    (first,) = open_steps(database)
    before = logical_dump(database)
    said = Interaction(customer, datetime(2026, 11, 22, 9), outcome="not_reached")
    log_interaction(database, said, completes=first.id)
    (again,) = open_steps(database)
    assert (again.due_on, again.kind, again.summary) == (TODAY + timedelta(days=3), "wechat", "发价目表")
    (state,) = runs_of(database, customer)
    assert "第 1 步，共 3 步，还没联系上" in run_text(state.run, state.due_on, "李总", TODAY)
    for _try in range(2):
        log_interaction(database, said, completes=open_steps(database)[0].id)
    (state,) = runs_of(database, customer)
    assert run_text(state.run, state.due_on, "李总", TODAY) == "李总三次都没联系上，计划先停着"
    assert open_steps(database) == []
    for _try in range(3):
        database.undo()
    assert logical_dump(database) == before


def test_an_answer_lets_it_wait_in_the_same_step(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    before = logical_dump(database)
    changes = log_interaction(database, Interaction(customer, datetime(2026, 11, 22, 9), outcome="interested"))
    assert say(changes.name) == "记一笔 李总，计划先停着"
    assert open_steps(database) == []
    (state,) = runs_of(database, customer)
    assert run_text(state.run, None, "李总", TODAY) == "李总回了，计划先停着"
    database.undo()
    assert logical_dump(database) == before
    database.redo()
    resume_plan(database, state.run.id)
    (again,) = open_steps(database)
    assert again.summary == "发价目表"
    end_plan(database, state.run.id)
    assert open_steps(database) == []
    assert runs_of(database, customer)[0].run.state == "ended"


def test_somebody_who_was_not_reached_has_not_answered(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    complete(database, open_steps(database)[0].id, "not_reached")
    assert [one.summary for one in open_steps(database)] == ["发价目表"]


def test_a_day_nobody_chose_gives_way_to_the_plan_and_one_that_was_chosen_stays(
    database: Database, customer: int
) -> None:
    start_plan(database, PLAN, [customer])
    complete(database, open_steps(database)[0].id, next_on=TODAY + timedelta(days=30), proposed=True)
    assert [row.follow_up.origin for row in list_follow_ups(database, "open")] == ["plan"]
    complete(database, open_steps(database)[0].id, next_on=TODAY + timedelta(days=30))
    assert {row.follow_up.origin for row in list_follow_ups(database, "open")} == {"plan", "by_hand"}


def test_what_a_plan_asks_for_next_is_known_before(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    (first,) = open_steps(database)
    assert next_planned(database, customer, first.id) == TODAY + timedelta(days=3)
    assert next_planned(database, customer, None) == TODAY
    complete(database, first.id)
    (second,) = open_steps(database)
    complete(database, second.id)
    (third,) = open_steps(database)
    assert next_planned(database, customer, third.id) is None  # it is the last
    assert next_planned(database, customer, None) == third.due_on


def test_an_order_lets_it_wait_and_is_counted(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    changes = add_order(database, Order(customer, TODAY, amount=500_0000))
    assert say(changes.name) == "记下 李总 的订单，计划先停着"
    (state,) = runs_of(database, customer)
    assert (state.run.why, state.came_on) == ("ordered", TODAY)
    assert rate_text(plan_rates(database)["new_lead"]) == "开始过 1 次，下单 1 家 · 1 家等你定"


def test_a_return_is_no_answer(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    add_order(database, Order(customer, TODAY, amount=-500_0000))
    assert len(open_steps(database)) == 1


def test_what_comes_in_with_a_sheet_is_found_by_the_daily_plan(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    with database.write("import_sheets", file="") as step:
        order = (step.new_id(), customer, (TODAY + timedelta(days=1)).isoformat(), 500_0000)
        step.raw.execute("INSERT INTO orders (id, customer_id, ordered_on, amount) VALUES (?, ?, ?, ?)", order)
    plan_ahead(database)
    assert runs_of(database, customer)[0].run.why == "ordered"
    assert open_steps(database) == []
    assert not plan_ahead(database)


def test_an_older_note_written_down_late_is_no_answer(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    log_interaction(database, Interaction(customer, datetime(2026, 11, 20, 9), outcome="interested"))
    assert len(open_steps(database)) == 1


def test_it_ends_with_no_longer_followed(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    before = logical_dump(database)
    stop_following(database, [customer])
    assert (runs_of(database, customer)[0].run.why, open_steps(database)) == ("stopped", [])
    database.undo()
    assert logical_dump(database) == before
    log_interaction(database, Interaction(customer, datetime(2026, 11, 22, 9), outcome="stop"))
    assert runs_of(database, customer)[0].run.why == "stopped"
    with pytest.raises(Refused):
        start_plan(database, PLAN, [customer])


def test_first_steps_are_spread_by_the_daily_cap_beside_what_is_due(database: Database, fill: Fill) -> None:
    ids = fill(database, [(f"店{number}", "", []) for number in range(20)])
    for customer in ids[:2]:
        add_follow_up(database, FollowUp(customer, TODAY, summary="自己的"))
    start_plan(database, PLAN, ids, cap=8)
    days = [one.due_on for one in open_steps(database)]
    assert [days.count(TODAY + timedelta(days=ahead)) for ahead in range(3)] == [6, 8, 6]


def test_it_stands_in_the_place_of_what_the_program_had_planned(database: Database, customer: int) -> None:
    add_follow_up(database, FollowUp(customer, TODAY + timedelta(days=5), origin="cadence"))
    start_plan(database, PLAN, [customer])
    assert [row.follow_up.origin for row in list_follow_ups(database, "open")] == ["plan"]


def test_who_is_in_a_plan_is_not_taken_into_a_second(database: Database, fill: Fill) -> None:
    ids = fill(database, [("甲", "", []), ("乙", "", [])])
    start_plan(database, PLAN, ids[:1])
    start_plan(database, PLAN, ids)
    assert len(list_runs(database)) == 2
    with pytest.raises(Refused) as refused:
        start_plan(database, PLAN, ids)
    assert say(refused.value.phrase) == "他们都已经在计划里了，或者不再跟进。什么都没改。"


def test_steps_done_together_or_deleted_lead_to_the_next(database: Database, fill: Fill) -> None:
    ids = fill(database, [("甲", "", []), ("乙", "", []), ("丙", "", [])])
    start_plan(database, PLAN, ids)
    steps = {one.customer_id: one.id for one in open_steps(database)}
    complete_many(database, [steps[ids[0]], steps[ids[1]]])
    delete_follow_up(database, steps[ids[2]])
    assert [one.summary for one in open_steps(database)] == ["问看了没有"] * 3


def test_by_hand_it_waits_and_goes_on(database: Database, customer: int) -> None:
    start_plan(database, PLAN, [customer])
    (state,) = runs_of(database, customer)
    before = logical_dump(database)
    pause_plan(database, state.run.id)
    assert open_steps(database) == []
    assert not plan_ahead(database, cap=0)
    database.undo()
    assert logical_dump(database) == before
    assert not resume_plan(database, state.run.id)  # it goes on already


def test_a_ready_plan_that_is_changed_keeps_its_count_and_can_have_its_own_steps_back(
    database: Database, customer: int
) -> None:
    ready = list_plans(database)
    assert [steps_text(plan) for plan in ready] == ["4 步，25 天", "3 步，17 天", "3 步，33 天", "3 步，28 天"]
    start_plan(database, ready[0], [customer])
    keep_plan(database, replace(ready[0], name="新店", steps=(PlanStep(2, "call", "问好"),)))
    changed = list_plans(database)[0]
    assert (changed.name, changed.key) == ("新店", "new_lead")
    assert len(runs_of(database, customer)[0].run.steps) == 4  # what was begun goes on as it was begun
    assert plan_rates(database)[changed.key].begun == 1
    delete_plan(database, changed.id)
    assert list_plans(database) == ready
    made = keep_plan(database, Plan(" 回访 ", (PlanStep(30),))).new_id
    assert list_plans(database)[-1] == Plan("回访", (PlanStep(30),), id=made or 0)
    for broken in (Plan("", (PlanStep(1),)), Plan("空", ())):
        with pytest.raises(Refused):
            keep_plan(database, broken)


def test_an_undo_beside_a_later_step_leaves_no_step_without_its_plan(database: Database, fill: Fill) -> None:
    ids = fill(database, [("甲", "", []), ("乙", "", [])])
    start_plan(database, PLAN, ids[:1])
    merge(database, ids[1], ids[0])
    (state,) = runs_of(database, ids[1])
    assert state.due_on == TODAY
    with database.write("import_sheets", file="") as step:
        step.raw.execute("DELETE FROM plan_runs")
    plan_ahead(database)
    assert open_steps(database) == []


def test_of_two_who_are_one_only_one_plan_goes_on(database: Database, fill: Fill) -> None:
    ids = fill(database, [("甲", "", []), ("乙", "", [])])
    start_plan(database, PLAN, ids)
    kept = runs_of(database, ids[1])[0].run.id
    before = logical_dump(database)
    merge(database, ids[1], ids[0])
    assert [state.run.id for state in list_runs(database)] == [kept]
    assert {(state.run.id == kept, state.run.state) for state in runs_of(database, ids[1])} == {
        (True, "running"),
        (False, "ended"),
    }
    assert len(open_steps(database)) == 1
    database.undo()
    assert logical_dump(database) == before


def _deeds(database: Database, customer: int) -> dict[str, Callable[[], Changes | None]]:
    """What may happen with a customer, each as far as it is possible now."""

    def on_step(work: Callable[[int], Changes]) -> Changes | None:
        return next((work(one.id) for one in open_steps(database)), None)

    def on_run(work: Callable[[Database, int], Changes]) -> Changes | None:
        return next((work(database, state.run.id) for state in runs_of(database, customer)), None)

    def start() -> Changes | None:
        return start_plan(database, PLAN, [customer]) if startable(database, [customer]) else None

    now = database.clock.now()
    return {
        "start": start,
        "done": lambda: on_step(lambda one: complete(database, one)),
        "answered": lambda: on_step(lambda one: complete(database, one, "wait")),
        "called": lambda: log_interaction(database, Interaction(customer, now, outcome="interested")),
        "deleted": lambda: on_step(lambda one: delete_follow_up(database, one)),
        "ordered": lambda: add_order(database, Order(customer, TODAY, amount=500_0000)),
        "pause": lambda: on_run(pause_plan),
        "resume": lambda: on_run(resume_plan),
        "end": lambda: on_run(end_plan),
        "stop": lambda: stop_following(database, [customer]),
        "again": lambda: follow_again(database, customer),
    }


@given(st.lists(st.sampled_from(DEEDS), min_size=3, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_a_running_plan_has_its_one_step_and_all_of_it_is_taken_back(
    database: Database, customer: int, deeds: list[str]
) -> None:
    before, made = logical_dump(database), 0
    for deed in ("start", *deeds):
        made += bool(_deeds(database, customer)[deed]())
        running = [state.run for state in runs_of(database, customer) if state.run.state == "running"]
        assert [one.id for one in open_steps(database)] == [run.follow_up_id for run in running]
        with database.raw_read() as raw:
            assert strays(raw) == []
    for _step in range(made):
        database.undo()
    assert logical_dump(database) == before
