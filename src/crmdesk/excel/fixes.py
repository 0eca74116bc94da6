"""What the user says of single cells and rows of a sheet, applied before anything of it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from crmdesk.excel.grid import cell_text

if TYPE_CHECKING:
    from crmdesk.excel.layout import Layout
    from crmdesk.excel.layout_header import NumberedRow

LEFT_OUT: Final = "left_out_by_you"
MARKED_HEADER: Final = "✎ crmdesk"  # begins the header of the column that explains, in a copy with marked cells
_NO_DATA: Final = frozenset({"header", "title"})  # above the data: never a row of it

PlainCell = str | int | float | bool | tuple[str, str]
"""A cell as marshal takes it; days and moments as ("day" | "moment", ISO text)."""


class Fixes(NamedTuple):
    """Cells by 1-based row and 0-based column with the text that counts; rows left out; rows that are data after all.

    All of them plain, so that they pass through the pipe as they are.
    """

    cells: Mapping[int, Mapping[int, str]] = {}
    left_out: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()


def apply_rows(layout: Layout, fixes: Fixes) -> None:
    """Have a layout take in and leave out the rows that the user says; doing it twice changes nothing."""
    for row in fixes.taken:
        if layout.skipped.get(row, LEFT_OUT) not in {LEFT_OUT, *_NO_DATA}:
            del layout.skipped[row]
            layout.row_count += 1
            layout.last_row = max(layout.last_row, row)  # closing remarks lie below the last row of data
    for row in fixes.left_out:
        if layout.header.row < row <= layout.last_row and row not in layout.blank:
            layout.skip(row, LEFT_OUT)


def fixed_rows(rows: Iterator[NumberedRow], fixes: Fixes) -> Iterator[NumberedRow]:
    """The rows with the user's cells in their places. The rows themselves stay as they are: a fix can be taken back."""
    return (_fixed(row, fixes.cells[row[0]]) if row[0] in fixes.cells else row for row in rows)


def _fixed(row: NumberedRow, cells: Mapping[int, str]) -> NumberedRow:
    number, fixed = row[0], [*row[1]]
    for column, text in cells.items():
        if column < len(fixed):
            fixed[column] = text
    return number, fixed


def plain_cell(cell: object) -> PlainCell:
    """A raw cell as the pipe takes it, of the kind it is."""
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return ("day", cell.date().isoformat()) if midnight else ("moment", cell.isoformat(timespec="seconds"))
    if isinstance(cell, date):
        return ("day", cell.isoformat())
    return cell if isinstance(cell, str | int | float | bool) else cell_text(cell)
