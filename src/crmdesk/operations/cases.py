"""Complaints and service requests: opened, and closed with what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.case import Case
from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.storage.database import Database

__all__ = ["cases_of", "close_case", "open_case"]

KINDS: Final = ("complaint", "service")


def cases_of(db: Database, customer_id: int) -> tuple[Case, ...]:
    """A customer's cases, the open ones first, then the newest."""
    from crmdesk.storage import cases

    with db.raw_read() as raw:
        return cases.cases_of(raw, customer_id)


def open_case(
    db: Database, customer_id: int, cause: str, *, kind: str = "complaint", order_id: int | None = None
) -> Changes:
    """Note a case of today; `new_id` names it. Raises Refused("no_such_customer"), ValueError for another kind."""
    from crmdesk.storage import customers, rows, schema

    if kind not in KINDS:
        raise ValueError(f"a case is one of {', '.join(KINDS)}")
    with db.read() as connection:
        name = customers.name(connection, customer_id)
    with db.write("open_case", name=name) as step:
        step.made(
            rows.insert(
                step,
                schema.cases,
                customer_id=customer_id,
                order_id=order_id,
                kind=kind,
                opened_on=db.clock.today().isoformat(),
                cause=cause.strip(),
            )
        )
    return step.changes


def close_case(db: Database, case_id: int, action: str, *, satisfied: bool | None = None) -> Changes:
    """Close a case with what was done, and whether the customer was satisfied (None: not asked).

    Raises Refused("no_such_case").
    """
    from crmdesk.storage import customers, rows, schema

    with db.read() as connection:
        owner = connection.execute(schema.cases.select().where(schema.cases.c.id == case_id)).one_or_none()
        if owner is None:
            raise Refused("no_such_case")
        name = customers.name(connection, owner.customer_id)
    with db.write("close_case", name=name) as step:
        day = db.clock.today().isoformat()
        rows.update(step, schema.cases, case_id, closed_on=day, action=action.strip(), satisfied=satisfied)
    return step.changes
