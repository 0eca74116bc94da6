"""What a made-up workbook holds: cells with their truth, rows of known kinds, sheets."""

from __future__ import annotations

from dataclasses import dataclass, field

WORKBOOKS = ("xlsx", "xls", "xml")
"""Formats that hold several sheets, and hidden rows."""
MERGING = (*WORKBOOKS, "html")
"""Formats with merged cells."""
LOST = "lost"
"""What is wanted of a cell whose content no longer tells the truth: that it is flagged."""


@dataclass(frozen=True)
class Cell:
    """A raw cell and what reading it must give: (key, value) pairs, see `judge.holds`.

    A cell with `lost` cannot be read rightly by anybody: flagging it is all that is asked for.
    """

    raw: object = ""
    wants: tuple[tuple[str, object], ...] = ()
    lost: bool = False


BLANK = Cell()


@dataclass
class Line:
    """A row of the sheet. `kind`: data, header, repeated, title, total, note, section, blank, number."""

    kind: str
    cells: list[Cell] = field(default_factory=list)
    hidden: bool = False
    wide: bool = False  # its first cell is merged over the table

    @property
    def is_blank(self) -> bool:
        return all(cell.raw in ("", None) for cell in self.cells)


@dataclass
class MadeSheet:
    """A sheet: its rows from the first to the last, and its merged cells (0-based top, left, bottom, right)."""

    name: str
    lines: list[Line]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    ignored: bool = False  # it holds no customers: nothing may be taken from it
    tables: int = 1


@dataclass
class Book:
    """A workbook, and what an import of it must bring to an empty file."""

    shape: str
    seed: int
    sheets: list[MadeSheet]
    customers: int
    orders: int = 0
    interactions: int = 0
    contacts: int | None = None
    dates_1904: bool = False
