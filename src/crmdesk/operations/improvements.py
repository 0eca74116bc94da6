"""改了什么: improvements linked to a reason for leaving, and how many left for it before and since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.improvement import Effect, Improvement, Lost, effect_of, next_to_improve, still_gone
from crmdesk.domain.loss import REASONS
from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = [
    "change_improvement",
    "delete_improvement",
    "improvements_made",
    "note_improvement",
    "reason_to_improve",
    "who_left_before",
]


def improvements_made(db: Database) -> tuple[tuple[Improvement, Effect], ...]:
    """What was put right, the newest first, with the losses before and since."""
    from crmdesk.storage import improvements

    with db.raw_read() as raw:
        found, lost = improvements.improvements(raw), improvements.losses_noted(raw)
    return tuple((one, effect_of(one, lost, db.clock.today())) for one in found)


def who_left_before(db: Database, improvement: Improvement) -> tuple[int, ...]:
    """Who left for its reason before it and is still gone, the most valuable first: it may bring them back."""
    from crmdesk.storage import improvements

    with db.raw_read() as raw:
        return still_gone(improvement, improvements.losses_noted(raw))


def reason_to_improve(db: Database) -> Lost | None:
    """The reason with which most money left within a year while nothing was changed; `customer` is how many left."""
    from crmdesk.storage import improvements

    with db.raw_read() as raw:
        return next_to_improve(improvements.losses_noted(raw), improvements.improvements(raw), db.clock.today())


def note_improvement(db: Database, improvement: Improvement) -> Changes:
    """Keep what was changed; `new_id` names it. Raises Refused("no_such_loss") for another reason."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema_care import improvements

    values = _columns(improvement)
    with db.write("note_improvement") as step:
        step.made(rows.insert(step, improvements, **values))
    return step.changes


def change_improvement(db: Database, improvement: Improvement) -> Changes:
    """Write it over the one of its id; no step where nothing differs.

    Raises Refused("no_such_improvement"), ("no_such_loss").
    """
    from crmdesk.storage import rows
    from crmdesk.storage.schema_care import improvements

    values = _columns(improvement)
    if _columns(_get(db, improvement.id)) == values:
        return Changes()
    with db.write("edit_improvement") as step:
        rows.update(step, improvements, improvement.id, **values)
    return step.changes


def delete_improvement(db: Database, improvement_id: int) -> Changes:
    """Delete one. Raises Refused("no_such_improvement")."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema_care import improvements

    _get(db, improvement_id)
    with db.write("delete_improvement") as step:
        rows.delete(step, improvements, improvement_id)
    return step.changes


def _get(db: Database, improvement_id: int) -> Improvement:
    from crmdesk.storage import improvements

    with db.raw_read() as raw:
        found = next((one for one in improvements.improvements(raw) if one.id == improvement_id), None)
    if found is None:
        raise Refused("no_such_improvement")
    return found


def _columns(improvement: Improvement) -> dict[str, object]:
    if improvement.reason not in REASONS:
        raise Refused("no_such_loss", value=improvement.reason)
    begun_on = improvement.begun_on.isoformat()
    return {"reason": improvement.reason, "begun_on": begun_on, "text": improvement.text.strip()}
