"""Remembered sheets: what was decided for sheets of the same headers, by name ("" is remembered by itself)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crmdesk.storage.rows import insert_rows

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step


def profiles(raw: Raw, name: str = "") -> dict[str, str]:
    """The decisions kept under a name, as JSON by fingerprint."""
    found = raw.execute("SELECT fingerprint, decided FROM sheet_profiles WHERE name = ?", (name,))
    return dict(found.fetchall())


def put(step: Step, name: str, decided: Mapping[str, str]) -> None:
    """Keep decisions by fingerprint under a name, in this step."""
    known = profiles(step.raw, name)
    changed = [(text, name, print_) for print_, text in decided.items() if known.get(print_, text) != text]
    step.raw.executemany("UPDATE sheet_profiles SET decided = ? WHERE name = ? AND fingerprint = ?", changed)
    fresh = [print_ for print_ in decided if print_ not in known]
    rows = [
        (row_id, name, print_, decided[print_]) for row_id, print_ in zip(step.new_ids(len(fresh)), fresh, strict=True)
    ]
    insert_rows(step.raw, "sheet_profiles", ("id", "name", "fingerprint", "decided"), rows)
