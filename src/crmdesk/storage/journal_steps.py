"""The steps as the undo menu and the history see them: plain SQL, for the menu is there at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Phrase, Refused

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


@dataclass(frozen=True)
class StepEntry:
    """A step in the history: `at` in local time; `undone` while it is taken back; `undoes` another step or 0."""

    id: int
    at: datetime
    name: Phrase
    undone: bool
    undoable: bool
    undoes: int = 0


def last_undoable(raw: Raw) -> int | None:
    """The step that undo takes back next."""
    found = raw.execute("SELECT id FROM steps WHERE undoable AND undone_by IS NULL ORDER BY id DESC LIMIT 1").fetchone()
    return found[0] if found else None


def last_undone(raw: Raw) -> int | None:
    """The taking-back that redo takes back next: none of those before the newest step of the user's own."""
    found = raw.execute(
        "SELECT u.id FROM steps u JOIN steps s ON s.id = u.undoes"
        " WHERE s.undoable AND NOT u.undoable AND u.undone_by IS NULL"
        " AND u.id > (SELECT coalesce(max(id), 0) FROM steps WHERE undoable) ORDER BY u.id DESC LIMIT 1"
    ).fetchone()
    return found[0] if found else None


def name_of(raw: Raw, step_id: int) -> Phrase:
    """The name of a step. Refused when there is none of that id."""
    found = raw.execute("SELECT name FROM steps WHERE id = ?", (step_id,)).fetchone()
    if not found:
        raise Refused("step_unknown")
    return Phrase.from_json(found[0])


def step_entries(raw: Raw, limit: int, *, own: bool = False) -> list[StepEntry]:
    """The newest steps, newest first. `own`: without what the system does by itself, and without plain undo and redo:
    what they took back is marked."""
    rows = raw.execute(
        "SELECT id, at, name, undone_by IS NOT NULL, undoable, coalesce(undoes, 0) FROM steps"
        " WHERE undoable OR NOT ? ORDER BY id DESC LIMIT ?",
        (own, limit),
    ).fetchall()
    return [
        StepEntry(row, local_time(at), Phrase.from_json(name), bool(undone), bool(undoable), undoes)
        for row, at, name, undone, undoable, undoes in rows
    ]


def newest_step(raw: Raw) -> int:
    """The last step that was saved; 0 in a new file."""
    newest: int = raw.execute("SELECT coalesce(max(id), 0) FROM steps").fetchone()[0]
    return newest


def last_saved(raw: Raw) -> datetime | None:
    """When the newest step was saved, local time; None in a new file."""
    found = raw.execute("SELECT at FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    return local_time(found[0]) if found else None


def local_time(text: str) -> datetime:
    """A time of the journal (UTC) as the user's clock shows it, without a zone."""
    return datetime.fromisoformat(text).astimezone().replace(tzinfo=None)
