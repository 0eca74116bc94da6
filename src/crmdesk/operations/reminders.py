"""What is due at an hour: told when it comes, and put off for a while."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.record import FollowUpRow

if TYPE_CHECKING:
    from crmdesk.storage.database import Database


def due_between(database: Database, after: datetime, until: datetime) -> list[FollowUpRow]:
    """The open follow-ups with an hour later than `after` and not later than `until`, the earliest first."""
    from crmdesk.storage import follow_ups

    with database.read() as connection:
        rows = follow_ups.at_an_hour(connection, after.date(), until.date())
    found = [
        (datetime.combine(row.follow_up.due_on, row.follow_up.due_at), row) for row in rows if row.follow_up.due_at
    ]
    return [row for at, row in found if after < at <= until]


def put_off(database: Database, follow_up_id: int, until: datetime) -> Changes:
    """Move one follow-up to another hour. Raises Refused("no_such_follow_up")."""
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        name = customers.name(connection, follow_ups.get(connection, follow_up_id).customer_id)
    with database.write("reschedule", name=name) as step:
        follow_ups.put_off(step, follow_up_id, until)
    return step.changes
