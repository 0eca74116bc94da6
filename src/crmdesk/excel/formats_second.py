"""The slower, more patient readers: openpyxl and xlrd, for what calamine refuses."""

from __future__ import annotations

import io
import struct
import warnings

import xlrd

from crmdesk.domain.phrase import Refused
from crmdesk.excel.gate_package import Admitted, Format
from crmdesk.excel.grid import Grid, SheetSource, grid_of


def second_sheets(admitted: Admitted) -> list[SheetSource]:
    """The sheets of a workbook, all in memory. Raises Refused when it cannot be read at all."""
    grids = _second_grids(admitted)
    return [SheetSource(grid.name, grid.hidden, lambda grid=grid: grid) for grid in grids]  # type: ignore[misc]


def second_grid(admitted: Admitted, name: str) -> Grid:
    """One sheet of a workbook. Raises Refused when it cannot be read."""
    for grid in _second_grids(admitted):
        if grid.name == name:
            return grid
    raise Refused("file_damaged", file=admitted.path.name)


def _second_grids(admitted: Admitted) -> list[Grid]:
    """All sheets through the slower, more patient reader. Raises Refused when that one fails too."""
    readers = {Format.XLSX: _openpyxl_grids, Format.XLS: _xlrd_grids, Format.BIFF: _xlrd_grids}
    reader = readers.get(admitted.format)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grids = reader(admitted) if reader else []
    except (KeyboardInterrupt, SystemExit, MemoryError, Refused):
        raise
    except Exception as error:  # a damaged file breaks readers in any way; the sentence says so
        raise Refused("file_damaged", file=admitted.path.name) from error
    if not grids:
        raise Refused("file_damaged", file=admitted.path.name)
    return grids


def _openpyxl_grids(admitted: Admitted) -> list[Grid]:
    from openpyxl import load_workbook as load

    with admitted.open() as file:
        book = load(file, data_only=True)
        grids = []
        for sheet in book.worksheets:
            grid = grid_of(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)])
            grid.hidden = sheet.sheet_state != "visible"
            grid.merges = [
                (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges
            ]
            grid.marks.hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
            grids.append(grid)
    return grids


def _xlrd_grids(admitted: Admitted) -> list[Grid]:
    with admitted.open() as file:
        try:
            book = xlrd.open_workbook(file_contents=file.read(), logfile=io.StringIO())
        except (xlrd.XLRDError, struct.error) as error:
            raise Refused("file_damaged", file=admitted.path.name) from error
    grids = []
    for sheet in book.sheets():
        rows = [[_xlrd_cell(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)]
        grids.append(grid_of(sheet.name, rows, hidden=sheet.visibility != 0))
    return grids


def _xlrd_cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    return cell.value
