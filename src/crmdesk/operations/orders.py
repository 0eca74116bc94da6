"""Purchases and money received, written down by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.order import Order
from crmdesk.domain.plan import ORDERED
from crmdesk.domain.receipt import Receipt
from crmdesk.operations.offer_reminders import settle_offers
from crmdesk.operations.plan_steps import plan_waits, settle_plans
from crmdesk.operations.renewals import settle
from crmdesk.storage.database import Database


def add_order(database: Database, order: Order, ask_on: date | None = None) -> Changes:
    """Keep an order with its lines; without an amount it is the sum of its lines. Refused("no_such_customer").

    `ask_on`: the day to ask how satisfied the customer is; the follow-up is part of the step. What the order fills up
    again is not asked about any more, and a plan waits.
    """
    from crmdesk.storage import customers, follow_ups, orders

    today = database.clock.today()
    with database.read() as connection:
        name = customers.name(connection, order.customer_id)
    kept = order.with_totals()
    bought = kept.counts and kept.amount > 0  # a return is no answer
    day = kept.ordered_on or today
    waits = bought and plan_waits(database, order.customer_id)
    with database.write("add_order_answer" if waits else "add_order", name=name) as step:
        step.made(orders.add(step, kept))
        if ask_on is not None:
            what = order.lines[0].product if order.lines else ""
            due = FollowUp(order.customer_id, max(ask_on, today), summary=what, origin=Origin.AFTER_SALE)
            follow_ups.add(step, due)
        settle(step, [order.customer_id], today)
        settle_offers(step, [order.customer_id], today)
        settle_plans(step, [order.customer_id], today, (ORDERED, day) if bought else None)
    return step.changes


def edit_order(database: Database, order: Order) -> Changes:
    """Change an order that is kept, with its lines; no step where nothing differs. Refused("no_such_order")."""
    from crmdesk.storage import customers, orders

    with database.read() as connection:
        before = orders.get(connection, order.id)
        name = customers.name(connection, before.customer_id)
    if before == order:
        return Changes()
    with database.write("edit_order", name=name) as step:
        orders.change(step, before, order)
        settle(step, {before.customer_id, order.customer_id}, database.clock.today())
        settle_offers(step, {before.customer_id, order.customer_id}, database.clock.today())
    return step.changes


def get_order(database: Database, order_id: int) -> Order:
    """One order with its lines. Raises Refused("no_such_order")."""
    from crmdesk.storage import orders

    with database.read() as connection:
        return orders.get(connection, order_id)


def delete_order(database: Database, order_id: int) -> Changes:
    """Delete an order with its lines. Raises Refused("no_such_order")."""
    from crmdesk.storage import customers, orders

    with database.read() as connection:
        owner = orders.get(connection, order_id).customer_id
        name = customers.name(connection, owner)
    with database.write("delete_order", name=name) as step:
        orders.remove(step, order_id)
        settle(step, [owner], database.clock.today())
        settle_offers(step, [owner], database.clock.today())
    return step.changes


def list_orders(
    database: Database, customer: int | None = None, customers: Collection[int] | None = None
) -> Iterator[Order]:
    """Orders with their lines in id order, read in chunks: all, of one customer, or of several."""
    from crmdesk.storage import orders

    wanted = [customer] if customer is not None else customers
    last = 0
    while True:
        with database.read() as connection:
            chunk = orders.after(connection, last, wanted)
        if not chunk:
            return
        yield from chunk
        last = chunk[-1].id


def add_receipt(database: Database, receipt: Receipt) -> Changes:
    """Keep money received. Raises Refused("no_such_customer")."""
    from crmdesk.storage import customers, receipts

    with database.read() as connection:
        name = customers.name(connection, receipt.customer_id)
    with database.write("add_receipt", name=name) as step:
        step.made(receipts.add(step, receipt))
    return step.changes


def get_receipt(database: Database, receipt_id: int) -> Receipt:
    """One receipt. Raises Refused("no_such_receipt")."""
    from crmdesk.storage import receipts

    with database.read() as connection:
        return receipts.get(connection, receipt_id)


def edit_receipt(database: Database, receipt: Receipt) -> Changes:
    """Change a receipt that is kept; no step where nothing differs. Raises Refused("no_such_receipt")."""
    from crmdesk.storage import customers, receipts

    with database.read() as connection:
        before = receipts.get(connection, receipt.id)
        name = customers.name(connection, before.customer_id)
    if before == receipt:
        return Changes()
    with database.write("edit_receipt", name=name) as step:
        receipts.change(step, receipt)
    return step.changes


def delete_receipt(database: Database, receipt_id: int) -> Changes:
    """Delete a receipt. Raises Refused("no_such_receipt")."""
    from crmdesk.storage import customers, receipts

    with database.read() as connection:
        name = customers.name(connection, receipts.get(connection, receipt_id).customer_id)
    with database.write("delete_receipt", name=name) as step:
        receipts.remove(step, receipt_id)
    return step.changes


def product_names(database: Database, limit: int = 2000) -> list[str]:
    """The products sold before, for completion while typing."""
    from crmdesk.storage import products

    with database.read() as connection:
        return products.names(connection, limit)
