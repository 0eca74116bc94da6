"""Tags and the customers that wear them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import insert
from crmdesk.storage.schema import customer_tags, tags


def ensure(step: Step, name: str) -> int:
    """The id of a tag, made where it is new."""
    found = step.connection.execute(select(tags.c.id).where(tags.c.name == name)).scalar()
    return found if found is not None else insert(step, tags, name=name)


def save(step: Step, customer_id: int, names: Sequence[str]) -> None:
    """Make these the customer's tags; the rows of those that stay are left alone."""
    wanted = {ensure(step, name) for name in names if name}
    rows = step.connection.execute(
        select(customer_tags.c.tag_id, customer_tags.c.id).where(customer_tags.c.customer_id == customer_id)
    )
    kept: dict[int, int] = {tag: row_id for tag, row_id in rows}  # noqa: C416 - a Row is no pair to the type checker
    gone = [kept[tag] for tag in kept.keys() - wanted]
    if gone:
        step.connection.execute(customer_tags.delete().where(customer_tags.c.id.in_(gone)))
    for tag in sorted(wanted - kept.keys()):
        insert(step, customer_tags, customer_id=customer_id, tag_id=tag)
