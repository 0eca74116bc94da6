"""An offer that runs out comes into 今天 in time, and leaves it once the customer has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.offer import Offer, OfferState, judged, reminder_on

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = ["drop_reminders", "plan_offers", "settle_offers"]

_FOLLOW_UP: Final = ("id", "customer_id", "due_on", "kind", "summary", "origin")


def settle_offers(step: Step, customers: Collection[int], today: date) -> None:
    """Bring the reminders of these customers' offers up to what is known now: made, moved or taken away."""
    from crmdesk.storage import offers, plans
    from crmdesk.storage.rows import insert_rows

    moved = _moved(step.raw, customers, today)
    waiting = plans.due_days(step.raw, [offer.follow_up_id for offer, _on in moved if offer.follow_up_id is not None])
    drop_reminders(step, [offer.follow_up_id for offer, _on in moved])
    made, kept = [], []
    for new, (offer, on) in zip(step.new_ids(len(moved)), moved, strict=True):
        if on is None or offer.until is None:
            # Nobody answered it: should the order that took it away turn out a slip, it is to come back.
            asked = None if offer.follow_up_id in waiting else offer.asked_for
            kept.append(replace(offer, asked_for=asked, follow_up_id=None))
            continue
        words = f"{offer.text} {offer.until.isoformat()}"
        made.append((new, offer.customer_id, on.isoformat(), str(InteractionKind.CALL), words, str(Origin.OFFER)))
        kept.append(replace(offer, asked_for=offer.until, follow_up_id=new))
    insert_rows(step.raw, "follow_ups", _FOLLOW_UP, made)
    offers.write_reminders(step.raw, kept)


def plan_offers(db: Database) -> Changes:
    """Write the reminders that offers near their end ask for, and take away those that nothing asks for any more.

    A step of the program's own; running it again adds nothing.
    """
    from crmdesk.storage import offers

    today = db.clock.today()
    with db.raw_read() as raw:
        due = {offer.customer_id for offer, _on in _moved(raw, None, today)}
        strays = offers.strays(raw)
    if not due and not strays:
        return Changes()
    with db.write("plan_offers", undoable=False, count=len(due) + len(strays)) as step:
        drop_reminders(step, strays)
        settle_offers(step, due, today)
    return step.changes


def drop_reminders(step: Step, follow_ups: Collection[int | None]) -> None:
    """Take away what is still open; what was done stays in the log."""
    rows = [(one,) for one in follow_ups if one is not None]
    step.raw.executemany("DELETE FROM follow_ups WHERE id = ? AND done_on IS NULL", rows)


def _moved(raw: Raw, customers: Collection[int] | None, today: date) -> list[tuple[Offer, date | None]]:
    """The offers whose reminder is not as it should be, and the day it should be on (None: there should be none)."""
    from crmdesk.storage import offers

    found = offers.offers(raw, customers)
    if not found:
        return []
    states, stopped = judged(found, offers.bought_since(raw, customers), today), offers.stopped(raw)
    return [(one.offer, on) for one in states if _wrong(one, on := _wanted(one, stopped, today))]


def _wanted(one: OfferState, stopped: Collection[int], today: date) -> date | None:
    return None if one.offer.customer_id in stopped else reminder_on(one, today)


def _wrong(one: OfferState, on: date | None) -> bool:
    """Whether to make one, or to take one away: made once for a last day it is not made again, done or deleted."""
    if on is not None:
        return one.offer.asked_for != one.offer.until
    return one.offer.follow_up_id is not None
