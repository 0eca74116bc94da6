"""The ready plans, their sentences, and what is said of one that runs, waits or ended."""

from __future__ import annotations

from datetime import date
from typing import Final

from crmdesk.domain.plan import (
    ANSWERED,
    BY_HAND,
    DONE,
    ENDED,
    NOT_REACHED,
    ORDERED,
    PAUSED,
    STOPPED,
    Plan,
    PlanRate,
    PlanRun,
    PlanStep,
)
from crmdesk.i18n import _, ngettext, translatable
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing

# By code its name, then days after the step before, how, and what to do.
_READY: Final[dict[str, tuple[str, tuple[tuple[int, str, str], ...]]]] = {
    "new_lead": (
        translatable("New lead"),
        (
            (1, "wechat", translatable("Send the price list and what sells best")),
            (3, "call", translatable("Ask whether they looked, and what they could use")),
            (7, "wechat", translatable("Send how a shop like theirs uses it")),
            (14, "visit", translatable("Bring samples, agree on a first order")),
        ),
    ),
    "after_quote": (
        translatable("After a quote"),
        (
            (2, "call", translatable("Ask whether they read the quote, and what does not fit")),
            (5, "wechat", translatable("Send how customers like them decided")),
            (10, "call", translatable("Ask when they decide, and who does")),
        ),
    ),
    "second_purchase": (
        translatable("Second purchase"),
        (
            (3, "call", translatable("Ask how the first order went")),
            (10, "wechat", translatable("Send what goes well with it")),
            (20, "call", translatable("Ask how much is left, and whether new shall come")),
        ),
    ),
    "asleep": (
        translatable("Gone quiet"),
        (
            (0, "call", translatable("Ask how they are, and who they buy from now")),
            (7, "wechat", translatable("Send what is new")),
            (21, "visit", translatable("Call on them with samples")),
        ),
    ),
}
_WAITS: Final = {
    ANSWERED: translatable("{name} answered: the plan waits"),
    ORDERED: translatable("{name} ordered: the plan waits"),
    NOT_REACHED: translatable("{name} was not reached three times: the plan waits"),
    BY_HAND: translatable("The plan waits"),
}
_OVER: Final = {
    ANSWERED: translatable("ended with an answer"),
    ORDERED: translatable("ended with an order"),
    DONE: translatable("all steps done"),
    STOPPED: translatable("ended: no longer followed"),
    BY_HAND: translatable("ended by you"),
}


def ready_plans() -> tuple[Plan, ...]:
    """The plans that come with the program, in the current language: what is begun keeps those words."""
    return tuple(
        Plan(_(name), tuple(PlanStep(after, kind, _(text)) for after, kind, text in steps), code)
        for code, (name, steps) in _READY.items()
    )


def step_text(step: PlanStep) -> str:
    """What to do: "Call: ask how they are"."""
    how = label("interaction", step.kind)
    return _("{kind}: {told}").format(kind=how, told=step.text) if step.text else how


def steps_text(plan: Plan) -> str:
    """How long it is: "4 steps in 25 days"."""
    count = len(plan.steps)
    told = ngettext("{count} step in {days}", "{count} steps in {days}", count)
    return told.format(count=count, days=formats.days(plan.days))


def after_text(step: PlanStep, *, first: bool) -> str:
    """When a step comes: "after 3 days", of the first "on the first day"."""
    if not step.after:
        return _("on the first day") if first else _("on the same day")
    return _("after {days}").format(days=formats.days(step.after))


def run_text(run: PlanRun, due_on: date | None, name: str, today: date) -> str:
    """Where a plan stands with a customer: "New lead, step 2 of 4 · 11-25 Call: ask"."""
    if run.state == PAUSED:
        return _(_WAITS.get(run.why, _WAITS[BY_HAND])).format(name=name)
    if run.state == ENDED or run.step is None:
        day = formats.short_day(run.changed_on, today) if run.changed_on else ""
        return " · ".join(part for part in (run.name, _(_OVER.get(run.why, _OVER[DONE])), day) if part)
    where = _("{plan}, step {place} of {count}").format(plan=run.name, place=run.place + 1, count=len(run.steps))
    if run.tries:
        where = _("{step}, not reached yet").format(step=where)
    when = formats.short_day(due_on, today) if due_on else ""
    return " · ".join((where, " ".join(part for part in (when, step_text(run.step)) if part)))


def rate_text(rate: PlanRate | None) -> str:
    """What became of a plan: "begun 12 times, 4 ordered, 5 under way"; "" where it never was begun."""
    if rate is None or not rate.begun:
        return ""
    told = one_thing(_("begun {count} times, {ordered} ordered").format(count=rate.begun, ordered=rate.ordered))
    open_ones = [(rate.running, _("{count} under way")), (rate.paused, _("{count} waiting for your word"))]
    return " · ".join([told, *(text.format(count=count) for count, text in open_ones if count)])
