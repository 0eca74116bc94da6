"""Bringing plans up to what was heard: the next step becomes a follow-up, an answer makes the plan wait.

Part of the steps that log, sell and delete, so that one undo takes all of it back; what comes in another way (a sheet,
an older entry put right) is found by the daily plan.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.plan import MOST_DAYS, ORDERED, RUNNING, Heard, PlanRun, advance, wanted_on

if TYPE_CHECKING:
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = ["give_steps", "plan_steps", "plan_waits", "settle_plans"]

_FOLLOW_UP: Final = ("id", "customer_id", "due_on", "kind", "summary", "origin")
_NO_CAP: Final = 1_000_000  # one contact leads to one step: its day is the plan's own


def settle_plans(
    step: Step,
    customers: Collection[int] | None,
    today: date,
    heard: tuple[str, date] | None = None,
    cap: int = _NO_CAP,
) -> bool:
    """Bring the plans with these customers (None: with all) up to now; gives whether one of them still goes on.

    `heard`: ANSWERED or ORDERED and its day, where the step itself writes that down.
    """
    from crmdesk.storage import plans

    moved, running = [], False
    for before, known in plans.heard(step.raw, customers):
        after = advance(before, _with(known, heard, before.heard_from.date()), today)
        running |= after.state == RUNNING
        if after != before or after.wants_step:
            moved.append((before, after))
    _drop(step, [before.follow_up_id for before, after in moved if after.follow_up_id != before.follow_up_id])
    plans.write_runs(step.raw, give_steps(step, [after for _before, after in moved], today, cap))
    return running


def give_steps(step: Step, runs: Sequence[PlanRun], today: date, cap: int) -> list[PlanRun]:
    """Make the follow-ups that runs want, at most `cap` a day beside what is there; gives the runs with them."""
    from crmdesk.domain.cadence import Wish, schedule, working_days
    from crmdesk.storage import plans
    from crmdesk.storage import today as rows
    from crmdesk.storage.rows import insert_rows

    wanting = [run for run in runs if run.wants_step]
    if not wanting:
        return list(runs)
    plans.drop_planned(step.raw, [run.customer_id for run in wanting])
    wishes = [Wish(run.id, wanted_on(run, today), (place, 0), Origin.PLAN) for place, run in enumerate(wanting)]
    # Room for the last of them after its day, however many there are.
    ahead = MOST_DAYS + 2 + 2 * len(wanting) // max(cap, 1)
    load = {} if cap == _NO_CAP else rows.load_by_day(step.raw, today)
    days = schedule(wishes, load, working_days(today, ahead), cap)
    given = dict(zip((run.id for run in wanting), step.new_ids(len(wanting)), strict=True))
    made = [(given[run.id], *_row(run, days.get(run.id, wanted_on(run, today)))) for run in wanting]
    insert_rows(step.raw, "follow_ups", _FOLLOW_UP, made)
    return [replace(run, follow_up_id=given.get(run.id, run.follow_up_id)) for run in runs]


def plan_waits(db: Database, customer_id: int) -> bool:
    """Whether an answer or an order of the customer lets a plan wait."""
    from crmdesk.storage import plans

    with db.raw_read() as raw:
        return any(run.state == RUNNING for run, _known in plans.heard(raw, [customer_id]))


def plan_steps(db: Database, cap: int) -> Changes:
    """Bring every plan up to what came in since, and take away follow-ups that an undo left without their plan.

    A step of the program's own; running it again adds nothing.
    """
    from crmdesk.storage import plans

    today = db.clock.today()
    with db.raw_read() as raw:
        moved = [(run, advance(run, known, today)) for run, known in plans.heard(raw)]
        strays = plans.strays(raw)
    due = [run.customer_id for run, after in moved if after != run or after.wants_step]
    if not due and not strays:
        return Changes()
    with db.write("plan_steps", undoable=False, count=len(due) + len(strays)) as step:
        _drop(step, strays)
        settle_plans(step, due, today, cap=cap)
    return step.changes


def _with(known: Heard, heard: tuple[str, date] | None, since: date) -> Heard:
    if heard is None or heard[1] < since:  # written down late: it was said before the plan began
        return known
    return replace(known, ordered=True) if heard[0] == ORDERED else replace(known, answered=True)


def _row(run: PlanRun, day: date) -> tuple[int, str, str, str, str]:
    assert run.step is not None
    return run.customer_id, day.isoformat(), str(run.step.kind), run.step.text, str(Origin.PLAN)


def _drop(step: Step, follow_ups: Sequence[int | None]) -> None:
    """Take away what is still open; what was done stays in the log."""
    rows = [(one,) for one in follow_ups if one is not None]
    step.raw.executemany("DELETE FROM follow_ups WHERE id = ? AND done_on IS NULL", rows)
