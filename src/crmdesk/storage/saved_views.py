"""The saved views of a file, one settings row each. Read with the raw driver, for the list needs them early."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.saved_view import SavedView, query_from_plain, query_to_plain

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step

_PREFIX: Final = "view."


def saved_views(raw: Raw) -> list[SavedView]:
    """All saved views, the oldest first."""
    rows = raw.execute("SELECT id, value FROM settings WHERE name GLOB ? ORDER BY id", (f"{_PREFIX}*",)).fetchall()
    if not rows:
        return []
    import json

    kept = [(row_id, json.loads(value)) for row_id, value in rows]
    return [SavedView(row_id, plain["name"], query_from_plain(plain["query"])) for row_id, plain in kept]


def add_view(step: Step, name: str, query: CustomerQuery) -> int:
    """Keep a view; gives its id."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema import settings

    new_id = step.new_id()
    return rows.insert(step, settings, id=new_id, name=f"{_PREFIX}{new_id}", value=_plain(name, query))


def put_view(step: Step, view: SavedView) -> None:
    """Keep another name or another query of a view."""
    from crmdesk.storage import rows
    from crmdesk.storage.schema import settings

    rows.update(step, settings, view.id, value=_plain(view.name, view.query))


def remove_view(step: Step, view: SavedView) -> None:
    """Delete a view and how its columns were arranged."""
    from crmdesk.storage import rows, table_layouts
    from crmdesk.storage.schema import settings

    rows.delete(step, settings, view.id)
    table_layouts.forget_layout(step, view.layout_name)


def _plain(name: str, query: CustomerQuery) -> str:
    import json  # not for the first paint

    return json.dumps({"name": name, "query": query_to_plain(query)}, ensure_ascii=False)
