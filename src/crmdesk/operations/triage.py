"""过一遍: run through customers nobody has judged yet; intent and next contact in one step each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.contact_wish import PLANNED
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.query import CustomerQuery

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["judge", "waiting_for_a_word"]


def waiting_for_a_word(database: Database) -> tuple[int, ...]:
    """The customers without an intent that are still followed, in the order of their names."""
    from crmdesk.storage import listing_ids, triage

    with database.raw_read() as raw:
        stopped = triage.stopped(raw)
        waiting = listing_ids.customer_ids(raw, CustomerQuery(intents=("",)), database.clock.today())
        return tuple(one for one in waiting if one not in stopped)


def judge(database: Database, customer_id: int, intent: str, next_on: date | None) -> Changes:
    """Note the intent and the day of the next contact; a contact the program planned moves there. One step."""
    from crmdesk.storage import customers, follow_ups, records

    with database.read() as connection:
        before = records.get(connection, customer_id)
        planned = follow_ups.view(connection, "open", database.clock.today(), customer_id, None)
    after = replace(before, intent=intent)
    own = [row.follow_up for row in planned if row.follow_up.origin in PLANNED]
    with database.write("triage", name=before.name or before.code) as step:
        if after != before:
            customers.change(step, before, after)
        if next_on is not None and own:
            follow_ups.move(step, {own[0].id: next_on})
        elif next_on is not None:
            step.made(follow_ups.add(step, FollowUp(customer_id, next_on)))
    return step.changes
