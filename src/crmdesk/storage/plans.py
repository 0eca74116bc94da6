"""Plans and those under way, with what was heard since and what was bought, on the raw driver."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.follow_up import Origin
from crmdesk.domain.interaction import Outcome
from crmdesk.domain.plan import ANSWERS, BY_HAND, ENDED, PAUSED, RUNNING, STOPPED, Heard, Plan, PlanRun, PlanStep
from crmdesk.storage.batches import IN_LIST, id_list

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_RUN: Final = """
    r.customer_id, r.plan, r.name, r.steps, r.begun_at, r.heard_from, r.from_on, r.place, r.follow_up_id, r.state,
    r.why, r.changed_on, r.id, r.tries
"""
_RUNS: Final = f"SELECT {_RUN} FROM plan_runs r WHERE {{which}} ORDER BY r.begun_at DESC, r.id DESC"  # noqa: S608
_ANSWERING: Final = ", ".join(f"'{outcome}'" for outcome in sorted(ANSWERS))
# Strictly later than what began or resumed it: what was written down in that very moment is told by who writes it.
_HEARD: Final = f"""
    SELECT {_RUN},
        EXISTS (SELECT 1 FROM interactions i
            WHERE i.customer_id = r.customer_id AND i.at > r.heard_from AND i.outcome IN ({_ANSWERING})),
        EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = r.customer_id AND o.counts AND o.amount > 0
            AND o.ordered_on > substr(r.heard_from, 1, 10)),
        c.stopped_on IS NOT NULL, f.done_on, r.follow_up_id IS NOT NULL AND f.id IS NULL,
        EXISTS (SELECT 1 FROM interactions m WHERE m.id = f.interaction_id AND m.outcome = '{Outcome.NOT_REACHED}')
    FROM plan_runs r JOIN customers c ON c.id = r.customer_id LEFT JOIN follow_ups f ON f.id = r.follow_up_id
    WHERE r.state IN ('{RUNNING}', '{PAUSED}') AND {{which}} ORDER BY r.id
"""  # noqa: S608 - our own words
_STRAYS: Final = f"""
    SELECT id FROM follow_ups WHERE done_on IS NULL AND NOT promise AND origin = '{Origin.PLAN}'
        AND id NOT IN (SELECT follow_up_id FROM plan_runs WHERE follow_up_id IS NOT NULL AND state = '{RUNNING}')
"""  # noqa: S608 - our own words
_BOUGHT: Final = """
    SELECT DISTINCT o.customer_id, substr(o.ordered_on, 1, 10) FROM orders o
    JOIN (SELECT customer_id, min(begun_at) AS since FROM plan_runs WHERE {which} GROUP BY customer_id) r
        ON r.customer_id = o.customer_id
    WHERE o.counts AND o.amount > 0 AND o.ordered_on >= substr(r.since, 1, 10) ORDER BY 1, 2
"""


def plans(raw: Raw) -> list[Plan]:
    """Those that the user made or changed, the oldest first."""
    rows = raw.execute("SELECT name, steps, ready, id FROM plans ORDER BY id").fetchall()
    return [Plan(name, _steps(steps), ready, number) for name, steps, ready, number in rows]


def runs(raw: Raw, customer: int | None = None) -> list[PlanRun]:
    """The plans with a customer (None: with all), the newest first."""
    which, values = ("1", ()) if customer is None else ("r.customer_id = ?", (customer,))
    return [_run(row) for row in raw.execute(_RUNS.format(which=which), values).fetchall()]


def get_run(raw: Raw, run_id: int) -> PlanRun | None:
    """One of them."""
    row = raw.execute(_RUNS.format(which="r.id = ?"), (run_id,)).fetchone()
    return _run(row) if row else None


def heard(raw: Raw, customers: Collection[int] | None = None) -> list[tuple[PlanRun, Heard]]:
    """What is under way or waits with these customers (None: with all), and what is known of each since."""
    if customers is None:
        rows = raw.execute(_HEARD.format(which="1")).fetchall()
    else:
        rows = raw.execute(_HEARD.format(which=f"r.customer_id {IN_LIST}"), (id_list(customers),)).fetchall()
    return [(_run(row[:14]), _heard(*row[14:])) for row in rows]


def strays(raw: Raw) -> list[int]:
    """The open follow-ups of plans that no run stands at, as after an undo beside a later step."""
    return [row[0] for row in raw.execute(_STRAYS).fetchall()]


def due_days(raw: Raw, follow_ups: Collection[int]) -> dict[int, date]:
    """By follow-up the day it is due on, of those that are open."""
    rows = raw.execute(
        f"SELECT id, due_on FROM follow_ups WHERE done_on IS NULL AND id {IN_LIST}",  # noqa: S608 - our own words
        (id_list(follow_ups),),
    ).fetchall()
    return {number: date.fromisoformat(day[:10]) for number, day in rows}


def bought_since(raw: Raw, customer: int | None = None) -> dict[int, list[date]]:
    """The days on which customers bought since their first plan began, ascending."""
    which, values = ("1", ()) if customer is None else ("customer_id = ?", (customer,))
    days: dict[int, list[date]] = {}
    for owner, day in raw.execute(_BOUGHT.format(which=which), values).fetchall():
        days.setdefault(owner, []).append(date.fromisoformat(day))
    return days


def startable(raw: Raw, customers: Collection[int]) -> list[int]:
    """Those of these customers whom one follows and who are in no plan, in the order given."""
    open_runs = f"SELECT customer_id FROM plan_runs WHERE state IN ('{RUNNING}', '{PAUSED}')"  # noqa: S608
    rows = raw.execute(
        f"SELECT id FROM customers WHERE stopped_on IS NULL AND id NOT IN ({open_runs}) AND id {IN_LIST}",  # noqa: S608
        (id_list(customers),),
    ).fetchall()
    free = {row[0] for row in rows}
    return [customer for customer in dict.fromkeys(customers) if customer in free]


def drop_planned(raw: Raw, customers: Collection[int]) -> None:
    """Take away what the program itself had planned with these customers: the plan stands in its place."""
    raw.execute(
        "DELETE FROM follow_ups WHERE done_on IS NULL AND NOT promise AND summary = ''"  # noqa: S608 - our own words
        f" AND origin IN ('{Origin.CADENCE}', '{Origin.WIN_BACK}') AND customer_id {IN_LIST}",
        (id_list(customers),),
    )


def stop(raw: Raw, customers: Collection[int], day: date) -> None:
    """End what is under way with customers one follows no more."""
    raw.execute(
        f"UPDATE plan_runs SET state = '{ENDED}', why = '{STOPPED}', follow_up_id = NULL, changed_on = ?"  # noqa: S608
        f" WHERE state IN ('{RUNNING}', '{PAUSED}') AND customer_id {IN_LIST}",
        (day.isoformat(), id_list(customers)),
    )


def end_second(raw: Raw, keep: int, other: int, day: date) -> None:
    """Before two customers become one: where both are in a plan, that of `keep` goes on, that of `other` ends."""
    if not heard(raw, [keep]):
        return
    ended = [run for run, _known in heard(raw, [other])]
    raw.executemany(
        "DELETE FROM follow_ups WHERE id = ? AND done_on IS NULL",
        [(run.follow_up_id,) for run in ended if run.follow_up_id is not None],
    )
    write_runs(raw, [replace(run, state=ENDED, why=BY_HAND, follow_up_id=None, changed_on=day) for run in ended])


def write_runs(raw: Raw, changed: Iterable[PlanRun]) -> None:
    """Write what can change of a run over the ones of their ids."""
    raw.executemany(
        "UPDATE plan_runs SET heard_from = ?, from_on = ?, place = ?, follow_up_id = ?, state = ?, why = ?,"
        " changed_on = ?, tries = ? WHERE id = ?",
        (
            (
                run.heard_from.isoformat(),
                run.from_on.isoformat(),
                run.place,
                run.follow_up_id,
                run.state,
                run.why,
                run.changed_on.isoformat() if run.changed_on else None,
                run.tries,
                run.id,
            )
            for run in changed
        ),
    )


def columns(run: PlanRun) -> dict[str, Any]:
    """A new run as the table's columns."""
    return {
        "id": run.id,
        "customer_id": run.customer_id,
        "plan": run.plan,
        "name": run.name,
        "steps": steps_text(run.steps),
        "begun_at": run.begun_at.isoformat(),
        "heard_from": run.heard_from.isoformat(),
        "from_on": run.from_on.isoformat(),
        "place": run.place,
        "state": run.state,
    }


def plan_columns(plan: Plan) -> dict[str, Any]:
    """A plan as the table's columns."""
    return {"name": plan.name, "steps": steps_text(plan.steps), "ready": plan.ready}


def steps_text(steps: Iterable[PlanStep]) -> str:
    """Steps as JSON: days, kind and words of each."""
    return json.dumps([[step.after, str(step.kind), step.text] for step in steps], ensure_ascii=False)


def _steps(text: str) -> tuple[PlanStep, ...]:
    return tuple(PlanStep(int(after), str(kind), str(words)) for after, kind, words in json.loads(text))


def _run(row: tuple[Any, ...]) -> PlanRun:
    customer, plan, name, steps, begun, heard_from, from_on, place, follow_up, state, why, changed, number, tries = row
    return PlanRun(
        customer,
        plan,
        name,
        _steps(steps),
        datetime.fromisoformat(begun),
        datetime.fromisoformat(heard_from),
        date.fromisoformat(from_on),
        place,
        follow_up,
        state,
        why,
        date.fromisoformat(changed) if changed else None,
        number,
        tries,
    )


def _heard(answered: int, ordered: int, stopped: int, done: str | None, gone: int, missed: int) -> Heard:
    return Heard(
        bool(answered),
        bool(ordered),
        bool(stopped),
        date.fromisoformat(done) if done else None,
        bool(gone),
        bool(missed),
    )
