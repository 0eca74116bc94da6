"""The list of imports: what came when, and what each brought. `history.undo_step` takes one back, also days later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.storage.imports import ImportedFile, ImportEntry

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["ImportEntry", "ImportedFile", "list_imports"]


def list_imports(db: Database) -> list[ImportEntry]:
    """All imports of the file, the newest first."""
    from crmdesk.storage import imports

    with db.raw_read() as raw:
        return imports.list_imports(raw)
