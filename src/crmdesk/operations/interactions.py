"""Writing down what happened with a customer, and what is to happen next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import Interaction, InteractionKind, Outcome, Said
from crmdesk.domain.plan import ANSWERED, ANSWERS
from crmdesk.domain.record import InteractionRow
from crmdesk.operations.plan_steps import plan_waits, settle_plans
from crmdesk.storage.database import Database

if TYPE_CHECKING:
    from crmdesk.storage.database_step import Step


def log_interaction(
    database: Database,
    interaction: Interaction,
    *,
    next_on: date | None = None,
    next_summary: str = "",
    completes: int | None = None,
    promise: bool = False,
    proposed: bool = False,
) -> Changes:
    """Keep an interaction, the follow-up it completes and the next one, in one step; `new_id` is the interaction's.

    The outcome "stop" also stops following the customer; an answer lets a plan wait. `proposed`: nobody chose the next
    day, so it gives way to the next step of a plan. Raises Refused("no_such_customer"), ("no_such_follow_up").
    """
    from crmdesk.storage import customers, follow_ups

    with database.read() as connection:
        name = customers.name(connection, interaction.customer_id)
        follow_up = follow_ups.get(connection, completes) if completes is not None else None
    waits = interaction.outcome in ANSWERS and plan_waits(database, interaction.customer_id)
    code = "log_answer" if waits else "log_interaction" if follow_up is None else "complete_follow_up"
    said = Said(interaction, next_on, completes, proposed)
    with database.write(code, name=name) as step:
        step.made(_keep(step, said, database.clock.today(), next_summary, promise=promise))
    return step.changes


def _keep(step: Step, said: Said, today: date, next_summary: str = "", *, promise: bool = False) -> int:
    from crmdesk.storage import follow_ups, interactions

    interaction = said.interaction
    kept = interactions.add(step, interaction)
    if said.completes is not None:
        follow_ups.complete(step, said.completes, interaction.at.date(), kept)
    if interaction.outcome == Outcome.STOP:
        follow_ups.stop_following(step, [interaction.customer_id], interaction.at.date(), kept)
        return kept
    heard = (ANSWERED, interaction.at.date()) if interaction.outcome in ANSWERS else None
    planned = settle_plans(step, [interaction.customer_id], today, heard)
    if said.next_on is not None and not (planned and said.proposed):
        follow_ups.add(step, _next(interaction, said.next_on, next_summary, promise))
    return kept


def log_all(database: Database, said: Sequence[Said]) -> Changes:
    """Keep what was begun with several customers, in one step. Raises Refused where a customer or follow-up left."""
    if len(said) == 1:
        only = said[0]
        return log_interaction(
            database, only.interaction, next_on=only.next_on, completes=only.completes, proposed=only.proposed
        )
    with database.write("log_notes", count=len(said)) as step:
        for one in said:
            _keep(step, one, database.clock.today())
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


def get_interaction(database: Database, interaction_id: int) -> Interaction:
    """One interaction. Raises Refused("no_such_interaction")."""
    from crmdesk.storage import interactions

    with database.read() as connection:
        return interactions.get(connection, interaction_id)


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
