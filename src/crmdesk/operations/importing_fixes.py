"""Fixes of a preview: cells with what the user typed, rows left out or taken in; read again by the same reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from crmdesk.operations.importing_preview import Preview, SheetFixes

_LETTERS = 26


def with_cell(fixes: SheetFixes, row: int, column: str, text: str | None) -> SheetFixes:
    """The fixes with `text` in a cell (1-based row, column letter) as if it stood there; None: as the sheet has it."""
    cells = {place: said for place, said in fixes.cells.items() if place != (row, column)}
    if text is not None:
        cells[row, column] = text
    return replace(fixes, cells=cells)


def without_rows(fixes: SheetFixes, rows: Collection[int]) -> SheetFixes:
    """The fixes with these rows left out as well."""
    return replace(fixes, left_out=fixes.left_out.union(rows), taken=fixes.taken.difference(rows))


def with_rows(fixes: SheetFixes, rows: Collection[int], *, skipped: bool) -> SheetFixes:
    """The fixes with these rows taken back; `skipped`: they were left out by the program, and are data after all."""
    taken = fixes.taken.union(rows) if skipped else fixes.taken
    return replace(fixes, left_out=fixes.left_out.difference(rows), taken=taken)


def apply_fixes(preview: Preview, sheet: int, fixes: SheetFixes) -> Preview:
    """The preview whose sheet (position) is read with these fixes and no others. Raises Refused, Cancelled."""
    from crmdesk.excel.fixes import Fixes

    place = preview.places[sheet]
    preview.readings[place.reading].fix(
        place.index, Fixes(_by_row(fixes.cells), tuple(sorted(fixes.left_out)), tuple(sorted(fixes.taken)))
    )
    return replace(preview.without_rows(place), fixes={**preview.fixes, place: fixes})


def _by_row(cells: Mapping[tuple[int, str], str]) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, letter), text in cells.items():
        rows.setdefault(row, {})[column_place(letter)] = text
    return rows


def column_place(letter: str) -> int:
    """The 0-based place of a column letter: A is 0, AA is 26."""
    place = 0
    for sign in letter:
        place = place * _LETTERS + ord(sign) - ord("A") + 1
    return place - 1
