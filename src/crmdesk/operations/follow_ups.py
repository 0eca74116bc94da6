"""What is due, and moving it about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.record import FollowUpRow
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.naming import write_named
from crmdesk.operations.plan_steps import settle_plans
from crmdesk.storage.database import Database

View = Literal["overdue", "today", "week", "later", "done", "open", "all"]


def list_follow_ups(
    database: Database, view: View, *, customer: int | None = None, limit: int | None = 2000
) -> list[FollowUpRow]:
    """The follow-ups of a view, the most urgent first; `done` begins with the newest. "week" is the 7 days to come."""
    from crmdesk.storage import follow_ups

    with database.read() as connection:
        return follow_ups.view(connection, view, database.clock.today(), customer, limit)


def counts(database: Database) -> dict[str, int]:
    """How many follow-ups each view holds."""
    from crmdesk.storage import follow_ups

    with database.read() as connection:
        return follow_ups.counts(connection, database.clock.today())


def get_follow_up(database: Database, follow_up_id: int) -> FollowUp:
    """One follow-up. Raises Refused("no_such_follow_up")."""
    from crmdesk.storage import follow_ups

    with database.read() as connection:
        return follow_ups.get(connection, follow_up_id)


def add_follow_up(database: Database, follow_up: FollowUp) -> Changes:
    """Keep a new follow-up. Raises Refused("no_such_customer")."""
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        name = customers.name(connection, follow_up.customer_id)
    with database.write("add_follow_up", name=name) as step:
        step.made(follow_ups.add(step, follow_up))
    return step.changes


def complete(
    database: Database,
    follow_up_id: int,
    outcome: str = "",
    summary: str = "",
    next_on: date | None = None,
    *,
    proposed: bool = False,
) -> Changes:
    """Complete a follow-up: the interaction, the done one and the next one are saved in one step.

    `proposed`: nobody chose the next day, so it gives way to the next step of a plan.
    """
    due = get_follow_up(database, follow_up_id)
    said = Interaction(due.customer_id, database.clock.now(), kind=due.kind, outcome=outcome, summary=summary)
    return log_interaction(database, said, next_on=next_on, completes=follow_up_id, proposed=proposed)


def complete_many(database: Database, ids: Collection[int]) -> Changes:
    """Complete several follow-ups without words, in one step; each counts as a contact made now."""
    from crmdesk.storage import follow_ups, interactions

    with database.read() as connection:
        due = [follow_ups.get(connection, follow_up_id) for follow_up_id in ids]
    if len(due) <= 1:
        return complete(database, due[0].id) if due else Changes()
    now = database.clock.now()
    with database.write("complete_many", count=len(due)) as step:
        for follow_up in due:
            kept = interactions.add(step, Interaction(follow_up.customer_id, now, kind=follow_up.kind))
            follow_ups.complete(step, follow_up.id, now.date(), kept)
        settle_plans(step, {follow_up.customer_id for follow_up in due}, now.date())
    return step.changes


def delete_follow_up(database: Database, follow_up_id: int) -> Changes:
    """Delete a follow-up without doing it. Raises Refused("no_such_follow_up")."""
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        owner = follow_ups.get(connection, follow_up_id).customer_id
        name = customers.name(connection, owner)
    with database.write("delete_follow_up", name=name) as step:
        follow_ups.remove(step, [follow_up_id])
        settle_plans(step, [owner], database.clock.today())
    return step.changes


def delete_follow_ups(database: Database, ids: Collection[int]) -> Changes:
    """Delete several follow-ups without doing them, in one step. Raises Refused("no_such_follow_up")."""
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        owners = {key: follow_ups.get(connection, key).customer_id for key in ids}
        names = customers.names(connection, list(owners.values()))
    if not owners:
        return Changes()
    called = {key: names[owner] for key, owner in owners.items()}
    with write_named(database, "delete_follow_up", "delete_follow_ups", called) as step:
        follow_ups.remove(step, list(owners))
        settle_plans(step, set(owners.values()), database.clock.today())
    return step.changes


def reschedule(database: Database, ids: Collection[int], due_on: date) -> Changes:
    """Move open follow-ups to a day; those that lie there already stay, and no step is made for them."""
    return _move(database, dict.fromkeys(ids, due_on), "reschedule_many")


def spread_evenly(database: Database, ids: Collection[int], first_day: date, per_day: int) -> Changes:
    """Spread open follow-ups over the days from `first_day`, `per_day` each, in the given order; no Sundays."""
    from crmdesk.domain.spread import spread_days

    return _move(database, dict(zip(ids, spread_days(len(ids), first_day, per_day), strict=True)), "spread_evenly")


def stop_following(database: Database, customer_ids: Collection[int]) -> Changes:
    """不再跟进: note the day and take the open follow-ups away."""
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        names = customers.names(connection, customer_ids)
    if not names:
        return Changes()
    with write_named(database, "stop_following", "stop_following_many", names) as step:
        follow_ups.stop_following(step, list(names), database.clock.today())
    return step.changes


def follow_again(database: Database, customer_id: int) -> Changes:
    """Take 不再跟进 back; contracts and offers that still run are asked about again."""
    from crmdesk.operations.offer_reminders import settle_offers
    from crmdesk.operations.renewals import settle
    from crmdesk.storage import customers, follow_ups

    today = database.clock.today()
    with database.read() as connection:
        name = customers.name(connection, customer_id)
        standing = customers.standing(connection, customer_id)
    if standing.stopped_on is None:
        return Changes()
    with database.write("follow_again", name=name) as step:
        customers.decide(step, customer_id, stopped_on=None)
        follow_ups.ask_again(step, customer_id, standing.stopped_on)
        settle(step, [customer_id], today)
        settle_offers(step, [customer_id], today)
    return step.changes


def _move(database: Database, days: dict[int, date], many: str) -> Changes:
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        moving = follow_ups.to_move(connection, days)
        names = customers.names(connection, [follow_up.customer_id for follow_up in moving])
    if not moving:
        return Changes()
    called = {follow_up.id: names[follow_up.customer_id] for follow_up in moving}
    with write_named(database, "reschedule", many, called) as step:
        follow_ups.move(step, {follow_up.id: days[follow_up.id] for follow_up in moving})
    return step.changes
