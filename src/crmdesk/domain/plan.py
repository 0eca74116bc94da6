"""培育计划: steps with one customer, each some days after the one before; once the customer answers it waits.

A run keeps its own copy of the steps: a plan that is edited later does not change what was begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from crmdesk.domain.interaction import InteractionKind, Outcome

READY: Final = ("new_lead", "after_quote", "second_purchase", "asleep")  # their words are in words.plans
RUNNING, PAUSED, ENDED = "running", "paused", "ended"
ANSWERED, ORDERED, BY_HAND, STOPPED, DONE = "answered", "ordered", "by_hand", "stopped", "done"
NOT_REACHED = "not_reached"
MOST_TRIES: Final = 3  # of a step; who was not reached so often is left to the user
AGAIN_AFTER: Final = 3  # days
ANSWERS: Final = frozenset({Outcome.WON.value, Outcome.INTERESTED.value, Outcome.WAIT.value})
OWED_DAYS: Final = 30  # an order so long after the last step is still counted; later it is hardly owed to the plan
MOST_STEPS: Final = 12
MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class PlanStep:
    """What to do so many days after the step before (the first: after the beginning)."""

    after: int
    kind: str = InteractionKind.CALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A named row of steps; `ready` is the code of the ready plan that it is, or took the place of."""

    name: str
    steps: tuple[PlanStep, ...]
    ready: str = ""
    id: int = 0

    @property
    def key(self) -> str:
        """What runs are counted by: a ready plan keeps its own under any name and in both languages."""
        return self.ready or str(self.id)

    @property
    def days(self) -> int:
        """From the beginning to the last step."""
        return sum(step.after for step in self.steps)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """A plan with one customer: at step `place` since `from_on`; what was heard after `heard_from` counts as an answer.

    `follow_up_id` is the open follow-up of that step; `why` says what made it pause or end, on `changed_on`; `tries`
    counts how often the step was tried and nobody reached.
    """

    customer_id: int
    plan: str
    name: str
    steps: tuple[PlanStep, ...]
    begun_at: datetime
    heard_from: datetime
    from_on: date
    place: int = 0
    follow_up_id: int | None = None
    state: str = RUNNING
    why: str = ""
    changed_on: date | None = None
    id: int = 0
    tries: int = 0

    @property
    def step(self) -> PlanStep | None:
        """The step it stands at; None after the last."""
        return self.steps[self.place] if self.place < len(self.steps) else None

    @property
    def wants_step(self) -> bool:
        """Whether its step has no follow-up yet."""
        return self.state == RUNNING and self.follow_up_id is None and self.step is not None


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known since: an answer, an order, 不再跟进; what became of the step's follow-up.

    `done_on` is the day it was done, `missed` that nobody was reached with it, `gone` that it was deleted.
    """

    answered: bool = False
    ordered: bool = False
    stopped: bool = False
    done_on: date | None = None
    gone: bool = False
    missed: bool = False


@dataclass(frozen=True, slots=True)
class PlanRate:
    """What became of a plan: how often it was begun, how many of those ordered, how many are under way or wait."""

    plan: str
    begun: int = 0
    ordered: int = 0
    running: int = 0
    paused: int = 0


def begin(plan: Plan, customer_id: int, now: datetime) -> PlanRun:
    """A plan as it starts. Raises ValueError without a step."""
    if not plan.steps:
        raise ValueError("a plan has at least one step")
    return PlanRun(customer_id, plan.key, plan.name, plan.steps, now, now, now.date())


def advance(run: PlanRun, heard: Heard, today: date) -> PlanRun:
    """Where a run stands after what was heard: the next step, waiting, or at its end. Unchanged where nothing was."""
    if run.state == ENDED:
        return run
    if heard.stopped:
        return replace(run, state=ENDED, why=STOPPED, follow_up_id=None, changed_on=today)
    if run.state == PAUSED:
        return run
    why = ORDERED if heard.ordered else ANSWERED if heard.answered else ""
    if run.follow_up_id is not None and (heard.done_on is not None or heard.gone):
        if heard.missed and not why:
            return _tried(run, heard.done_on or today, today)
        # A step that was deleted was not wanted: the plan goes on without it.
        run = replace(run, place=run.place + 1, from_on=heard.done_on or today, follow_up_id=None, tries=0)
    if run.step is None:
        return replace(run, state=ENDED, why=why or DONE, changed_on=today)
    if why:
        return replace(run, state=PAUSED, why=why, follow_up_id=None, changed_on=today)
    return run


def _tried(run: PlanRun, tried_on: date, today: date) -> PlanRun:
    """Nobody was reached: the same step comes again, until it was tried often enough."""
    run = replace(run, from_on=tried_on, follow_up_id=None, tries=run.tries + 1)
    return run if run.tries < MOST_TRIES else replace(run, state=PAUSED, why=NOT_REACHED, changed_on=today)


def resume(run: PlanRun, now: datetime) -> PlanRun:
    """A waiting run goes on from today; what was heard until now counts no more."""
    if run.state != PAUSED:
        return run
    return replace(run, state=RUNNING, why="", heard_from=now, from_on=now.date(), changed_on=now.date(), tries=0)


def wanted_on(run: PlanRun, today: date) -> date:
    """The day its step is wanted on, today at the earliest."""
    after = AGAIN_AFTER if run.tries else run.step.after if run.step is not None else 0
    return max(run.from_on + timedelta(days=after), today)


def ordered_on(run: PlanRun, bought: Sequence[date], today: date) -> date | None:
    """The first purchase that may be owed to a run; `bought` are the days of purchase, ascending.

    An order of the day it began was there before it, unless it is what made the run pause.
    """
    first = run.begun_at.date() + timedelta(days=int(run.why != ORDERED))
    last = today if run.state != ENDED or run.changed_on is None else run.changed_on + timedelta(days=OWED_DAYS)
    return next((day for day in bought if first <= day <= last), None)


def rates(runs: Iterable[PlanRun], bought: Mapping[int, Sequence[date]], today: date) -> dict[str, PlanRate]:
    """By plan what became of its runs."""
    counts: dict[str, list[int]] = {}
    for run in runs:
        tally = counts.setdefault(run.plan, [0, 0, 0, 0])
        tally[0] += 1
        tally[1] += ordered_on(run, bought.get(run.customer_id, ()), today) is not None
        tally[2] += run.state == RUNNING
        tally[3] += run.state == PAUSED
    return {plan: PlanRate(plan, *tally) for plan, tally in counts.items()}
