"""Customers read whole, many at a time: the facts, points, contacts, tags and figures of a chunk in five statements."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, select

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.figures import FIGURE_COLUMNS, Figures, unknown_figures
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import CustomerRecord
from crmdesk.storage.customers import DAYS, NUMBERS, REGION, TEXTS, as_date
from crmdesk.storage.schema import contact_points, contacts, customer_tags, customers, figures, regions, tags

CHUNK: Final = 2000
_FACTS: Final = (*TEXTS, *NUMBERS, *DAYS)


def get(connection: Connection, customer_id: int) -> Customer:
    """The facts of a customer. Raises Refused("no_such_customer")."""
    return record(connection, customer_id).customer


def record(connection: Connection, customer_id: int) -> CustomerRecord:
    """The facts and figures of a customer. Raises Refused("no_such_customer")."""
    found = _read(connection, [customer_id], 1, customers.c.id == customer_id)
    if not found:
        raise Refused("no_such_customer")
    return found[0]


def after(connection: Connection, last: int, wanted: Sequence[int] | None = None) -> list[CustomerRecord]:
    """The next chunk of customers above the id `last`, of all or of the `wanted` ids (ascending); empty at the end."""
    if wanted is None:
        return _read(connection, None, CHUNK, customers.c.id > last)
    start = bisect_right(wanted, last)
    while ids := wanted[start : start + CHUNK]:
        found = _read(connection, ids, CHUNK, customers.c.id.in_(ids))
        if found:
            return found
        start += CHUNK
    return []


def _read(
    connection: Connection, ids: Sequence[int] | None, limit: int, condition: ColumnElement[bool]
) -> list[CustomerRecord]:
    facts = [customers.c[key] for key in _FACTS]
    place = [regions.c[key] for key in REGION]
    derived = [figures.c[key] for key in FIGURE_COLUMNS]
    rows = connection.execute(
        select(customers.c.id, customers.c.extra, *facts, *place, *derived)
        .outerjoin_from(customers, regions, regions.c.id == customers.c.region_id)
        .outerjoin(figures, figures.c.customer_id == customers.c.id)
        .where(condition)
        .order_by(customers.c.id)
        .limit(limit)
    ).all()
    if not rows:
        return []
    parts = _Parts(connection, ids, rows[0].id, rows[-1].id)
    return [_record(row, parts) for row in rows]


def _record(row: Row[Any], parts: _Parts) -> CustomerRecord:
    fields: dict[str, Any] = dict(zip(_FACTS, row[2 : 2 + len(_FACTS)], strict=True))
    for key in DAYS:
        fields[key] = as_date(fields[key])
    province, city, district = row[2 + len(_FACTS) : 5 + len(_FACTS)]
    customer = Customer(
        id=row.id,
        province=province or "",
        city=city or "",
        district=district or "",
        points=tuple(parts.points.get((row.id, None), ())),
        contacts=tuple(parts.contacts.get(row.id, ())),
        tags=tuple(parts.tags.get(row.id, ())),
        extra={} if row.extra == "{}" else json.loads(row.extra),
        **fields,
    )
    derived = row[5 + len(_FACTS) :]
    return CustomerRecord(customer, unknown_figures(row.id) if derived[0] is None else Figures.from_row(derived))


class _Parts:
    """What belongs to the customers of a chunk, by customer."""

    def __init__(self, connection: Connection, ids: Sequence[int] | None, first: int, last: int) -> None:
        def of_chunk(column: ColumnElement[int]) -> ColumnElement[bool]:
            return column.between(first, last) if ids is None else column.in_(ids)

        self.points: dict[tuple[int, int | None], list[Point]] = defaultdict(list)
        point = contact_points.c
        for customer, contact, *point_fields in connection.execute(
            select(point.customer_id, point.contact_id, point.kind, point.value, point.label)
            .where(of_chunk(point.customer_id))
            .order_by(point.customer_id, point.position, point.id)
        ).all():
            self.points[customer, contact].append(Point(*point_fields))
        self.contacts: dict[int, list[Contact]] = defaultdict(list)
        who = contacts.c
        for customer, contact, name, title, salutation, role, notes in connection.execute(
            select(who.customer_id, who.id, who.name, who.title, who.salutation, who.role, who.notes)
            .where(of_chunk(who.customer_id))
            .order_by(who.customer_id, who.position, who.id)
        ).all():
            owned = tuple(self.points.get((customer, contact), ()))
            self.contacts[customer].append(Contact(name, title, salutation, role, notes, owned, contact))
        self.tags: dict[int, list[str]] = defaultdict(list)
        for customer, tag in connection.execute(
            select(customer_tags.c.customer_id, tags.c.name)
            .join_from(customer_tags, tags, tags.c.id == customer_tags.c.tag_id)
            .where(of_chunk(customer_tags.c.customer_id))
            .order_by(customer_tags.c.customer_id, tags.c.name)
        ).all():
            self.tags[customer].append(tag)
