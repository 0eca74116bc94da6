"""Tables to fill that are remembered in the file, each whole under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.sheet_template import SheetTemplate
from crmdesk.storage import file_settings

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step

_PREFIX: Final = "sheet_template."
_LAST: Final = "last_sheet_template"


def names(raw: Raw) -> list[str]:
    """The names of the tables, the one used last first."""
    found = raw.execute(
        "SELECT substr(name, ?) FROM settings WHERE substr(name, 1, ?) = ? ORDER BY id DESC",
        (len(_PREFIX) + 1, len(_PREFIX), _PREFIX),
    ).fetchall()
    last = raw.execute("SELECT json_extract(value, '$') FROM settings WHERE name = ?", (_LAST,)).fetchone()
    return sorted((name for (name,) in found), key=lambda name: last is None or name != last[0])


def get(raw: Raw, name: str) -> SheetTemplate | None:
    """The table of a name."""
    kept = raw.execute("SELECT value FROM settings WHERE name = ?", (_PREFIX + name,)).fetchone()
    return None if kept is None else SheetTemplate.from_json(name, kept[0])


def put(step: Step, template: SheetTemplate) -> None:
    """Keep a table under its name and know it as the one used last, in this step."""
    file_settings.put(step, _PREFIX + template.name, template.to_plain())
    file_settings.put(step, _LAST, template.name)
