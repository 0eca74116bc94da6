"""培育计划: keeping plans, starting one with customers, letting it wait, go on or end, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.plan import (
    BY_HAND,
    ENDED,
    MOST_STEPS,
    PAUSED,
    RUNNING,
    Heard,
    Plan,
    PlanRate,
    PlanRun,
    advance,
    begin,
    ordered_on,
    wanted_on,
)
from crmdesk.domain.plan import rates as rates_of
from crmdesk.domain.plan import resume as resumed
from crmdesk.domain.spread import SUNDAY
from crmdesk.operations.naming import write_named
from crmdesk.operations.today import DAILY_CAP
from crmdesk.words.plans import ready_plans

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = [
    "OnRun",
    "RunState",
    "delete_plan",
    "end_plan",
    "keep_plan",
    "list_plans",
    "list_runs",
    "next_planned",
    "pause_plan",
    "plan_rates",
    "resume_plan",
    "runs_of",
    "start_plan",
    "startable",
]


OnRun = Callable[["Database", int], Changes]
"""Something that is done to a run, by its id."""


@dataclass(frozen=True, slots=True)
class RunState:
    """A plan with a customer: when its step is due (None: no step is open), and the day of an order owed to it."""

    run: PlanRun
    due_on: date | None = None
    came_on: date | None = None


def list_plans(db: Database) -> tuple[Plan, ...]:
    """The ready plans in the language of the reader, each as the user changed it; then the user's own."""
    from crmdesk.storage import plans

    with db.raw_read() as raw:
        kept = plans.plans(raw)
    changed = {plan.ready: plan for plan in kept if plan.ready}
    ready = [changed.get(plan.ready, plan) for plan in ready_plans()]
    return (*ready, *(plan for plan in kept if not plan.ready))


def plan_rates(db: Database) -> dict[str, PlanRate]:
    """By plan (its `key`) how often it was begun, and how many of those ordered."""
    from crmdesk.storage import plans

    with db.raw_read() as raw:
        runs = plans.runs(raw)
        bought = plans.bought_since(raw) if runs else {}
    return rates_of(runs, bought, db.clock.today())


def runs_of(db: Database, customer_id: int) -> tuple[RunState, ...]:
    """The plans with a customer, the newest first."""
    return _states(db, customer_id)


def list_runs(db: Database) -> tuple[RunState, ...]:
    """What waits for a word, then what is under way, with everybody; what ended is left out."""
    found = [state for state in _states(db, None) if state.run.state != ENDED]
    return tuple(sorted(found, key=lambda state: (state.run.state != PAUSED, state.due_on or date.max)))


def startable(db: Database, customers: Collection[int]) -> list[int]:
    """With whom of these a plan can be started: one follows them, and none is under way."""
    from crmdesk.storage import plans

    with db.raw_read() as raw:
        return plans.startable(raw, customers)


def next_planned(db: Database, customer_id: int, completes: int | None) -> date | None:
    """The day a plan asks for next, once the follow-up `completes` is done and nobody answered; None without one."""
    from crmdesk.storage import plans

    today = db.clock.today()
    with db.raw_read() as raw:
        going = [run for run, _heard in plans.heard(raw, [customer_id]) if run.state == RUNNING]
        due = plans.due_days(raw, [run.follow_up_id for run in going if run.follow_up_id is not None])
    days = []
    for run in going:
        if run.follow_up_id != completes:
            days.append(due.get(run.follow_up_id or 0))
            continue
        after = advance(run, Heard(done_on=today), today)
        days.append(wanted_on(after, today) if after.state == RUNNING else None)
    known = min((day for day in days if day is not None), default=None)
    # As the step is written: shops are shut on Sundays.
    return known + timedelta(days=1) if known is not None and known > today and known.weekday() == SUNDAY else known


def start_plan(db: Database, plan: Plan, customers: Collection[int], cap: int = DAILY_CAP) -> Changes:
    """Start a plan with customers, in one step; its first steps take at most `cap` a day beside what is due already.

    Who is followed no more, or is in a plan, is left out. Raises Refused("plan_for_nobody") where nobody is left.
    """
    from crmdesk.operations.plan_steps import give_steps
    from crmdesk.storage import customers as kept
    from crmdesk.storage import plans
    from crmdesk.storage.rows import insert_rows

    chosen = startable(db, customers)
    if not chosen:
        raise Refused("plan_for_nobody")
    with db.read() as connection:
        names = kept.names(connection, chosen)
    now = db.clock.now()
    with write_named(db, "start_plan", "start_plan_many", names) as step:
        runs = [
            replace(begin(plan, one, now), id=new) for one, new in zip(chosen, step.new_ids(len(chosen)), strict=True)
        ]
        rows = [plans.columns(run) for run in runs]
        insert_rows(step.raw, "plan_runs", tuple(rows[0]), (tuple(row.values()) for row in rows))
        plans.write_runs(step.raw, give_steps(step, runs, now.date(), cap))
        step.made(runs[0].id)
    return step.changes


def pause_plan(db: Database, run_id: int) -> Changes:
    """Let it wait; its open step is taken away. Raises Refused("no_such_plan_run")."""
    today = db.clock.today()
    return _change(db, run_id, "pause_plan", lambda run: _halted(run, PAUSED, today), RUNNING)


def end_plan(db: Database, run_id: int) -> Changes:
    """End it; its open step is taken away. Raises Refused("no_such_plan_run")."""
    today = db.clock.today()
    return _change(db, run_id, "end_plan", lambda run: _halted(run, ENDED, today), RUNNING, PAUSED)


def resume_plan(db: Database, run_id: int) -> Changes:
    """Let it go on with the step it stands at, from today. Raises Refused("no_such_plan_run")."""
    now = db.clock.now()
    return _change(db, run_id, "resume_plan", lambda run: resumed(run, now), PAUSED)


def keep_plan(db: Database, plan: Plan) -> Changes:
    """Keep a new plan, or one that was changed; a ready one then stands as it was changed. `new_id` names a new one.

    Those under way go on as they were begun. Raises Refused("plan_without_name"), ("plan_without_steps").
    """
    from crmdesk.storage import plans, rows, schema

    plan = replace(plan, name=plan.name.strip())
    if not plan.name:
        raise Refused("plan_without_name")
    if not 0 < len(plan.steps) <= MOST_STEPS:
        raise Refused("plan_without_steps", most=MOST_STEPS)
    if plan in list_plans(db):
        return Changes()
    with db.write("keep_plan", name=plan.name) as step:
        if plan.id:
            rows.update(step, schema.plans, plan.id, **plans.plan_columns(plan))
        else:
            step.made(rows.insert(step, schema.plans, **plans.plan_columns(plan)))
    return step.changes


def delete_plan(db: Database, plan_id: int) -> Changes:
    """Delete an own plan, or give a ready one its own steps back; those under way go on. Refused("no_such_plan")."""
    from crmdesk.storage import rows, schema

    plan = next((one for one in list_plans(db) if one.id == plan_id and plan_id), None)
    if plan is None:
        raise Refused("no_such_plan")
    with db.write("delete_plan", name=plan.name) as step:
        rows.delete(step, schema.plans, plan_id)
    return step.changes


def _halted(run: PlanRun, state: str, today: date) -> PlanRun:
    return replace(run, state=state, why=BY_HAND, follow_up_id=None, changed_on=today)


def _change(db: Database, run_id: int, name: str, move: Callable[[PlanRun], PlanRun], *states: str) -> Changes:
    """Move a run as one step; nothing where it is in none of `states`, or stands so already."""
    from crmdesk.operations.plan_steps import give_steps
    from crmdesk.storage import customers, plans, rows, schema

    with db.raw_read() as raw:
        run = plans.get_run(raw, run_id)
    if run is None:
        raise Refused("no_such_plan_run")
    after = move(run) if run.state in states else run
    if after == run:
        return Changes()
    with db.read() as connection:
        called = customers.name(connection, run.customer_id)
    with db.write(name, name=called) as step:
        if run.follow_up_id is not None:
            rows.delete(step, schema.follow_ups, run.follow_up_id)
        plans.write_runs(step.raw, give_steps(step, [after], db.clock.today(), DAILY_CAP))
    return step.changes


def _states(db: Database, customer: int | None) -> tuple[RunState, ...]:
    from crmdesk.storage import plans

    with db.raw_read() as raw:
        runs = plans.runs(raw, customer)
        bought = plans.bought_since(raw, customer) if runs else {}
        due = plans.due_days(raw, [run.follow_up_id for run in runs if run.follow_up_id is not None])
    today = db.clock.today()
    return tuple(
        RunState(run, due.get(run.follow_up_id or 0), ordered_on(run, bought.get(run.customer_id, ()), today))
        for run in runs
    )
