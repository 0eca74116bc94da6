"""Workbooks through calamine, which reads all four kinds, and fast; what it refuses goes to the second reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats_marks import marks_of
from crmdesk.excel.formats_second import second_grid, second_sheets
from crmdesk.excel.gate_package import Admitted, Format
from crmdesk.excel.grid import MAX_COLUMNS, Cells, Grid, Marks, SheetSource


def workbook_sheets(admitted: Admitted) -> list[SheetSource]:
    """The sheets of a workbook, in its order. Raises Refused when no reader can open it."""
    if admitted.format is Format.BIFF:
        return second_sheets(admitted)
    try:
        with admitted.open() as file:
            book = load_workbook(file)
    except PasswordError:
        raise Refused("password_protected", file=admitted.path.name) from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the reader is no Exception; the second reader decides
        return second_sheets(admitted)
    kinds = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
    return [
        SheetSource(entry.name, entry.visible != SheetVisibleEnum.Visible, _loader(admitted, book, index))
        for index, entry in enumerate(book.sheets_metadata)
        if entry.typ in kinds
    ]


def _loader(admitted: Admitted, book: CalamineWorkbook, index: int) -> Callable[[], Grid]:
    def load() -> Grid:
        meta = book.sheets_metadata[index]
        with ThreadPoolExecutor(1) as second:  # both let go of the interpreter while they unpack
            marks = second.submit(marks_of, admitted, meta.name)
            try:
                sheet = book.get_sheet_by_index(index)
            except (KeyboardInterrupt, SystemExit, MemoryError):
                raise
            except BaseException:  # noqa: BLE001 - as above
                return second_grid(admitted, meta.name)
            return _grid(sheet, marks.result(), hidden=meta.visible != SheetVisibleEnum.Visible)

    return load


def _grid(sheet: CalamineSheet, marks: Marks, *, hidden: bool) -> Grid:
    left = sheet.start[1] if sheet.start else 0
    read = left + sheet.width
    # A column of nothing but error values or uncalculated formulas lies outside what calamine calls the used range.
    widest = max([read, *(max(cells) + 1 for cells in marks.cells.values())])
    width = min(widest, MAX_COLUMNS)
    if left >= MAX_COLUMNS:  # nothing within reach; a million rows of blanks would still be walked
        return Grid(sheet.name, 0, 0, lambda: iter(()), hidden, columns_cut=widest)

    def rows() -> Iterator[Cells]:
        plain: Iterator[Cells] = sheet.iter_rows()  # type: ignore[assignment]  # its cells are objects to us
        if not left and width == read:
            return plain
        right = [""] * (width - read)
        return ([*[""] * left, *cells, *right][:width] for cells in plain)

    merges = [(top, first, bottom, last) for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()]
    merges += marks.merges
    height = sheet.end[0] + 1 if sheet.end else 0
    return Grid(sheet.name, width, height, rows, hidden, merges, marks, columns_cut=widest - width)
