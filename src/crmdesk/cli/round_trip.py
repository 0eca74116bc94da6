"""`crmdesk export customers --for-editing` and `crmdesk apply`: a list out for editing, and its edits back."""

from __future__ import annotations

import sys
from argparse import Namespace

from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.round_trip import CellDifference, Choice, Differences, RowDifference, RowKind
from crmdesk.i18n import _, current_language, language
from crmdesk.progress import Progress
from crmdesk.words.phrases import say
from crmdesk.words.round_trip import cell_kind, row_kind, trip_notes


def export_for_editing(options: Namespace, clock: Clock) -> int:
    """`crmdesk export customers --for-editing`."""
    from crmdesk.operations import round_trip

    if options.what != "customers":
        raise Refused("only_customers_for_editing")
    with language(options.language or current_language()), opened(options.file, clock, read_only=True) as db:
        count = round_trip.export_for_editing(db, options.to, Progress())
    print(_("{count} rows written to {path}").format(count=count, path=options.to))
    return 0


def apply_edits(options: Namespace, clock: Clock) -> int:
    """`crmdesk apply`: show what differs and take it; conflicts and deletions only where they are asked for."""
    from crmdesk.operations import round_trip

    if not (options.yes or options.dry_run or sys.stdin.isatty()):
        raise Refused("apply_needs_yes")
    with opened(options.file, clock, read_only=options.dry_run) as db:
        found = round_trip.compare(db, options.workbook, Progress())
        chosen = _chosen(found, options)
        wanted = not options.dry_run and (options.yes or _asked(found))
        changes = round_trip.apply(db, found, chosen, Progress()) if wanted else Changes()
    if options.json:
        print_json(differences_json(found, changes))
    elif options.yes or options.dry_run:
        print_differences(found)
    return 0


def _chosen(found: Differences, options: Namespace) -> frozenset[Choice]:
    chosen = set(found.plain())
    for choice in found.possible():
        row = found.rows[choice[0]]
        if row.kind is RowKind.DELETED:
            if options.with_deletions:
                chosen.add(choice)
        elif options.with_conflicts and not row.whole:
            chosen.add(choice)
    return frozenset(chosen)


def _asked(found: Differences) -> bool:
    print_differences(found)
    return bool(found) and input(_("Take this in? [y/N] ")).strip().lower() in ("y", "yes", "是", "好")


def print_differences(found: Differences) -> None:
    """Say row by row what differs."""
    for note in trip_notes(found):
        print(note)
    if not found:
        print(_("Nothing differs"))
    for row in found.rows:
        note = f"\t{say(row.note)}" if row.note else ""
        print(f"{row.name}\t{row_kind(row.kind)}{note}")
        for cell in () if row.kind is RowKind.DELETED else row.cells:
            note = f"\t{say(cell.note)}" if cell.note else ""
            print(f"  {cell.column}{row.row}\t{cell.header}\t{cell.here} → {cell.there}\t{cell_kind(cell.kind)}{note}")


def differences_json(found: Differences, changes: Changes) -> Json:
    """The comparison, and the step that took it in (null: none did)."""
    return {
        "file": found.file,
        "counts": found.counts,
        "columns": {
            "added": list(found.added_columns),
            "missing": list(found.missing_columns),
            "renamed": dict(found.renamed_columns),
        },
        "rows": [_row_json(row) for row in found.rows],
        "step": str(changes.step) if changes else None,
    }


def _row_json(row: RowDifference) -> Json:
    return {
        "kind": row.kind.value,
        "customer": str(row.customer_id) if row.customer_id else None,
        "name": row.name,
        "row": row.row or None,
        "message": say(row.note) if row.note else None,
        "cells": [_cell_json(cell) for cell in row.cells],
    }


def _cell_json(cell: CellDifference) -> Json:
    return {
        "column": cell.column,
        "header": cell.header,
        "field": cell.key,
        "kind": cell.kind.value,
        "exported": cell.exported,
        "here": cell.here,
        "there": cell.there,
        "message": say(cell.note) if cell.note else None,
    }
