"""Taking steps back and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Phrase, Refused

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


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
