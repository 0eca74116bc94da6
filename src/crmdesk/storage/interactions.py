"""Interactions as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from crmdesk.domain.interaction import Interaction
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import InteractionRow
from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import delete, insert, update
from crmdesk.storage.schema import customers, interactions


def add(step: Step, interaction: Interaction) -> int:
    """Keep an interaction; gives its id."""
    return insert(step, interactions, customer_id=interaction.customer_id, **_columns(interaction))


def change(step: Step, interaction: Interaction) -> None:
    """Write the interaction over the one with its id."""
    update(step, interactions, interaction.id, **_columns(interaction))


def remove(step: Step, interaction_id: int) -> None:
    """Delete an interaction."""
    delete(step, interactions, interaction_id)


def get(connection: Connection, interaction_id: int) -> Interaction:
    """One interaction. Raises Refused("no_such_interaction")."""
    row = connection.execute(select(interactions).where(interactions.c.id == interaction_id)).one_or_none()
    if row is None:
        raise Refused("no_such_interaction")
    return _interaction(row)


def newest(connection: Connection, limit: int | None, customer: int | None, search: str = "") -> list[InteractionRow]:
    """The newest interactions with the customer's name; `search` is a part of the summary or of the name."""
    wanted = (
        select(interactions, customers.c.name.label("customer_name"), customers.c.code.label("customer_code"))
        .join_from(interactions, customers, customers.c.id == interactions.c.customer_id)
        .order_by(interactions.c.at.desc(), interactions.c.id.desc())
        .limit(limit)
    )
    if customer is not None:
        wanted = wanted.where(interactions.c.customer_id == customer)
    for word in search.split():
        wanted = wanted.where(
            or_(
                interactions.c.summary.contains(word, autoescape=True),
                customers.c.name.contains(word, autoescape=True),
            )
        )
    rows: Sequence[Row[Any]] = connection.execute(wanted).all()
    return [InteractionRow(_interaction(row), row.customer_name or row.customer_code) for row in rows]


def _columns(interaction: Interaction) -> dict[str, Any]:
    return {
        "contact_id": interaction.contact_id,
        "at": interaction.at.isoformat(timespec="seconds"),
        "kind": str(interaction.kind),
        "outcome": str(interaction.outcome),
        "summary": interaction.summary,
    }


def _interaction(row: Row[Any]) -> Interaction:
    return Interaction(
        row.customer_id,
        datetime.fromisoformat(row.at),
        row.kind,
        row.outcome,
        row.summary,
        row.contact_id,
        row.id,
    )
