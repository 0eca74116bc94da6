"""Importing sheets: what will happen, then one step that makes it happen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.operations.importing_values import (
    Created,
    ImportSummary,
    Preview,
    RowCounts,
    SheetResult,
)
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.excel.columns import Column
    from crmdesk.storage.database import Database

__all__ = [
    "Created",
    "ImportSummary",
    "Preview",
    "RowCounts",
    "SheetResult",
    "correct_sheet",
    "import_preview",
    "leave_out",
    "preview_sheets",
]


def preview_sheets(
    db: Database, paths: Sequence[Path], progress: Progress | None = None, *, passwords: Sequence[str] = ()
) -> Preview:
    """Read the workbooks and compute what importing them would do; nothing is written. Raises Refused, Cancelled.

    `passwords` stand beside `paths`; a workbook that needs one is refused as `password_protected`.
    """
    raise NotImplementedError


def correct_sheet(
    db: Database,
    preview: Preview,
    sheet: int,
    columns: Sequence[Column],
    progress: Progress | None = None,
    *,
    header_row: int | None = None,
) -> Preview:
    """The preview with sheet number `sheet` (position in `preview.sheets`) read with the user's columns instead."""
    raise NotImplementedError


def leave_out(db: Database, preview: Preview, sheets: frozenset[int], progress: Progress | None = None) -> Preview:
    """The preview with these sheets (positions in `preview.sheets`) left out, and all others in."""
    raise NotImplementedError


def import_preview(
    db: Database, preview: Preview, progress: Progress | None = None, as_of: str = "auto"
) -> ImportSummary:
    """Write what the preview says, in one step after a verified backup. Raises Refused, Cancelled: then nothing is kept.

    `as_of`: auto, today, last-order or an ISO day, for the figures from now on.
    """
    raise NotImplementedError
