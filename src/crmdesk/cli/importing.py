"""`crmdesk import`: what would happen, and then the import itself."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.progress import Progress
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview, SheetPreview


def import_sheets(options: Namespace, clock: Clock) -> int:
    """Preview the sheets and import them, unless the user only wants to see, or says no."""
    from crmdesk.operations.importing import import_preview, preview_sheets

    if not (options.yes or options.dry_run or sys.stdin.isatty()):
        raise Refused("import_needs_yes")
    with opened(options.file, clock, create=True) as db, preview_sheets(db, options.sheets, Progress()) as preview:
        wanted = options.yes or (not options.dry_run and _asked(preview))
        if wanted:
            import_preview(db, preview, Progress(), as_of=options.as_of)
        if options.json:
            print_json(preview_json(preview))
        elif not (wanted and not options.yes):
            print_preview(preview)
    return 0


def _asked(preview: Preview) -> bool:
    print_preview(preview)
    return input(_("Import this? [y/N] ")).strip().lower() in ("y", "yes", "是", "好")


def print_preview(preview: Preview) -> None:
    """Say sheet by sheet what is in it, and what needs a look."""
    for sheet in preview.sheets:
        counts = ", ".join(f"{key} {count}" for key, count in asdict(sheet.rows).items() if count)
        print(f"{sheet.draft.workbook} › {sheet.draft.name}\t{sheet.draft.kind}\t{counts}")
        for issue in sheet.issues:
            print(f"  {issue.column}{issue.row}\t{issue.value}\t{say(issue.phrase)}")


def preview_json(preview: Preview) -> Json:
    """The preview (which the import then does) as one document."""
    return {"sheets": [_sheet_json(sheet) for sheet in preview.sheets], "created": dict(preview.created)}


def _sheet_json(sheet: SheetPreview) -> Json:
    draft = sheet.draft
    columns: list[dict[str, Any]] = [
        {"column": column.letter, "header": column.header, "field": str(column.field)} for column in draft.columns
    ]
    return {
        "workbook": draft.workbook,
        "name": draft.name,
        "kind": draft.kind,
        "reason": say(draft.reason) if draft.reason else None,
        "header_row": draft.header_row,
        "columns": columns,
        "rows": asdict(sheet.rows),
        "issues": [
            {
                "row": issue.row,
                "column": issue.column,
                "value": issue.value,
                "code": issue.code,
                "message": say(issue.phrase),
            }
            for issue in sheet.issues
        ],
        "skipped": [{"row": row.row, "reason": row.reason} for row in sheet.skipped],
    }
