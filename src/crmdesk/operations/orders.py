"""Purchases and money received, written down by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from crmdesk.domain.changes import Changes
from crmdesk.domain.order import Order
from crmdesk.domain.receipt import Receipt
from crmdesk.storage.database import Database


def add_order(database: Database, order: Order) -> Changes:
    """Keep an order with its lines; without an amount it is the sum of its lines. Refused("no_such_customer")."""
    from crmdesk.storage import customers, orders

    with database.read() as connection:
        name = customers.name(connection, order.customer_id)
    with database.write("add_order", name=name) as step:
        step.made(orders.add(step, order.with_totals()))
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
        name = customers.name(connection, orders.get(connection, order_id).customer_id)
    with database.write("delete_order", name=name) as step:
        orders.remove(step, order_id)
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


def product_names(database: Database, limit: int = 2000) -> list[str]:
    """The products sold before, for completion while typing."""
    from crmdesk.storage import products

    with database.read() as connection:
        return products.names(connection, limit)
