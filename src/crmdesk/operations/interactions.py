"""Writing down what happened with a customer, and what is to happen next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import Interaction, InteractionKind, Outcome
from crmdesk.domain.record import InteractionRow
from crmdesk.storage.database import Database


def log_interaction(
    database: Database,
    interaction: Interaction,
    *,
    next_on: date | None = None,
    next_summary: str = "",
    completes: int | None = None,
    promise: bool = False,
) -> Changes:
    """Keep an interaction, the follow-up it completes and the next one, in one step; `new_id` is the interaction's.

    The outcome "stop" also stops following the customer. Raises Refused("no_such_customer"), ("no_such_follow_up").
    """
    from crmdesk.storage import customers, follow_ups, interactions

    with database.read() as connection:
        name = customers.name(connection, interaction.customer_id)
        follow_up = follow_ups.get(connection, completes) if completes is not None else None
    with database.write("log_interaction" if follow_up is None else "complete_follow_up", name=name) as step:
        kept = interactions.add(step, interaction)
        step.made(kept)
        if follow_up is not None:
            follow_ups.complete(step, follow_up.id, interaction.at.date(), kept)
        if interaction.outcome == Outcome.STOP:
            follow_ups.stop_following(step, [interaction.customer_id], interaction.at.date(), kept)
        elif next_on is not None:
            follow_ups.add(step, _next(interaction, next_on, next_summary, promise))
    return step.changes


def log_notes(database: Database, texts: Mapping[int, str], at: datetime) -> Changes:
    """Keep what was written about several customers, by id, in one step. Refused("no_such_customer") where one left."""
    from crmdesk.storage import interactions

    with database.write("log_notes", count=len(texts)) as step:
        for customer_id, text in texts.items():
            interactions.add(step, Interaction(customer_id, at, InteractionKind.NOTE, "", text))
    return step.changes


def edit_interaction(database: Database, interaction: Interaction) -> Changes:
    """Change an interaction that is kept; no step where nothing differs. Raises Refused("no_such_interaction")."""
    from crmdesk.storage import customers, interactions

    with database.read() as connection:
        before = interactions.get(connection, interaction.id)
        name = customers.name(connection, before.customer_id)
    if before == interaction:
        return Changes()
    with database.write("edit_interaction", name=name) as step:
        interactions.change(step, interaction)
    return step.changes


def delete_interaction(database: Database, interaction_id: int) -> Changes:
    """Delete an interaction. Raises Refused("no_such_interaction")."""
    from crmdesk.storage import customers, interactions

    with database.read() as connection:
        name = customers.name(connection, interactions.get(connection, interaction_id).customer_id)
    with database.write("delete_interaction", name=name) as step:
        interactions.remove(step, interaction_id)
    return step.changes


def list_interactions(
    database: Database,
    limit: int | None = 500,
    customer: int | None = None,
    search: str = "",
) -> list[InteractionRow]:
    """The newest interactions, of everyone or of one customer; `search` is a part of what was said or of the name."""
    from crmdesk.storage import interactions

    with database.read() as connection:
        return interactions.newest(connection, limit, customer, search)


def _next(interaction: Interaction, due_on: date, summary: str, promise: bool) -> FollowUp:
    kind = InteractionKind.CALL if interaction.kind == InteractionKind.NOTE else interaction.kind
    origin = Origin.PROMISE if promise else Origin.BY_HAND
    return FollowUp(interaction.customer_id, due_on, kind=kind, summary=summary, origin=origin, promise=promise)
