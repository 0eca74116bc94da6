"""Money received."""

from __future__ import annotations

from sqlalchemy import Connection, select

from crmdesk.domain.receipt import Receipt
from crmdesk.storage.customers import as_date
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import insert
from crmdesk.storage.schema import receipts


def add(step: Step, receipt: Receipt) -> int:
    """Keep a receipt; gives its id."""
    return insert(
        step,
        receipts,
        customer_id=receipt.customer_id,
        order_id=receipt.order_id,
        received_on=receipt.received_on.isoformat(),
        amount=receipt.amount,
        method=receipt.method,
        notes=receipt.notes,
    )


def of_customer(connection: Connection, customer_id: int, limit: int) -> list[Receipt]:
    """The receipts of a customer, newest first."""
    rows = connection.execute(
        select(receipts)
        .where(receipts.c.customer_id == customer_id)
        .order_by(receipts.c.received_on.desc(), receipts.c.id.desc())
        .limit(limit)
    )
    return [
        Receipt(row.customer_id, day, row.amount, row.order_id, row.method, row.notes, row.id)
        for row in rows
        if (day := as_date(row.received_on)) is not None
    ]
