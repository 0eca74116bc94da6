"""挽回: trying to win quiet and lost customers back, and which way did it how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.contact_wish import PLANNED
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.phrase import Refused
from crmdesk.domain.win_back import TOLD_FROM, Outcome, WinBack, WinBackRates, outcomes, rates
from crmdesk.operations.offer_reminders import drop_reminders, settle_offers

if TYPE_CHECKING:
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = [
    "attempts_of",
    "begin_win_back",
    "change_win_back",
    "delete_win_back",
    "list_win_backs",
    "told_rates",
    "win_back_rates",
]


def attempts_of(db: Database, customer_id: int) -> tuple[tuple[WinBack, Outcome], ...]:
    """The attempts with a customer, the newest first, each with what came of it."""
    return _judged(db, customer_id)


def list_win_backs(db: Database) -> tuple[tuple[WinBack, Outcome], ...]:
    """All attempts, the newest first."""
    return _judged(db, None)


def win_back_rates(db: Database) -> WinBackRates:
    """How often each way won."""
    return rates(_judged(db, None))


def told_rates(db: Database) -> WinBackRates | None:
    """The rates as a chart; None while too few attempts are decided."""
    found = win_back_rates(db)
    return found if found.tried >= TOLD_FROM else None


def begin_win_back(db: Database, attempt: WinBack, on: date) -> Changes:
    """Keep an attempt and plan it for the day `on`; a day that is past is only noted. `new_id` names the attempt.

    A contact the program had planned moves to that day; a promise and the user's own words stay where they are.
    Raises Refused("no_such_customer").
    """
    from crmdesk.storage import customers, follow_ups, rows, schema, win_backs

    today = db.clock.today()
    with db.read() as connection:
        name = customers.name(connection, attempt.customer_id)
        due = follow_ups.of_customer(connection, attempt.customer_id)
    with db.write("begin_win_back", name=name) as step:
        # From today on, whatever day it is planned for: who hears of it and comes sooner was won as well.
        values = win_backs.columns(replace(attempt, begun_on=min(on, today)))
        step.made(rows.insert(step, schema.win_backs, **values))
        if on >= today:
            planned = (one for one in due if one.origin in PLANNED and not (one.promise or one.summary))
            own = next(planned, None)
            _plan(step, own, attempt, on)
        settle_offers(step, [attempt.customer_id], today)
    return step.changes


def change_win_back(db: Database, attempt: WinBack) -> Changes:
    """Write an attempt over the one of its id; no step where nothing differs. Refused("no_such_win_back")."""
    from crmdesk.storage import rows, schema, win_backs

    before, name = _get(db, attempt.id)
    if before == attempt:
        return Changes()
    with db.write("edit_win_back", name=name) as step:
        rows.update(step, schema.win_backs, attempt.id, **win_backs.columns(attempt))
        if (attempt.offer, attempt.offer_until, attempt.result) != (before.offer, before.offer_until, before.result):
            # What was said of the old offer is no more; of the new one the reminder is made anew.
            drop_reminders(step, [win_backs.reminder_of(step.raw, attempt.id)])
            rows.update(step, schema.win_backs, attempt.id, asked_for=None, follow_up_id=None)
            settle_offers(step, [attempt.customer_id], db.clock.today())
    return step.changes


def delete_win_back(db: Database, attempt_id: int) -> Changes:
    """Delete an attempt; what was planned for it stays, but for its offer. Raises Refused("no_such_win_back")."""
    from crmdesk.storage import rows, schema, win_backs

    _before, name = _get(db, attempt_id)
    with db.write("delete_win_back", name=name) as step:
        drop_reminders(step, [win_backs.reminder_of(step.raw, attempt_id)])
        rows.delete(step, schema.win_backs, attempt_id)
    return step.changes


def _judged(db: Database, customer: int | None) -> tuple[tuple[WinBack, Outcome], ...]:
    from crmdesk.storage import win_backs

    with db.raw_read() as raw:
        found = win_backs.attempts(raw, customer)
        bought = win_backs.bought_since(raw, customer) if found else {}
    judged = outcomes(found, bought, db.clock.today())
    return tuple(judged[attempt.id] for attempt in found)


def _plan(step: Step, own: FollowUp | None, attempt: WinBack, on: date) -> None:
    from crmdesk.storage import follow_ups, rows, schema

    kind = attempt.method if attempt.method in set(InteractionKind) else InteractionKind.CALL
    if own is None:
        due = FollowUp(attempt.customer_id, on, kind=kind, summary=attempt.offer, origin=Origin.WIN_BACK)
        follow_ups.add(step, due)
        return
    values = {"due_on": on.isoformat(), "kind": str(kind), "summary": attempt.offer, "origin": str(Origin.WIN_BACK)}
    rows.update(step, schema.follow_ups, own.id, **values)


def _get(db: Database, attempt_id: int) -> tuple[WinBack, str]:
    from crmdesk.storage import customers, win_backs

    with db.raw_read() as raw:
        found = win_backs.get(raw, attempt_id)
    if found is None:
        raise Refused("no_such_win_back")
    with db.read() as connection:
        return found, customers.name(connection, found.customer_id)
