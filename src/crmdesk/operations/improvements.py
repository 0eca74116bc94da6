"""改了什么: improvements linked to a reason for leaving, and how many left for it before and since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.improvement import Effect, Improvement, effect_of
from crmdesk.domain.loss import REASONS
from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.storage.database import Database

__all__ = ["delete_improvement", "improvements_made", "note_improvement"]


def improvements_made(db: Database) -> tuple[tuple[Improvement, Effect], ...]:
    """What was put right, the newest first, with the losses before and since."""
    from crmdesk.storage import improvements

    with db.raw_read() as raw:
        found, lost = improvements.improvements(raw), improvements.losses_noted(raw)
    return tuple((one, effect_of(one, lost, db.clock.today())) for one in found)


def note_improvement(db: Database, improvement: Improvement) -> Changes:
    """Keep what was changed; `new_id` names it. Raises Refused("no_such_loss") for another reason."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema_care import improvements

    if improvement.reason not in REASONS:
        raise Refused("no_such_loss", value=improvement.reason)
    with db.write("note_improvement") as step:
        values = {"reason": improvement.reason, "begun_on": improvement.begun_on.isoformat()}
        step.made(rows.insert(step, improvements, **values, text=improvement.text.strip()))
    return step.changes


def delete_improvement(db: Database, improvement_id: int) -> Changes:
    """Delete one. Raises Refused("no_such_improvement")."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema_care import improvements

    if all(one.id != improvement_id for one, _effect in improvements_made(db)):
        raise Refused("no_such_improvement")
    with db.write("delete_improvement") as step:
        rows.delete(step, improvements, improvement_id)
    return step.changes
