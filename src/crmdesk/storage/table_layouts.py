"""How the tables of a file are arranged, by view. Read with the raw driver, for a list needs it at the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.table_layout import TableLayout, layout_from_plain

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step


def read_layout(raw: Raw, view: str) -> TableLayout:
    """The layout kept for a view; one that arranges nothing at first."""
    kept = raw.execute("SELECT value FROM settings WHERE name = ?", (_name(view),)).fetchone()
    if not kept:
        return TableLayout()
    import json

    return layout_from_plain(json.loads(kept[0]))


def keep_layout(step: Step, view: str, layout: TableLayout) -> None:
    """Keep a layout for a view."""
    from crmdesk.storage import file_settings

    file_settings.put(step, _name(view), layout.to_plain())


def forget_layout(step: Step, view: str) -> None:
    """Let go of the layout of a view that is no more."""
    from crmdesk.storage.schema import settings

    step.connection.execute(settings.delete().where(settings.c.name == _name(view)))


def _name(view: str) -> str:
    return f"layout.{view}"
