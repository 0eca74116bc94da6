"""A sheet as a grid of raw cells, whatever file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from crmdesk.domain.photo import photo_text
from crmdesk.domain.told_table import ToldTable

MAX_COLUMNS: Final = 512
MAX_TEXT: Final = 32_767
# What stands in a cell whose formula was never calculated; the readers flag it like any other error value.
NO_VALUE: Final = "#FORMULA!"
NO_VALUE_TEXT: Final = "=…"  # how it is shown
# Excel's codes of error values, the same in .xls and .xlsb.
ERROR_TEXTS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

Cells = list[object]
Merge = tuple[int, int, int, int]  # top, left, bottom, right; 0-based, inclusive


@dataclass
class Marks:
    """What a reader leaves out of a sheet: error cells and uncalculated formulas by row and column, hidden rows.

    Rows are 1-based, columns 0-based. `merges` only where the reader itself knows of none. In a text file also the rows
    in which a number was put together that its own comma had parted, and those that have more cells than the table,
    with what is doubtful in them.
    """

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    joined: dict[int, str] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)

    def mark(self, row: int, column: int, text: str) -> None:
        """Remember the text that stands for a cell without a value."""
        self.cells.setdefault(row, {})[column] = text


@dataclass
class Grid:
    """The cells of one sheet. `rows()` starts at row 1 and column A; blank cells are "", every row is `width` long."""

    name: str
    width: int
    height: int
    rows: Callable[[], Iterator[Cells]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    encoding: str = ""
    columns_cut: int = 0
    top: int = 0  # rows above a table that stands below another one
    told: ToldTable | None = None  # where the file itself tells what its columns hold


@dataclass
class SheetSource:
    """A sheet that can be loaded; loading parses it and may raise what its reader raises."""

    name: str
    hidden: bool
    load: Callable[[], Grid]


def grid_of(name: str, rows: list[Cells], *, hidden: bool = False, encoding: str = "") -> Grid:
    """A grid over rows that are in memory: None becomes blank, short rows are filled up."""
    widest = max(map(len, rows), default=0)
    width = min(widest, MAX_COLUMNS)
    even = [[_tame(cell) for cell in row[:width]] + [""] * (width - len(row)) for row in rows]
    return Grid(name, width, len(even), lambda: map(list, even), hidden, encoding=encoding, columns_cut=widest - width)


def _tame(cell: object) -> object:
    """The cell, no longer than Excel's longest: a workbook can say one text of a megabyte ten thousand times."""
    if isinstance(cell, str) and len(cell) > MAX_TEXT:
        return cell[:MAX_TEXT]
    return "" if cell is None else cell


def cell_text(cell: object) -> str:
    """A raw cell as the user saw it: whole numbers without a point, days without a time."""
    if isinstance(cell, str):
        return NO_VALUE_TEXT if cell == NO_VALUE else cell[:MAX_TEXT]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | timedelta):
        return str(cell)
    if isinstance(cell, bytes):
        return photo_text(cell)
    return "" if cell is None else str(cell)
