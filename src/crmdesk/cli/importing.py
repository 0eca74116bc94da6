"""`crmdesk import`: what would happen, and then the import itself."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.issue import Issue
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.operations import history
from crmdesk.progress import Progress
from crmdesk.words.imported import brought_text, imported_text, rows_text
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing, say

if TYPE_CHECKING:
    from crmdesk.operations.files import Database
    from crmdesk.operations.importing import Column, Preview, Proposal, SheetDraft, SheetResult
    from crmdesk.operations.imports import ImportEntry, Overwritten


def import_sheets(options: Namespace, clock: Clock) -> int:
    """Preview the sheets and import them, unless the user only wants to see, or says no."""
    from crmdesk.operations.importing import import_preview, preview_sheets

    if not (options.yes or options.dry_run or sys.stdin.isatty()):
        raise Refused("import_needs_yes")
    said = {"profile": options.profile, "rules": options.rule, "key": options.key}
    with _target(options, clock) as db, preview_sheets(db, options.sheets, Progress(), **said) as preview:
        marked = _save_problems(preview, options.problems_to) if options.problems_to else None
        wanted = options.yes or (not options.dry_run and _asked(preview))
        summary = None
        if wanted:
            summary = import_preview(db, preview, Progress(), as_of=options.as_of)
        proposals = (summary or preview).proposals if options.proposals else ()
        if options.json:
            told = preview_json(preview)
            if options.proposals:
                told["proposals"] = list(map(_proposal_json, proposals))
            if marked is not None:
                told["marked"] = marked
            print_json(told)
        elif not (wanted and not options.yes):
            print_preview(preview)
        if summary is not None and not options.json:
            made = summary.created
            print(imported_text(made.customers, summary.customers_met, made.orders, summary.orders_met))
        for one in proposals if not options.json else ():
            print(f"{one.due_on}\t{one.name}\t{one.sentence}")
        if marked is not None and not options.json:
            print(_marked_words(marked, options.problems_to))
    return 0


def _save_problems(preview: Preview, to: Path) -> int:
    """Save the marked copy; gives how many places are marked. Without any there is nothing to save."""
    from crmdesk.operations.importing_marked import save_problems

    if not any(sheet.issues for sheet in preview.sheets):
        return 0
    return save_problems(preview, to, Progress())


def _marked_words(marked: int, to: Path) -> str:
    if not marked:
        return _("Every cell was understood, so there is nothing to mark.")
    return one_thing(_("{count} places are marked in {file}").format(count=marked, file=to))


@contextmanager
def _target(options: Namespace, clock: Clock) -> Iterator[Database]:
    """The file that is imported into; where none was, one is left behind only if something came into it."""
    if options.dry_run and not options.file.exists():
        with TemporaryDirectory() as folder, opened(Path(folder) / options.file.name, clock, create=True) as db:
            yield db
        return
    made, kept = not options.file.exists(), False
    try:
        with opened(options.file, clock, create=True) as db:
            try:
                yield db
            finally:
                kept = bool(history.steps(db, 1))
    finally:
        if made and not kept:
            options.file.unlink(missing_ok=True)


def _asked(preview: Preview) -> bool:
    print_preview(preview)
    return input(_("Import this? [y/N] ")).strip().lower() in ("y", "yes", "是", "好")


def print_preview(preview: Preview) -> None:
    """Say sheet by sheet what is in it, and what needs a look."""
    for sheet in preview.sheets:
        holds = label("table", sheet.kind) if sheet.kind != "ignored" else _("left out")
        print(f"{sheet.draft.workbook} › {sheet.draft.name}\t{holds}\t{rows_text(sheet.counts.to_json())}")
        if sheet.reason:
            print(f"  {say(sheet.reason)}")
        for note in sheet.draft.notes:
            print(f"  {say(note)}")
        for issue in (*sheet.issues, *sheet.updates):
            print(f"  {issue.column}{issue.row}\t{issue.value}\t{say(issue.phrase)}")


def preview_json(preview: Preview) -> Json:
    """The preview (which the import then does) as one document."""
    return {"sheets": [_sheet_json(sheet) for sheet in preview.sheets], "created": preview.created.to_json()}


def _sheet_json(sheet: SheetResult) -> Json:
    draft = sheet.draft
    return {
        "workbook": draft.workbook,
        "name": draft.name,
        "kind": sheet.kind,
        "reason": say(sheet.reason) if sheet.reason else None,
        "header_row": draft.header_row,
        "notes": [say(note) for note in draft.notes],
        "columns": [_column_json(column, draft) for column in draft.columns],
        "rows": sheet.counts.to_json(),
        "issues": [_issue_json(issue) for issue in sheet.issues],
        "updates": [_issue_json(update) | {"old": update.values["old"]} for update in sheet.updates],
        "updated": [{"header": header, "how": how, "count": n} for (header, how), n in sheet.updated.items()],
        "skipped": [{"row": row.row, "reason": row.reason} for row in sheet.skipped],
    }


def _column_json(column: Column, draft: SheetDraft) -> Json:
    """A column, how sure it is (0 to 1), and its first filled cell as it stands there beside what was read of it."""
    raw, read = next(((raw, read) for raw, read in column.examples if raw), (None, None))
    return {
        "column": column.letter,
        "header": column.header,
        "field": str(column.field),
        "confidence": round(column.confidence, 2),
        "example": None if raw is None else {"raw": raw, "read": read},
    }


def _proposal_json(one: Proposal) -> Json:
    return {
        "customer": str(one.customer) if one.customer else None,
        "customer_name": one.name or None,
        "due_on": one.due_on.isoformat(),
        "sentence": one.sentence,
    }


def _issue_json(issue: Issue) -> Json:
    return {
        "row": issue.row,
        "column": issue.column,
        "value": issue.value,
        "code": issue.code,
        "message": say(issue.phrase),
    }


def print_imports(options: Namespace, clock: Clock) -> int:
    """`crmdesk imports`: every import, the newest first, and what each brought."""
    from crmdesk.operations.imports import list_imports, overwritten

    with opened(options.file, clock, read_only=True) as db:
        entries = list_imports(db)
        changed = {one.step: overwritten(db, one.step) for one in entries} if options.json else {}
    if options.json:
        print_json([_import_json(entry, changed[entry.step]) for entry in entries])
        return 0
    for entry in entries:
        updated = sum(one.rows.get("updated", 0) for one in entry.files)
        brought = brought_text(entry.created, updated)
        told = f"{_('undone')} ({brought})" if entry.undone else brought
        print(f"{entry.at:%Y-%m-%d %H:%M}\t{entry.file}\t{told}\t{entry.step}")
    return 0


def _import_json(entry: ImportEntry, changed: Sequence[Overwritten]) -> Json:
    return {
        "step": str(entry.step),
        "at": entry.at.isoformat(),
        "file": entry.file,
        "undone": entry.undone,
        "created": entry.created,
        "changed": [asdict(one) for one in changed],
        "files": [{"name": one.name, "sheets": one.sheets, "rows": one.rows} for one in entry.files],
    }
