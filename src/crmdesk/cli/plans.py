"""`crmdesk plan`: nurture plans: what there is, with whom one is under way, starting and steering it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.cli.as_json import Json, day, print_json
from crmdesk.cli.listing import query_of
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.domain.plan import ENDED, Plan, PlanRate
from crmdesk.domain.query import CustomerQuery
from crmdesk.i18n import _
from crmdesk.operations import customers, listing, plans, views
from crmdesk.words.phrases import say_done
from crmdesk.words.plans import rate_text, run_text, steps_text

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.operations.files import Database


def run_plan_command(options: Namespace, clock: Clock) -> int:
    """`crmdesk plan WHAT [NAME]`: `list` the plans, `runs` what is under way, `start` one; `pause`, `resume`, `end`.

    JSON of `list`: `key, name, ready, steps[{after, kind, text}], begun, ordered, running, paused`; of `runs`:
    `id, customer, customer_name, plan, state, why, place, steps, due_on, begun_on, ordered_on`.
    """
    with opened(options.file, clock, read_only=options.what in ("list", "runs")) as db:
        return RUN[options.what](db, options)


def _list(db: Database, options: Namespace) -> int:
    rates = plans.plan_rates(db)
    found = plans.list_plans(db)
    if options.json:
        print_json([_plan_json(plan, rates.get(plan.key, PlanRate(plan.key))) for plan in found])
        return 0
    for plan in found:
        print("\t".join((plan.key, plan.name, steps_text(plan), rate_text(rates.get(plan.key)))))
    return 0


def _plan_json(plan: Plan, rate: PlanRate) -> Json:
    steps = [{"after": step.after, "kind": str(step.kind), "text": step.text or None} for step in plan.steps]
    counts = {"begun": rate.begun, "ordered": rate.ordered, "running": rate.running, "paused": rate.paused}
    return {"key": plan.key, "name": plan.name, "ready": bool(plan.ready), "steps": steps, **counts}


def _runs(db: Database, options: Namespace) -> int:
    today = db.clock.today()
    rows: list[Json] = []
    for state in plans.list_runs(db):
        run = state.run
        name = _name(db, run.customer_id)
        if not options.json:
            print("\t".join((str(run.customer_id), name, run_text(run, state.due_on, name, today))))
        rows.append(
            {
                "id": str(run.id),
                "customer": str(run.customer_id),
                "customer_name": name or None,
                "plan": run.plan,
                "state": run.state,
                "why": run.why or None,
                "place": run.place + 1,
                "steps": len(run.steps),
                "due_on": day(state.due_on),
                "begun_on": day(run.begun_at.date()),
                "ordered_on": day(state.came_on),
            }
        )
    if options.json:
        print_json(rows)
    return 0


def _start(db: Database, options: Namespace) -> int:
    plan = next((one for one in plans.list_plans(db) if options.plan in (one.key, one.name)), None)
    if plan is None:
        raise Refused("no_such_plan")
    return _tell(plans.start_plan(db, plan, _whom(db, options)))


def _whom(db: Database, options: Namespace) -> Sequence[int]:
    """Named customers, else those that the saved view and the filters both let through; never everybody unasked."""
    if options.customer:
        return [customers.get_customer(db, one).id for one in options.customer]
    asked = query_of(options)
    viewed = _view(db, options.view) if options.view else asked
    if not asked.filtered and not viewed.filtered:
        raise Refused("plan_with_whom")
    allowed = set(listing.customer_ids(db, asked))
    return [one for one in listing.customer_ids(db, viewed) if one in allowed]


def _view(db: Database, name: str) -> CustomerQuery:
    """Of a saved view. Raises Refused("no_such_view"): a slip in its name must not start with somebody else."""
    found = next((view.query for view in views.saved_views(db) if view.name == name), None)
    if found is None:
        raise Refused("no_such_view", view=name)
    return found


def _steer(work: plans.OnRun) -> Callable[[Database, Namespace], int]:
    def run(db: Database, options: Namespace) -> int:
        found = [one for one in options.customer for one in plans.runs_of(db, one) if one.run.state != ENDED]
        if not found:
            raise Refused("no_such_plan_run")
        for state in found:
            _tell(work(db, state.run.id))
        return 0

    return run


def _name(db: Database, customer_id: int) -> str:
    found = customers.get_customer(db, customer_id)
    return found.name or found.code


def _tell(changes: Changes) -> int:
    print(say_done(changes.name) if changes else _("Nothing to do"))
    return 0


RUN: Final[dict[str, Callable[[Any, Namespace], int]]] = {
    "list": _list,
    "runs": _runs,
    "start": _start,
    "pause": _steer(plans.pause_plan),
    "resume": _steer(plans.resume_plan),
    "end": _steer(plans.end_plan),
}
