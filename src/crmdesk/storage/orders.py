"""Orders with their lines as they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, select

from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.storage import products
from crmdesk.storage.customers import as_date
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import delete, insert, update
from crmdesk.storage.schema import order_lines, orders
from crmdesk.storage.schema import products as product_table

CHUNK: Final = 2000


def add(step: Step, order: Order) -> int:
    """Keep an order and its lines; gives its id."""
    new = insert(step, orders, customer_id=order.customer_id, **_columns(order))
    _add_lines(step, new, order.lines)
    return new


def change(step: Step, before: Order, after: Order) -> None:
    """Write an order over the one with its id; lines are only touched where they differ."""
    update(step, orders, before.id, customer_id=after.customer_id, **_columns(after))
    if after.lines != before.lines:
        step.connection.execute(order_lines.delete().where(order_lines.c.order_id == before.id))
        _add_lines(step, before.id, after.lines)


def remove(step: Step, order_id: int) -> None:
    """Delete an order with its lines."""
    delete(step, orders, order_id)


def get(connection: Connection, order_id: int) -> Order:
    """One order with its lines. Raises Refused("no_such_order")."""
    found = _read(connection, orders.c.id == order_id, 1)
    if not found:
        raise Refused("no_such_order")
    return found[0]


def after(connection: Connection, last: int, customers: Collection[int] | None = None) -> list[Order]:
    """The next chunk of orders above the id `last`, of everyone or of these customers; empty at the end."""
    condition = orders.c.id > last
    if customers is not None:
        condition = condition & orders.c.customer_id.in_(customers)
    return _read(connection, condition, CHUNK)


def of_customer(connection: Connection, customer_id: int, limit: int) -> list[Order]:
    """The newest orders of a customer, newest first."""
    newest = (orders.c.ordered_on.desc(), orders.c.id.desc())
    return _read(connection, orders.c.customer_id == customer_id, limit, *newest)


def purchase_days(connection: Connection, customer_id: int) -> list[date]:
    """The days of a customer's counting orders, each once, ascending."""
    days = connection.execute(
        select(orders.c.ordered_on)
        .where(orders.c.customer_id == customer_id, orders.c.counts, orders.c.ordered_on.is_not(None))
        .distinct()
        .order_by(orders.c.ordered_on)
    ).scalars()
    return [date.fromisoformat(day[:10]) for day in days if day]


def _add_lines(step: Step, order_id: int, lines: Sequence[OrderLine]) -> None:
    for line in lines:
        insert(
            step,
            order_lines,
            order_id=order_id,
            product_id=products.ensure(step, line.product, line.product_code, line.product_group),
            quantity=line.quantity,
            price=line.price,
            amount=line.amount,
            cost=line.cost,
            discount=line.discount,
        )


def _columns(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "ordered_on": order.ordered_on.isoformat() if order.ordered_on else None,
        "ordered_at": order.ordered_at.isoformat() if order.ordered_at else None,
        "status": order.status,
        "counts": order.counts,
        "amount": order.amount,
        "cost": order.cost,
        "discount": order.discount,
        "refund": order.refund,
        "notes": order.notes,
    }


def _read(
    connection: Connection, condition: ColumnElement[bool], limit: int, *order_by: ColumnElement[Any]
) -> list[Order]:
    rows = connection.execute(
        select(orders).where(condition).order_by(*(order_by or (orders.c.id,))).limit(limit)
    ).all()
    lines = _lines(connection, [row.id for row in rows])
    return [_order(row, tuple(lines.get(row.id, ()))) for row in rows]


def _lines(connection: Connection, ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    product, line = product_table.c, order_lines.c
    found: dict[int, list[OrderLine]] = defaultdict(list)
    rows = connection.execute(
        select(
            line.order_id,
            product.name,
            product.code,
            product.product_group,
            line.quantity,
            line.price,
            line.amount,
            line.cost,
            line.discount,
        )
        .outerjoin_from(order_lines, product_table, product.id == line.product_id)
        .where(line.order_id.in_(ids))
        .order_by(line.order_id, line.id)
    )
    for row in rows:
        found[row[0]].append(OrderLine(row[1] or "", row[2] or "", row[3] or "", *row[4:]))
    return found


def _order(row: Row[Any], lines: tuple[OrderLine, ...]) -> Order:
    return Order(
        row.customer_id,
        as_date(row.ordered_on),
        time.fromisoformat(row.ordered_at) if row.ordered_at else None,
        row.number,
        row.status,
        row.counts,
        row.amount,
        row.cost,
        row.discount,
        row.refund,
        row.notes,
        lines,
        row.id,
    )
