"""Customers as they are kept: whole values out, differences in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import Standing
from crmdesk.storage import contacts, referrals, regions, tags
from crmdesk.storage.batches import batches
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import insert, update
from crmdesk.storage.schema import customers

TEXTS: Final = (
    "name",
    "code",
    "short_name",
    "salutation",
    "kind",
    "address",
    "industry",
    "source",
    "referred_by",
    "intent",
    "owner",
    "birthday",
    "birthday_calendar",
    "notes",
    "tier_given",
    "stage_given",
)
DAYS: Final = ("given_first_order_on", "given_last_order_on")
NUMBERS: Final = ("given_order_count", "given_order_total", "receivable", "balance", "reward_points", "referrer_id")
REGION: Final = ("province", "city", "district")
_NAMES: Final = ("name", "contacts", "referred_by", "referrer_id")  # what may tell who brought whom
MOST_IDS: Final = 5000  # in one statement: each is a variable of its own, and SQLite limits those


def name(connection: Connection, customer_id: int) -> str:
    """What a customer is called: its name, else its code. Raises Refused("no_such_customer")."""
    found = names(connection, [customer_id])
    if customer_id not in found:
        raise Refused("no_such_customer")
    return found[customer_id]


def names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """What the customers that exist are called, in the order of `ids`."""
    found: dict[int, str] = {}
    for some in batches(ids, MOST_IDS):
        rows = connection.execute(
            select(customers.c.id, customers.c.name, customers.c.code).where(customers.c.id.in_(some))
        )
        found.update((row.id, row.name or row.code) for row in rows)
    return {customer_id: found[customer_id] for customer_id in ids if customer_id in found}


def version(connection: Connection, customer_id: int) -> int:
    """The version of a customer's row, which every write moves on. Raises Refused("no_such_customer")."""
    return standing(connection, customer_id).version


def standing(connection: Connection, customer_id: int) -> Standing:
    """What the user has decided about a customer. Raises Refused("no_such_customer")."""
    columns = customers.c
    row = connection.execute(
        select(
            columns.tier_override,
            columns.tier_override_reason,
            columns.tier_override_until,
            columns.stage_lock,
            columns.stage_lock_reason,
            columns.stopped_on,
            columns.known_since,
            columns.version,
        ).where(columns.id == customer_id)
    ).one_or_none()
    if row is None:
        raise Refused("no_such_customer")
    until = as_date(row.tier_override_until)
    days = as_date(row.stopped_on), as_date(row.known_since)
    return Standing(*row[:2], until, row.stage_lock, row.stage_lock_reason, *days, row.version)


def add(step: Step, customer: Customer, *, known_since: date) -> int:
    """Keep a new customer with all that belongs to it; gives its id."""
    fields = _columns(customer)
    region_id = regions.ensure(step, customer.province, customer.city, customer.district)
    new = insert(step, customers, **fields, region_id=region_id, known_since=known_since.isoformat())
    for position, point in enumerate(customer.points):
        contacts.insert_point(step, new, None, point, position)
    if customer.contacts:
        contacts.save_contacts(step, new, customer.contacts)
    if customer.tags:
        tags.save(step, new, customer.tags)
    referrals.link(step.raw)
    return new


def change(step: Step, before: Customer, after: Customer) -> None:
    """Write what differs between two states of a customer, and only that."""
    if after.referred_by != before.referred_by and after.referrer_id == before.referrer_id:
        after = replace(after, referrer_id=None)  # another word means somebody else
    old, new = _columns(before), _columns(after)
    fields: dict[str, Any] = {key: value for key, value in new.items() if value != old[key]}
    if any(getattr(before, part) != getattr(after, part) for part in REGION):
        fields["region_id"] = regions.ensure(step, after.province, after.city, after.district)
    update(step, customers, before.id, **fields)
    if after.points != before.points:
        contacts.save_points(step, before.id, None, after.points)
    if after.contacts != before.contacts:
        contacts.save_contacts(step, before.id, after.contacts)
    if set(after.tags) != set(before.tags):
        tags.save(step, before.id, after.tags)
    if any(getattr(before, part) != getattr(after, part) for part in _NAMES):
        referrals.link(step.raw)


def decide(step: Step, customer_id: int, **fields: str | date | None) -> None:
    """Write decisions of the user about a customer (the fields of `Standing`)."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
    update(step, customers, customer_id, **plain)


def remove(step: Step, ids: Collection[int]) -> None:
    """Delete customers; what belongs to them goes with them."""
    for some in batches(ids, MOST_IDS):
        step.connection.execute(customers.delete().where(customers.c.id.in_(some)))


def as_date(text: str | None) -> date | None:
    """A day as it is kept; None where none is."""
    return date.fromisoformat(text[:10]) if text else None


def extra_json(extra: Mapping[str, str]) -> str:
    """The user's own columns as they are kept; empty ones are not."""
    return json.dumps({key: value for key, value in extra.items() if value}, ensure_ascii=False)


def _columns(customer: Customer) -> dict[str, Any]:
    fields: dict[str, Any] = {key: getattr(customer, key) for key in (*TEXTS, *NUMBERS)}
    for key in DAYS:
        value = getattr(customer, key)
        fields[key] = value.isoformat() if value else None
    fields["extra"] = extra_json(customer.extra)
    return fields
