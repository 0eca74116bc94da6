"""Fixes of a preview: cells with what the user typed, rows left out or taken in; read again by the same reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from crmdesk.operations.importing_preview import Preview, SheetFixes

if TYPE_CHECKING:
    from crmdesk.excel.fixes import PlainCell

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


def with_rows(fixes: SheetFixes, rows: Collection[int]) -> SheetFixes:
    """The fixes with these rows taken in as data, though the program took them for a total, a note or the like."""
    return replace(fixes, left_out=fixes.left_out.difference(rows), taken=fixes.taken.union(rows))


def as_before(fixes: SheetFixes, rows: Collection[int]) -> SheetFixes:
    """The fixes with nothing said of these rows any more."""
    return replace(fixes, left_out=fixes.left_out.difference(rows), taken=fixes.taken.difference(rows))


def apply_fixes(preview: Preview, told: Mapping[int, SheetFixes]) -> Preview:
    """The preview whose sheets (by position) are read with these fixes and no others. Raises Refused, Cancelled."""
    from crmdesk.excel.fixes import Fixes

    for sheet, fixes in told.items():
        place = preview.places[sheet]
        preview.readings[place.reading].fix(
            place.index, Fixes(_by_row(fixes.cells), tuple(sorted(fixes.left_out)), tuple(sorted(fixes.taken)))
        )
        preview = replace(preview.without_rows(place), fixes={**preview.fixes, place: fixes})
    return preview


def cell_text(preview: Preview, sheet: int, row: int, column: str) -> str:
    """What stands in a cell of a sheet, as text; "" where nothing does."""
    cells, place = row_texts(preview, sheet, [row]).get(row, []), column_place(column)
    return cells[place] if 0 <= place < len(cells) else ""


def row_texts(preview: Preview, sheet: int, rows: Collection[int]) -> dict[int, list[str]]:
    """What stands in these rows of a sheet, as text, by row."""
    place = preview.places[sheet]
    found = preview.readings[place.reading].raw_rows(place.index, sorted(rows))
    return {row: [_as_text(cell) for cell in cells] for row, cells in found.items()}


def first_rows(preview: Preview, sheet: int, count: int) -> list[tuple[int, list[str]]]:
    """The first rows of a sheet as text, each with its 1-based number: where its header can be."""
    place = preview.places[sheet]
    rows, _merges = preview.readings[place.reading].raw(place.index, 0, count)
    return [(number, [_as_text(cell) for cell in cells]) for number, cells in rows]


def _as_text(cell: PlainCell) -> str:
    if isinstance(cell, tuple):
        return cell[1]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


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
