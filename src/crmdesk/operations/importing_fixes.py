"""Fixes of a preview: cells with what the user typed, rows left out or taken in; read again by the same reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused
from crmdesk.operations.importing_preview import Preview, SheetFixes
from crmdesk.operations.importing_values import Place
from crmdesk.progress import Cancelled, Progress

if TYPE_CHECKING:
    from crmdesk.excel.draft import SheetDraft
    from crmdesk.excel.fixes import Fixes, PlainCell

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
    for sheet, fixes in told.items():
        place = preview.places[sheet]
        preview.readings[place.reading].fix(place.index, _for_reader(fixes))
        preview = replace(preview.without_rows(place), fixes={**preview.fixes, place: fixes})
    return preview


@contextmanager
def or_as_before(preview: Preview, progress: Progress | None) -> Iterator[Progress]:
    """Give a progress for changing a preview; stopped or refused, its readings are again as `preview` knows them.

    The reader is only heard out, never ended: one correction that took too long must not cost the whole import.
    """
    outer, before = progress or Progress(), [reading.sheets for reading in preview.readings]
    try:
        # Its reports reach the user and stop the work between two chunks of rows; waiting for one is not broken off.
        yield Progress(outer.report)
    except (Cancelled, Refused):
        with suppress(Refused):  # a reader that died by itself has nothing to go back to
            _read_as_before(preview, before)
        raise


def _read_as_before(preview: Preview, before: Sequence[tuple[SheetDraft, ...]]) -> None:
    for number, (reading, sheets) in enumerate(zip(preview.readings, before, strict=True)):
        for draft, now in zip(sheets, reading.sheets, strict=True):
            if draft is now:
                continue
            if draft.columns:
                header = draft.header_row if draft.header_row != now.header_row else None
                reading.reread(draft.index, draft.columns, header_row=header)
            reading.fix(draft.index, _for_reader(preview.fixes.get(Place(number, draft.index), SheetFixes())))
        reading.sheets = sheets


def _for_reader(fixes: SheetFixes) -> Fixes:
    from crmdesk.excel.fixes import Fixes

    return Fixes(_by_row(fixes.cells), tuple(sorted(fixes.left_out)), tuple(sorted(fixes.taken)))


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
