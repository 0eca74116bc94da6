"""礼物: what was given, kept with its day and what it cost; how long a contact takes, for what a customer costs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.effort import MOST_MINUTES, Minutes
from crmdesk.domain.gift import Gift
from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["Gift", "change_gift", "delete_gift", "gifts_of", "give", "list_gifts", "minutes", "set_minutes"]

_MINUTES: Final = "effort_minutes"


def gifts_of(db: Database, customer_id: int) -> tuple[Gift, ...]:
    """What was given to a customer, the newest first."""
    from crmdesk.storage import effort

    with db.raw_read() as raw:
        return effort.gifts(raw, customer_id)


def list_gifts(db: Database) -> tuple[Gift, ...]:
    """What was given to anybody, the newest first."""
    from crmdesk.storage import effort

    with db.raw_read() as raw:
        return effort.gifts(raw)


def give(db: Database, gift: Gift) -> Changes:
    """Keep a gift; `new_id` names it. Raises Refused("no_such_customer"), ("gift_below_nothing")."""
    from crmdesk.storage import customers, rows, schema

    _check(gift)
    with db.read() as connection:
        name = customers.name(connection, gift.customer_id)
    with db.write("give", name=name) as step:
        step.made(rows.insert(step, schema.gifts, customer_id=gift.customer_id, **_columns(gift)))
    return step.changes


def change_gift(db: Database, gift: Gift) -> Changes:
    """Write it over the one of its id; no step where nothing differs. Raises Refused("no_such_gift")."""
    from crmdesk.storage import rows, schema

    _check(gift)
    before, name = _get(db, gift.id)
    if before == gift:
        return Changes()
    with db.write("edit_gift", name=name) as step:
        rows.update(step, schema.gifts, gift.id, **_columns(gift))
    return step.changes


def delete_gift(db: Database, gift_id: int) -> Changes:
    """Delete one. Raises Refused("no_such_gift")."""
    from crmdesk.storage import rows, schema

    _before, name = _get(db, gift_id)
    with db.write("delete_gift", name=name) as step:
        rows.delete(step, schema.gifts, gift_id)
    return step.changes


def minutes(db: Database) -> Minutes:
    """How long each kind of contact takes, as the user set it for this file."""
    from crmdesk.storage import file_settings

    with db.read() as connection:
        kept = file_settings.get(connection, _MINUTES, {})
    known = asdict(Minutes())
    return Minutes(**{name: int(kept.get(name, usual)) for name, usual in known.items()})


def set_minutes(db: Database, each: Minutes) -> Changes:
    """Say how long each kind of contact takes; no step where nothing differs. ValueError outside 0 to 600."""
    from crmdesk.storage import file_settings

    if not all(0 <= value <= MOST_MINUTES for value in asdict(each).values()):
        raise ValueError(f"a contact takes 0 to {MOST_MINUTES} minutes")
    if each == minutes(db):
        return Changes()
    with db.write("set_minutes") as step:
        file_settings.put(step, _MINUTES, asdict(each))
    return step.changes


def _check(gift: Gift) -> None:
    if gift.cost is not None and gift.cost < 0:
        raise Refused("gift_below_nothing")


def _columns(gift: Gift) -> dict[str, object]:
    return {"given_on": gift.given_on.isoformat(), "text": gift.text.strip(), "cost": gift.cost}


def _get(db: Database, gift_id: int) -> tuple[Gift, str]:
    from crmdesk.storage import customers, effort

    with db.raw_read() as raw:
        found = effort.gift(raw, gift_id)
    if found is None:
        raise Refused("no_such_gift")
    with db.read() as connection:
        return found, customers.name(connection, found.customer_id)
