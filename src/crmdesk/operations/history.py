"""Taking steps back, doing them again, and the list of what was done."""

from __future__ import annotations

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase
from crmdesk.storage import journal_steps
from crmdesk.storage.database import Database
from crmdesk.storage.journal_steps import StepEntry


def undo(db: Database) -> Changes:
    """Take the last step back; empty Changes when there is none. `kept` names what was changed since and stays."""
    return db.undo()


def redo(db: Database) -> Changes:
    """Do again what was undone last; empty Changes when there is nothing."""
    return db.redo()


def undo_step(db: Database, step_id: int) -> Changes:
    """Take an older step back where its values still stand. Refused for an unknown or undone step."""
    return db.undo_step(step_id)


def undo_name(db: Database) -> Phrase | None:
    """The step that undo would take back."""
    with db.raw_read() as raw:
        step = journal_steps.last_undoable(raw)
        return journal_steps.name_of(raw, step) if step else None


def redo_name(db: Database) -> Phrase | None:
    """The step that redo would do again."""
    with db.raw_read() as raw:
        step = journal_steps.last_undone(raw)
        return journal_steps.name_of(raw, step) if step else None


def steps(db: Database, limit: int = 100) -> list[StepEntry]:
    """The newest steps, newest first."""
    with db.raw_read() as raw:
        return journal_steps.step_entries(raw, limit)


def own_steps(db: Database, limit: int = 100) -> list[StepEntry]:
    """The newest steps that the user did, newest first: what the system does by itself is left out."""
    with db.raw_read() as raw:
        return journal_steps.step_entries(raw, limit, own=True)


def logical_dump(db: Database) -> str:
    """Everything the user keeps as text; two states with the same text are the same to the user."""
    from crmdesk.storage.database_dump import dump_lines

    with db.raw_read() as raw:
        return "\n".join(dump_lines(raw))
