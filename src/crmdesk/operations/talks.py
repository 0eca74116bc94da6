"""洽谈: needs, what hurts, offers and objections, noted with their day and settled with what settled them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.talk import KINDS, NEEDS, Talk, in_order

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["Talk", "change_talk", "delete_talk", "known_needs", "note_talks", "settle_talk", "talks_of"]


def known_needs(db: Database, customer_id: int) -> Talk | None:
    """What the customer needs as it stands now, with its day where that was noted. Raises Refused("no_such_customer").

    The words in the user's own column count; the estimate beside them tells the day.
    """
    from crmdesk.operations.first_contact import first_contact
    from crmdesk.storage import talks

    said = first_contact(db, customer_id).answers.get(NEEDS, "")
    with db.raw_read() as raw:
        dated = talks.dated_needs(raw, customer_id, said)
    if not said:
        return Talk(customer_id, NEEDS, dated[1], dated[0]) if dated else None
    return Talk(customer_id, NEEDS, dated[1] if dated else None, said)


def talks_of(db: Database, customer_id: int) -> tuple[Talk, ...]:
    """Needs, what is open, what is settled; each the newest first. Raises Refused("no_such_customer")."""
    from crmdesk.storage import talks

    needs = known_needs(db, customer_id)
    with db.raw_read() as raw:
        found = talks.talks_of(raw, customer_id)
    return in_order([*found, needs] if needs is not None else found)


def note_talks(db: Database, customer_id: int, said: Sequence[Talk]) -> Changes:
    """Keep what was said, in one step; no step where nothing was. Needs take the place of those known before.

    Raises Refused("no_such_customer"), ValueError for another kind.
    """
    from crmdesk.operations.customers import get_customer
    from crmdesk.operations.first_contact import used_headers, write_needs
    from crmdesk.storage import rows, schema

    if not {one.kind for one in said} <= {NEEDS, *KINDS}:
        raise ValueError(f"what is said in a talk is one of {', '.join((NEEDS, *KINDS))}")
    customer = get_customer(db, customer_id)
    known = known_needs(db, customer_id)
    needs = next((one for one in said if one.kind == NEEDS), None)
    if needs is not None and needs.text.strip() == (known.text if known else ""):
        needs = None
    new = [one for one in said if one.kind != NEEDS and one.says]
    if needs is None and not new:
        return Changes()
    headers, today = used_headers(db), db.clock.today()
    with db.write("note_talks", name=customer.name or customer.code) as step:
        if needs is not None:
            write_needs(step, customer, needs.text.strip(), headers, needs.said_on or today)
        for one in new:
            step.made(rows.insert(step, schema.talks, **_columns(replace(one, customer_id=customer_id), today)))
    return step.changes


def change_talk(db: Database, talk: Talk) -> Changes:
    """Put other words, another amount or day. Raises Refused("no_such_talk")."""
    from crmdesk.storage import rows, schema

    name = _name_of(db, talk.id)
    with db.write("change_talk", name=name) as step:
        rows.update(step, schema.talks, talk.id, **_columns(talk, db.clock.today()))
    return step.changes


def settle_talk(db: Database, talk_id: int, answer: str = "") -> Changes:
    """It is settled as of today, by what was answered. Raises Refused("no_such_talk")."""
    from crmdesk.storage import talks

    with db.raw_read() as raw:
        talk = talks.get(raw, talk_id)
    return change_talk(db, replace(talk, settled_on=db.clock.today(), answer=answer.strip()))


def delete_talk(db: Database, talk_id: int) -> Changes:
    """Delete it. Raises Refused("no_such_talk")."""
    from crmdesk.storage import rows, schema

    name = _name_of(db, talk_id)
    with db.write("delete_talk", name=name) as step:
        rows.delete(step, schema.talks, talk_id)
    return step.changes


def _name_of(db: Database, talk_id: int) -> str:
    from crmdesk.storage import customers, talks

    with db.raw_read() as raw:
        owner = talks.get(raw, talk_id).customer_id
    with db.read() as connection:
        return customers.name(connection, owner)


def _columns(talk: Talk, today: date) -> dict[str, object]:
    fields = asdict(talk) | {"text": talk.text.strip(), "said_on": (talk.said_on or today).isoformat()}
    del fields["id"]
    return fields | {"settled_on": talk.settled_on.isoformat() if talk.settled_on else None}
