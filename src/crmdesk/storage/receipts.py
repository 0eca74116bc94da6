"""Money received."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from crmdesk.domain.phrase import Refused
from crmdesk.domain.receipt import Receipt
from crmdesk.storage.customers import as_date
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import delete, insert, update
from crmdesk.storage.schema import receipts


def add(step: Step, receipt: Receipt) -> int:
    """Keep a receipt; gives its id."""
    return insert(step, receipts, **_columns(receipt))


def change(step: Step, receipt: Receipt) -> None:
    """Write a receipt over the one with its id."""
    update(step, receipts, receipt.id, **_columns(receipt))


def remove(step: Step, receipt_id: int) -> None:
    """Delete a receipt."""
    delete(step, receipts, receipt_id)


def get(connection: Connection, receipt_id: int) -> Receipt:
    """One receipt. Raises Refused("no_such_receipt")."""
    found = _read(connection.execute(select(receipts).where(receipts.c.id == receipt_id)))
    if not found:
        raise Refused("no_such_receipt")
    return found[0]


def of_customer(connection: Connection, customer_id: int, limit: int) -> list[Receipt]:
    """The receipts of a customer, newest first."""
    rows = connection.execute(
        select(receipts)
        .where(receipts.c.customer_id == customer_id)
        .order_by(receipts.c.received_on.desc(), receipts.c.id.desc())
        .limit(limit)
    )
    return _read(rows)


def _columns(receipt: Receipt) -> dict[str, Any]:
    return {
        "customer_id": receipt.customer_id,
        "order_id": receipt.order_id,
        "received_on": receipt.received_on.isoformat(),
        "amount": receipt.amount,
        "method": receipt.method,
        "notes": receipt.notes,
    }


def _read(rows: Iterable[Row[Any]]) -> list[Receipt]:
    return [
        Receipt(row.customer_id, day, row.amount, row.order_id, row.method, row.notes, row.id)
        for row in rows
        if (day := as_date(row.received_on)) is not None
    ]
