"""Everything that one customer's page shows."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import Connection, Table, select

from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.record import CustomerCard, TimelineEntry
from crmdesk.storage import customers, follow_ups, interactions, orders, photos, receipts, records, talks
from crmdesk.storage.customers import as_date
from crmdesk.storage.schema import stage_changes, tier_changes

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

SHOWN: Final = 300  # entries of each kind
PRODUCTS_NAMED: Final = 3


def customer_card(connection: Connection, customer_id: int) -> CustomerCard:
    """The card of a customer. Raises Refused("no_such_customer")."""
    record = records.record(connection, customer_id)
    due = follow_ups.of_customer(connection, customer_id)
    return CustomerCard(
        record.customer,
        record.figures,
        due[0] if due else None,
        tuple(timeline(connection, customer_id)),
        tuple(orders.purchase_days(connection, customer_id)),
        tuple(due),
        customers.standing(connection, customer_id),
        photos.shown(cast("Raw", connection.connection.driver_connection), customer_id),
    )


def timeline(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    """What happened with a customer, newest first."""
    entries = [
        *_orders(connection, customer_id),
        *_receipts(connection, customer_id),
        *_interactions(connection, customer_id),
        *_follow_ups(connection, customer_id),
        *_talks(connection, customer_id),
        *_moves(connection, customer_id, "tier", tier_changes),
        *_moves(connection, customer_id, "stage", stage_changes),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.at or time.min, entry.id), reverse=True)


def _orders(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            order.ordered_on,
            "order",
            order.id,
            order.ordered_at,
            detail=order.status,
            outcome="" if order.counts else "void",
            text=_products(order),
            money=order.amount - order.refund,
        )
        for order in orders.of_customer(connection, customer_id, SHOWN)
        if order.ordered_on is not None
    ]


def _products(order: Order) -> str:
    named = dict.fromkeys(line.product or line.product_code for line in order.lines)
    return " · ".join([name for name in named if name][:PRODUCTS_NAMED]) or order.notes


def _receipts(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    return [
        TimelineEntry(receipt.received_on, "receipt", receipt.id, text=receipt.notes, money=receipt.amount)
        for receipt in receipts.of_customer(connection, customer_id, SHOWN)
    ]


def _interactions(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    said = [row.interaction for row in interactions.newest(connection, SHOWN, customer_id)]
    return [
        TimelineEntry(
            what.at.date(),
            "interaction",
            what.id,
            what.at.time() if what.at.time() != time.min else None,
            detail=what.kind,
            outcome=what.outcome,
            text=what.summary,
        )
        for what in said
    ]


def _follow_ups(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    return [
        TimelineEntry(done.done_on, "follow_up", done.id, detail=done.kind, text=done.summary)
        for done in follow_ups.done_alone(connection, customer_id, SHOWN)
        if done.done_on is not None
    ]


def _talks(connection: Connection, customer_id: int) -> list[TimelineEntry]:
    said = talks.talks_of(cast("Raw", connection.connection.driver_connection), customer_id)
    return [
        TimelineEntry(one.said_on, "talk", one.id, detail=one.kind, text=one.text, money=one.amount)
        for one in said
        if one.said_on is not None
    ]


def _moves(connection: Connection, customer_id: int, kind: str, table: Table) -> list[TimelineEntry]:
    columns = table.c
    rows = connection.execute(
        select(columns.id, columns.changed_on, columns.new, columns.reason)
        .where(columns.customer_id == customer_id)
        .order_by(columns.changed_on.desc(), columns.id.desc())
        .limit(SHOWN)
    )
    return [
        TimelineEntry(day, kind, row.id, detail=row.new, reason=Phrase.from_json(row.reason) if row.reason else None)
        for row in rows
        if (day := as_date(row.changed_on)) is not None
    ]
