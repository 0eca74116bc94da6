"""The columns of a list as the user arranged them: kept in the file, so they travel with it."""

from __future__ import annotations

from crmdesk.domain.changes import Changes
from crmdesk.domain.table_layout import TableLayout
from crmdesk.storage import table_layouts
from crmdesk.storage.database import Database


def table_layout(db: Database, view: str) -> TableLayout:
    """How the columns of a view are arranged."""
    with db.raw_read() as raw:
        return table_layouts.read_layout(raw, view)


def keep_table_layout(db: Database, view: str, layout: TableLayout) -> Changes:
    """Keep how the columns of a view are arranged. Not on the undo menu: Ctrl+Z is for customers."""
    with db.write("keep_layout", undoable=False) as step:
        table_layouts.keep_layout(step, view, layout)
    return step.changes
