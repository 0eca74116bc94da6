"""What one does to a customer: one step each, and only while the file can be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.detail_values import fact_fields
from crmdesk.gui.pages.note_box import Note
from crmdesk.i18n import _
from crmdesk.operations import customers, follow_ups, interactions

Done = Callable[[Changes], None]


def act(desk: Desk, work: Callable[[Any], Changes], done: Done | None = None) -> None:
    """Do `work(database)` as a step on the job thread; nothing while the file cannot be written."""
    database = desk.database
    if desk.editable:
        desk.act(lambda _progress: work(database), done=done)


def completed_by(card: CustomerCard, day: date) -> int | None:
    """The follow-up that a line of that day completes: what was due then, and what was planned without a promise."""
    due = card.next_follow_up
    # A promise of a later day stays: it was told to the customer. Anything else this line stands for.
    return due.id if due and (not due.promise or due.due_on <= day) else None


class CardDeeds:
    """The deeds of a card; each is handed the card as it is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def log(self, card: CustomerCard, note: Note, done: Done) -> None:
        """Keep a note. It completes what is due, and what was planned without a promise."""
        completes, proposed = completed_by(card, self._desk.today), not note.own_day
        said = Interaction(card.customer.id, self._desk.clock.now(), note.kind, note.outcome, note.text)
        work = interactions.log_interaction
        act(
            self._desk,
            lambda db: work(db, said, next_on=note.next_on, completes=completes, proposed=proposed),
            done,
        )

    def complete(self, card: CustomerCard, note: Note, done: Done) -> None:
        """Complete the next step with what stands in the box; a kept promise needs no next day."""
        due = card.next_follow_up
        if due is not None:
            next_on = None if due.promise else note.next_on
            proposed = not note.own_day
            act(
                self._desk,
                lambda db: follow_ups.complete(db, due.id, note.outcome, note.text, next_on, proposed=proposed),
                done,
            )

    def reschedule(self, card: CustomerCard, day: date) -> None:
        """Move the next step."""
        due = card.next_follow_up
        if due is not None:
            act(self._desk, lambda db: follow_ups.reschedule(db, [due.id], day))

    def plan(self, card: CustomerCard, day: date) -> None:
        """Plan a step where there is none."""
        coming = FollowUp(card.customer.id, day)
        act(self._desk, lambda db: follow_ups.add_follow_up(db, coming))

    def follow_again(self, card: CustomerCard) -> None:
        """Take 不再跟进 back."""
        act(self._desk, lambda db: follow_ups.follow_again(db, card.customer.id))

    def keep_fact(self, card: CustomerCard, key: str, text: str) -> bool:
        """Keep a typed fact; False where it differs in nothing or cannot be read, which is said."""
        fields = fact_fields(card.customer, key, text)
        if fields is None:
            self._desk.told.emit(_('"{text}" could not be read; nothing was changed').format(text=text))
        if not fields:
            return False
        act(self._desk, lambda db: customers.edit_customer(db, card.customer.id, **fields))
        return True
