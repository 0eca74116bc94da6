"""到期和补货: contracts that end and supplies that run out, and the follow-ups that ask about them in time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.phrase import Refused
from crmdesk.domain.renewal import (
    CONTRACT,
    Habit,
    Renewal,
    ask_on,
    due_for_asking,
    end_of,
)

if TYPE_CHECKING:
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = [
    "RenewalState",
    "add_renewal",
    "change_renewal",
    "delete_renewal",
    "habits_of",
    "list_renewals",
    "plan_renewals",
    "renewals_of",
    "settle",
]

_FOLLOW_UP: Final = ("id", "customer_id", "due_on", "kind", "summary", "origin")


@dataclass(frozen=True, slots=True)
class RenewalState:
    """Something that ends, and when: None where nothing was bought yet that could run out."""

    renewal: Renewal
    ends_on: date | None
    last_bought: date | None = None


def renewals_of(db: Database, customer_id: int) -> tuple[RenewalState, ...]:
    """What runs with a customer, the one that ends first before the others; what was given up is left out."""
    from crmdesk.storage import renewals

    with db.raw_read() as raw:
        rows = renewals.of_customer(raw, customer_id)
    found = [RenewalState(one, end_of(one, last), last) for one, last, _ in rows if one.closed_on is None]
    return tuple(sorted(found, key=lambda state: state.ends_on or date.max))


def list_renewals(db: Database) -> tuple[RenewalState, ...]:
    """What runs with everybody one follows, the one that ends first before the others."""
    from crmdesk.storage import renewals

    with db.raw_read() as raw:
        rows = renewals.running(raw)
    found = [RenewalState(one, end_of(one, last), last) for one, last, _ in rows]
    return tuple(sorted(found, key=lambda state: state.ends_on or date.max))


def habits_of(db: Database, customer_id: int) -> tuple[Habit, ...]:
    """The products that a customer buys by habit, the one that is most overdue first."""
    from crmdesk.storage import renewals

    today = db.clock.today()
    with db.raw_read() as raw:
        found = renewals.habits(raw, customer_id)
    return tuple(sorted(found, key=lambda one: (-one.late(today), one.product)))


def add_renewal(db: Database, renewal: Renewal) -> Changes:
    """Keep what ends or runs out, and its follow-up where the time has come, in one step. `new_id` names it.

    Raises Refused("no_such_customer").
    """
    from crmdesk.storage import customers, renewals, rows, schema

    with db.read() as connection:
        name = customers.name(connection, renewal.customer_id)
    with db.write("add_renewal", name=name) as step:
        step.made(rows.insert(step, schema.renewals, **renewals.columns(renewal)))
        settle(step, [renewal.customer_id], db.clock.today())
    return step.changes


def change_renewal(db: Database, renewal: Renewal) -> Changes:
    """Write it over the one of its id: a contract that was renewed has a later end, one that was not `closed_on`.

    The open follow-up moves or goes with it. Raises Refused("no_such_renewal").
    """
    from crmdesk.storage import renewals, rows, schema

    (before, _last, follow_up), name = _get(db, renewal.id)
    if before == renewal:
        return Changes()
    with db.write("edit_renewal", name=name) as step:
        if renewal.closed_on is not None:
            _drop(step, follow_up)
        elif _day_by(renewal) != _day_by(before) and _drop(step, follow_up):
            # It came on the old day; one that was done or deleted does not come back.
            renewal = replace(renewal, asked_for=None)
        elif renewal.name != before.name and before.asked_for is not None:
            # Another name only: the day stays, which the user may have chosen.
            words = (_words(renewal, before.asked_for), follow_up)
            step.raw.execute("UPDATE follow_ups SET summary = ? WHERE id = ? AND done_on IS NULL", words)
        rows.update(step, schema.renewals, renewal.id, **renewals.columns(renewal))
        settle(step, [renewal.customer_id], db.clock.today())
    return step.changes


def delete_renewal(db: Database, renewal_id: int) -> Changes:
    """Delete it with its open follow-up. Raises Refused("no_such_renewal")."""
    from crmdesk.storage import rows, schema

    (_before, _last, follow_up), name = _get(db, renewal_id)
    with db.write("delete_renewal", name=name) as step:
        _drop(step, follow_up)
        rows.delete(step, schema.renewals, renewal_id)
    return step.changes


def plan_renewals(db: Database) -> Changes:
    """Write the follow-ups that what ends soon asks for, and take away those whose contract an undo took away.

    A step of the program's own; running it again adds nothing.
    """
    from crmdesk.storage import renewals

    today = db.clock.today()
    with db.raw_read() as raw:
        due = [row[0].customer_id for row in renewals.running(raw) if _moved(row, today)]
        strays = renewals.strays(raw)
    if not due and not strays:
        return Changes()
    with db.write("plan_renewals", undoable=False, count=len(due) + len(strays)) as step:
        _drop(step, *strays)
        settle(step, due, today)
    return step.changes


def settle(step: Step, customers: Collection[int], today: date) -> None:
    """Bring the follow-ups of these customers' renewals up to what is known now: made, moved or taken away."""
    from crmdesk.storage import renewals
    from crmdesk.storage.rows import insert_rows

    moved = [row for row in renewals.running(step.raw, customers) if _moved(row, today)]
    _drop(step, *(follow_up for _renewal, _last, follow_up in moved))
    made: list[tuple[int | str, ...]] = []
    kept: list[tuple[str | None, int | None, int]] = []
    # In bulk: after an import thousands may come near their end at once.
    for new, (renewal, last, _old) in zip(step.new_ids(len(moved)), moved, strict=True):
        end = end_of(renewal, last)
        if end is not None and due_for_asking(renewal, end, today):
            made.append(_follow_up(new, renewal, end, today))
            kept.append((end.isoformat(), new, renewal.id))
        else:
            kept.append((renewal.asked_for.isoformat() if renewal.asked_for else None, None, renewal.id))
    insert_rows(step.raw, "follow_ups", _FOLLOW_UP, made)
    step.raw.executemany("UPDATE renewals SET asked_for = ?, follow_up_id = ? WHERE id = ?", kept)


def _moved(row: tuple[Renewal, date | None, int | None], today: date) -> bool:
    """Whether a follow-up is due to be made, or the one that was made is for an end that has moved since."""
    renewal, last, follow_up = row
    end = end_of(renewal, last)
    return due_for_asking(renewal, end, today) or (follow_up is not None and renewal.asked_for != end)


def _follow_up(new: int, renewal: Renewal, end: date, today: date) -> tuple[int, int, str, str, str, str]:
    """Its row. The words are only what the user wrote and the day: the rest is said in the language of the reader."""
    origin = Origin.CONTRACT if renewal.kind == CONTRACT else Origin.SUPPLY
    due = ask_on(renewal, end, today).isoformat()
    return new, renewal.customer_id, due, str(InteractionKind.CALL), _words(renewal, end), str(origin)


def _words(renewal: Renewal, end: date) -> str:
    return f"{renewal.name} {end.isoformat()}".strip()


def _day_by(renewal: Renewal) -> tuple[str, int]:
    """What decides the day of its follow-up, beside the end."""
    return renewal.kind, renewal.notice_days


def _drop(step: Step, *follow_ups: int | None) -> int:
    """Take follow-ups away that are still open, and count them; what was done stays in the log."""
    rows = [(follow_up,) for follow_up in follow_ups if follow_up is not None]
    return step.raw.executemany("DELETE FROM follow_ups WHERE id = ? AND done_on IS NULL", rows).rowcount


def _get(db: Database, renewal_id: int) -> tuple[tuple[Renewal, date | None, int | None], str]:
    from crmdesk.storage import customers, renewals

    with db.raw_read() as raw:
        found = renewals.get(raw, renewal_id)
    if found is None:
        raise Refused("no_such_renewal")
    with db.read() as connection:
        return found, customers.name(connection, found[0].customer_id)
