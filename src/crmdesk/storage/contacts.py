"""Contacts of a customer, and the ways to reach it and them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import select

from crmdesk.domain.customer import Contact, Point
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import delete, insert, update
from crmdesk.storage.schema import contact_points, contacts

CONTACT_FIELDS: Final = ("name", "title", "salutation", "role", "notes")


def save_points(step: Step, customer_id: int, contact_id: int | None, points: Sequence[Point]) -> None:
    """Make these the points of the customer itself or of one contact; rows with the same kind and value stay."""
    columns = contact_points.c
    rows = step.connection.execute(
        select(columns.id, columns.kind, columns.value)
        .where(columns.customer_id == customer_id, columns.contact_id.is_not_distinct_from(contact_id))
        .order_by(columns.position, columns.id)
    ).all()
    kept: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        kept.setdefault((row.kind, row.value), []).append(row.id)
    for position, point in enumerate(points):
        same = kept.get((point.kind, point.value))
        if same:
            update(step, contact_points, same.pop(0), label=point.label, position=position)
        else:
            insert_point(step, customer_id, contact_id, point, position)
    gone = [row_id for ids in kept.values() for row_id in ids]
    if gone:
        step.connection.execute(contact_points.delete().where(columns.id.in_(gone)))


def insert_point(step: Step, customer_id: int, contact_id: int | None, point: Point, position: int) -> None:
    """Keep one more way to reach a customer or contact."""
    insert(
        step,
        contact_points,
        customer_id=customer_id,
        contact_id=contact_id,
        kind=point.kind,
        value=point.value,
        label=point.label,
        position=position,
    )


def save_contacts(step: Step, customer_id: int, wanted: Iterable[Contact]) -> None:
    """Make these the customer's contacts: known ids are changed, others made, the missing deleted."""
    known = set(step.connection.execute(select(contacts.c.id).where(contacts.c.customer_id == customer_id)).scalars())
    for position, contact in enumerate(wanted):
        fields = {name: getattr(contact, name) for name in CONTACT_FIELDS} | {"position": position}
        if contact.id in known:
            known.remove(contact.id)
            update(step, contacts, contact.id, **fields)
            contact_id = contact.id
        else:
            contact_id = insert(step, contacts, customer_id=customer_id, **fields)
        save_points(step, customer_id, contact_id, contact.points)
    for contact_id in known:
        delete(step, contacts, contact_id)
