"""满意度: asked after a sale, kept as dated scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused
from crmdesk.domain.satisfaction import SCORES, Satisfaction

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.storage.database import Database

__all__ = ["answers_of", "delete_answer", "list_answers", "note_answer"]


def answers_of(db: Database, customer_id: int) -> tuple[Satisfaction, ...]:
    """A customer's answers, the newest first."""
    from crmdesk.storage import satisfaction

    with db.raw_read() as raw:
        return satisfaction.answers(raw, customer_id)


def list_answers(db: Database) -> tuple[Satisfaction, ...]:
    """Everybody's answers, the newest first."""
    from crmdesk.storage import satisfaction

    with db.raw_read() as raw:
        return satisfaction.answers(raw)


def note_answer(db: Database, answer: Satisfaction) -> Changes:
    """Keep an answer; `new_id` names it. Raises Refused("no_such_customer"), ValueError for another score."""
    from crmdesk.storage import customers, rows, schema

    if answer.score not in SCORES:
        raise ValueError(f"a score is one of {SCORES}")
    with db.read() as connection:
        name = customers.name(connection, answer.customer_id)
    with db.write("note_satisfaction", name=name) as step:
        values = {"asked_on": answer.asked_on.isoformat(), "score": answer.score, "words": answer.words.strip()}
        step.made(rows.insert(step, schema.satisfaction, customer_id=answer.customer_id, **values))
    return step.changes


def delete_answer(db: Database, answer_id: int) -> Changes:
    """Delete an answer. Raises Refused("no_such_satisfaction")."""
    from crmdesk.storage import customers, rows, satisfaction, schema

    with db.raw_read() as raw:
        owner = satisfaction.owner_of(raw, answer_id)
    if owner is None:
        raise Refused("no_such_satisfaction")
    with db.read() as connection:
        name = customers.name(connection, owner)
    with db.write("delete_satisfaction", name=name) as step:
        rows.delete(step, schema.satisfaction, answer_id)
    return step.changes
