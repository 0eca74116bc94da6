"""Saved views of the customer list: keep, change, rename, delete, each one step that undo takes back."""

from __future__ import annotations

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.saved_view import SavedView, layout_name
from crmdesk.domain.table_layout import TableLayout
from crmdesk.storage import saved_views as kept
from crmdesk.storage import table_layouts
from crmdesk.storage.database import Database


def saved_views(db: Database) -> list[SavedView]:
    """The views of the file, the oldest first."""
    with db.raw_read() as raw:
        return kept.saved_views(raw)


def save_view(db: Database, name: str, query: CustomerQuery, layout: TableLayout) -> Changes:
    """Keep filter, sort and columns under a name. Raises Refused("view_exists")."""
    _insist_free(db, name)
    with db.write("save_view", view=name) as step:
        new_id = kept.add_view(step, name, query)
        table_layouts.keep_layout(step, layout_name(new_id), layout)
        step.made(new_id)
    return step.changes


def change_view(db: Database, view: SavedView, query: CustomerQuery) -> Changes:
    """Keep another filter and sort under a view's name."""
    with db.write("change_view", view=view.name) as step:
        kept.put_view(step, view._replace(query=query))
    return step.changes


def rename_view(db: Database, view: SavedView, name: str) -> Changes:
    """Call a view differently. Raises Refused("view_exists")."""
    if name == view.name:
        return Changes()
    _insist_free(db, name)
    with db.write("rename_view", view=view.name, new=name) as step:
        kept.put_view(step, view._replace(name=name))
    return step.changes


def delete_view(db: Database, view: SavedView) -> Changes:
    """Let a view go; its customers stay where they are."""
    with db.write("delete_view", view=view.name) as step:
        kept.remove_view(step, view)
    return step.changes


def _insist_free(db: Database, name: str) -> None:
    if any(view.name == name for view in saved_views(db)):
        raise Refused("view_exists", view=name)
