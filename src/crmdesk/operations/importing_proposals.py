"""Appointments that the notes of an import name, proposed as follow-ups: kept only where the user says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from crmdesk.domain.appointments import Appointment, find_appointments, said_under
from crmdesk.domain.changes import Changes
from crmdesk.operations.importing_values import Proposal

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

_TEXTS = ("notes", "interactions")


def appointments_of(
    values: Mapping[str, Any], extra: Mapping[str, str], today: date, *, own_columns: bool
) -> list[Appointment]:
    """The appointments still to come that a row's texts name, each read as of the day it was written."""
    if not (own_columns and extra) and not any(key in values for key in _TEXTS):
        return []
    found = [
        one for text, day in _told(values, extra if own_columns else {}, today) for one in find_appointments(text, day)
    ]
    planned = {day for day, _summary in values.get("follow_ups", ())}
    return [one for one in found if one.due_on >= today and one.due_on.isoformat() not in planned]


def _told(values: Mapping[str, Any], extra: Mapping[str, str], today: date) -> Iterator[tuple[str, date]]:
    """The texts of a row with the day each was written: its own, else that of the row, else the import's."""
    talks = [(day[:10], words) for day, _kind, words in values.get("interactions", ())]
    days = [day for day, _words in talks if day] + [day for day in (values.get("ordered_on"),) if day]
    row_day = date.fromisoformat(max(days)) if days else today
    for day, words in talks:
        yield words, date.fromisoformat(day) if day else row_day
    if values.get("notes"):
        yield values["notes"], row_day
    for header, text in extra.items():
        yield said_under(header, text), row_day


def accept_proposals(db: Database, proposals: Sequence[Proposal]) -> Changes:
    """Keep these proposals as follow-ups, in one step; one that is kept already is not kept twice."""
    from crmdesk.domain.follow_up import Origin
    from crmdesk.domain.interaction import InteractionKind
    from crmdesk.domain.keys import event_key
    from crmdesk.storage.importing import customers_there, follow_up_keys
    from crmdesk.storage.rows import insert_rows

    wanted = {event_key("follow_up", one.customer, one.due_on.isoformat(), "", one.sentence): one for one in proposals}
    with db.raw_read() as raw:
        there = customers_there(raw, {one.customer for one in proposals})
        known = follow_up_keys(raw, wanted)
    fresh = [(key, one) for key, one in wanted.items() if key not in known and one.customer in there]
    if not fresh:
        return Changes()
    columns = ("id", "customer_id", "due_on", "kind", "summary", "origin", "promise", "import_key")
    with db.write("add_proposed", count=len(fresh)) as step:
        ids = step.new_ids(len(fresh))
        rows = [
            (new, one.customer, one.due_on.isoformat(), InteractionKind.CALL, one.sentence, Origin.SHEET, False, key)
            for new, (key, one) in zip(ids, fresh, strict=True)
        ]
        insert_rows(step.raw, "follow_ups", columns, rows)
    return step.changes
