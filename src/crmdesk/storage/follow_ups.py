"""Follow-ups as they are kept: what is due, by the day it is due on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import FollowUpRow
from crmdesk.storage.batches import batches
from crmdesk.storage.customers import MOST_IDS, as_date
from crmdesk.storage.database_step import Step
from crmdesk.storage.plans import stop as stop_plans
from crmdesk.storage.rows import insert, update
from crmdesk.storage.schema import customers, figures, follow_ups

WEEK: Final = timedelta(days=7)
OPEN: Final = follow_ups.c.done_on.is_(None)
_WITH_NAMES: Final = (
    select(follow_ups, customers.c.name, customers.c.code, figures.c.tier, figures.c.stage)
    .join_from(follow_ups, customers, customers.c.id == follow_ups.c.customer_id)
    .outerjoin(figures, figures.c.customer_id == follow_ups.c.customer_id)
)
_FORGET: Final = """
    UPDATE {table} SET asked_for = NULL, follow_up_id = NULL
    WHERE customer_id = ? AND follow_up_id IN (SELECT f.id FROM follow_ups f
        LEFT JOIN interactions i ON i.id = f.interaction_id
        WHERE f.done_on = ? AND coalesce(i.outcome, 'stop') = 'stop')
"""


def add(step: Step, follow_up: FollowUp) -> int:
    """Keep a follow-up; gives its id."""
    return insert(
        step,
        follow_ups,
        customer_id=follow_up.customer_id,
        due_on=follow_up.due_on.isoformat(),
        due_at=follow_up.due_at.isoformat("minutes") if follow_up.due_at else None,
        kind=str(follow_up.kind),
        summary=follow_up.summary,
        origin=str(follow_up.origin),
        promise=follow_up.promise,
        done_on=follow_up.done_on.isoformat() if follow_up.done_on else None,
    )


def get(connection: Connection, follow_up_id: int) -> FollowUp:
    """One follow-up. Raises Refused("no_such_follow_up")."""
    row = connection.execute(select(follow_ups).where(follow_ups.c.id == follow_up_id)).one_or_none()
    if row is None:
        raise Refused("no_such_follow_up")
    return _follow_up(row)


def complete(step: Step, follow_up_id: int, done_on: date, interaction_id: int | None) -> None:
    """Mark a follow-up as done, by an interaction."""
    update(step, follow_ups, follow_up_id, done_on=done_on.isoformat(), interaction_id=interaction_id)


def remove(step: Step, ids: Collection[int]) -> None:
    """Delete follow-ups."""
    for some in batches(ids, MOST_IDS):
        step.connection.execute(follow_ups.delete().where(follow_ups.c.id.in_(some)))


def move(step: Step, days: Mapping[int, date]) -> None:
    """Move each follow-up to its day."""
    by_day: dict[date, list[int]] = {}
    for follow_up_id, day in days.items():
        by_day.setdefault(day, []).append(follow_up_id)
    for day, ids in by_day.items():
        for some in batches(ids, MOST_IDS):
            moved = follow_ups.update().where(follow_ups.c.id.in_(some)).values(due_on=day.isoformat())
            step.connection.execute(moved)


def to_move(connection: Connection, days: Mapping[int, date]) -> list[FollowUp]:
    """Those open follow-ups that lie on another day than the one wanted, in the order of `days`."""
    found: dict[int, FollowUp] = {}
    for some in batches(days.keys(), MOST_IDS):
        rows = connection.execute(select(follow_ups).where(follow_ups.c.id.in_(some), OPEN))
        found.update((row.id, _follow_up(row)) for row in rows)
    return [found[key] for key, day in days.items() if key in found and found[key].due_on != day]


def stop_following(step: Step, customer_ids: Collection[int], day: date, interaction_id: int | None = None) -> None:
    """Note the day one stopped following these customers, and close what is open with them.

    Closed, not deleted: a sheet that is read again must not bring them back. Plans under way end.
    """
    stop_plans(step.raw, customer_ids, day)
    for some in batches(customer_ids, MOST_IDS):
        stopped = customers.update().where(customers.c.id.in_(some), customers.c.stopped_on.is_(None))
        step.connection.execute(stopped.values(stopped_on=day.isoformat(), version=customers.c.version + 1))
        closed = follow_ups.update().where(follow_ups.c.customer_id.in_(some), OPEN)
        step.connection.execute(closed.values(done_on=day.isoformat(), interaction_id=interaction_id))


def ask_again(step: Step, customer_id: int, stopped_on: date) -> None:
    """Forget that what ends was asked about, where stopping to follow the customer closed the question unanswered."""
    for table in ("renewals", "win_backs", "offers"):
        step.raw.execute(_FORGET.format(table=table), (customer_id, stopped_on.isoformat()))


def of_customer(connection: Connection, customer_id: int) -> list[FollowUp]:
    """The open follow-ups of a customer, the nearest first."""
    rows = connection.execute(
        select(follow_ups)
        .where(follow_ups.c.customer_id == customer_id, OPEN)
        .order_by(follow_ups.c.due_on, follow_ups.c.due_at, follow_ups.c.id)
    )
    return [_follow_up(row) for row in rows]


def done_alone(connection: Connection, customer_id: int, limit: int) -> list[FollowUp]:
    """The done follow-ups of a customer that no interaction stands for, newest first."""
    rows = connection.execute(
        select(follow_ups)
        .where(follow_ups.c.customer_id == customer_id, ~OPEN, follow_ups.c.interaction_id.is_(None))
        .order_by(follow_ups.c.done_on.desc())
        .limit(limit)
    )
    return [_follow_up(row) for row in rows]


def view(
    connection: Connection, wanted: str, today: date, customer: int | None = None, limit: int | None = None
) -> list[FollowUpRow]:
    """The follow-ups of a view, with the customer's name, tier and stage."""
    due = follow_ups.c
    order = (due.done_on.desc(), due.id.desc()) if wanted == "done" else (due.due_on, due.due_at, due.id)
    query = _WITH_NAMES.where(_conditions(today)[wanted]).order_by(*order).limit(limit)
    if customer is not None:
        query = query.where(due.customer_id == customer)
    return _rows(connection, query)


def at_an_hour(connection: Connection, first: date, last: date) -> list[FollowUpRow]:
    """The open follow-ups of these days that have an hour, the earliest first."""
    due = follow_ups.c
    days = due.due_on.between(first.isoformat(), last.isoformat())
    query = _WITH_NAMES.where(OPEN, due.due_at.is_not(None), days)
    return _rows(connection, query.order_by(due.due_on, due.due_at, due.id))


def put_off(step: Step, follow_up_id: int, until: datetime) -> None:
    """Move one follow-up to a day and hour."""
    at = until.time().isoformat("minutes")
    update(step, follow_ups, follow_up_id, due_on=until.date().isoformat(), due_at=at)


def _rows(connection: Connection, query: Select[Any]) -> list[FollowUpRow]:
    rows = connection.execute(query)
    return [FollowUpRow(_follow_up(row), row.name or row.code, row.tier, row.stage or "") for row in rows]


def counts(connection: Connection, today: date) -> dict[str, int]:
    """How many follow-ups each view holds."""
    conditions = _conditions(today)
    row = connection.execute(
        select(*(func.count().filter(condition) for condition in conditions.values())).select_from(follow_ups)
    ).one()
    return dict(zip(conditions, row, strict=True))


def _conditions(today: date) -> dict[str, ColumnElement[bool]]:
    due, now, week = follow_ups.c.due_on, today.isoformat(), (today + WEEK).isoformat()
    return {
        "overdue": and_(OPEN, due < now),
        "today": and_(OPEN, due == now),
        "week": and_(OPEN, due > now, due <= week),
        "later": and_(OPEN, due > week),
        "done": follow_ups.c.done_on.is_not(None),
        "open": OPEN,
        "all": follow_ups.c.id.is_not(None),
    }


def _follow_up(row: Row[Any]) -> FollowUp:
    return FollowUp(
        row.customer_id,
        date.fromisoformat(row.due_on[:10]),
        time.fromisoformat(row.due_at) if row.due_at else None,
        row.kind,
        row.summary,
        row.origin,
        row.promise,
        as_date(row.done_on),
        row.id,
    )
