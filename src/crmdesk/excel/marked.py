"""A copy of the user's sheets with the faulty cells coloured and explained: corrected there, it is imported again.

Values only: no formula, whatever a text begins with. Rows stay where they were, so the places that were told hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from crmdesk.excel.fixes import MARKED_HEADER, PlainCell
from crmdesk.excel.grid import Merge
from crmdesk.excel.writer import LOOKS_LIKE_FORMULA, Book, CellValue, plain_value, shown_width

_FAULTY: Final = PatternFill("solid", fgColor="FFE08A")
_NOTE_WIDTH, _WIDEST, _NARROWEST = 52, 40, 8
_LOOKED_AT: Final = 100  # rows that decide how wide a column is
_COMMENTS: Final = 1_000  # a sheet; with more of them a spreadsheet takes minutes to open, and the column says it all
_COMMENT_SIZE: Final = (90, 320)  # height and width in points
_NOT_PLAIN: Final = "=#+-@\t\r＝＋－＠"  # begins what a spreadsheet may take for a formula or an error
_LARGE: Final = 1e11  # larger numbers would be shown with an exponent
_EXACT_DIGITS: Final = 1e15  # beyond it a number is no whole number any more
_LONGEST_NUMBER: Final = 11  # digits that a spreadsheet shows without an exponent


@dataclass(frozen=True)
class MarkedSheet:
    """One sheet: its rows as they stand there, and what is wrong by 1-based row and 0-based column (-1: the row).

    `header_row` is 0 where the sheet has none: then only comments explain. `headers` are written on top where the
    rows come from something that is no sheet. `note_header` is the heading of the column that explains.
    """

    name: str
    rows: Iterable[tuple[int, Sequence[PlainCell]]]
    header_row: int
    width: int
    faults: Mapping[int, Mapping[int, str]]
    merges: Sequence[Merge] = ()
    headers: Sequence[str] = ()
    note_header: str = ""


def write_marked(to: Path, sheets: Iterable[MarkedSheet]) -> int:
    """Write the workbook; gives the number of marked cells and rows. Raises OSError."""
    with Book(to) as book:
        looks = _Looks()
        return sum(_Writer(book, looks, sheet).write() for sheet in sheets)


class _Looks:
    """How cells look: as plain as they were, the faulty ones on yellow ground."""

    def __init__(self) -> None:
        self._models: dict[tuple[str, bool, bool], Cell] = {}

    def cell(self, sheet: WriteOnlyWorksheet, value: PlainCell, *, faulty: bool = False) -> Cell:
        """A cell of the kind that it was; text stays text, whatever it begins with."""
        shown, form = _shown(value)
        cell = WriteOnlyCell(sheet, shown)
        text = isinstance(shown, str)
        quoted = isinstance(shown, str) and shown.startswith(LOOKS_LIKE_FORMULA)
        cell._style = self._model(sheet, form, faulty, quoted)._style  # one look-up instead of one for each part
        if text:
            cell.data_type = "s"
        return cell

    def _model(self, sheet: WriteOnlyWorksheet, form: str, faulty: bool, quoted: bool) -> Cell:
        if (form, faulty, quoted) not in self._models:
            model = WriteOnlyCell(sheet)
            model.number_format, model.quotePrefix = form, quoted
            if faulty:
                model.fill = _FAULTY
            self._models[form, faulty, quoted] = model
        return self._models[form, faulty, quoted]


class _Writer:
    """Writes one sheet row by row."""

    def __init__(self, book: Book, looks: _Looks, marked: MarkedSheet) -> None:
        self._book, self._looks, self._marked = book, looks, marked
        self._down = 1 if marked.headers else 0  # how far the rows move down
        self._header_row = 1 if marked.headers else marked.header_row
        self._comments = 0
        self._sheet = book.add_sheet(marked.name)

    def write(self) -> int:
        """Write the rows; gives the number of faults."""
        sheet, marked = self._sheet, self._marked
        sheet.sheet_view.showGridLines = True
        if self._header_row:
            sheet.freeze_panes = f"A{self._header_row + 1}"
            sheet.column_dimensions[get_column_letter(marked.width + 1)].width = _NOTE_WIDTH
        coming = iter(marked.rows)
        first = list(islice(coming, _LOOKED_AT))
        self._settle_widths(first)
        if marked.headers:
            sheet.append(self._with_note_header([self._looks.cell(sheet, header) for header in marked.headers]))
        last = 0
        for number, cells in chain(first, coming):
            for _ in range(last + 1, number):
                sheet.append([])
            sheet.append(self._row(number, cells))
            last = number
        for top, left, bottom, right in marked.merges:
            sheet.merged_cells.add(f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}")
        return sum(map(len, marked.faults.values()))

    def _cell(self, value: PlainCell, *, faulty: bool) -> CellValue | Cell:
        """What is written for a value: most are plain and need no look, which is half of the time."""
        if faulty:
            return self._looks.cell(self._sheet, value, faulty=True)
        if isinstance(value, str):
            if not value:
                return None
            plain = value[0] not in _NOT_PLAIN and not value.isdecimal()
            return plain_value(value, "text") if plain else self._looks.cell(self._sheet, value)
        return value if isinstance(value, float) and abs(value) < _LARGE else self._looks.cell(self._sheet, value)

    def _row(self, number: int, cells: Sequence[PlainCell]) -> list[CellValue | Cell]:
        faults = self._marked.faults.get(number, {})
        row = [self._cell(value, faulty=place in faults) for place, value in enumerate(cells)]
        for place, why in faults.items():
            cell = row[place] if 0 <= place < len(row) else None
            if isinstance(cell, Cell):
                self._comment(cell, why)
        if number == self._header_row and not self._down:
            return self._with_note_header(row)
        if faults and self._header_row:
            row += [None] * (self._marked.width - len(row))
            row.append(self._book.cell(self._sheet, _told(faults), "note"))
        return row

    def _with_note_header(self, row: Sequence[CellValue | Cell]) -> list[CellValue | Cell]:
        blank = [None] * (self._marked.width - len(row))
        return [*row, *blank, self._book.cell(self._sheet, f"{MARKED_HEADER} {self._marked.note_header}", "head")]

    def _comment(self, cell: Cell, why: str) -> None:
        self._comments += 1
        if self._comments <= _COMMENTS:
            height, width = _COMMENT_SIZE
            cell.comment = Comment(why, "crmdesk", height=height, width=width)

    def _settle_widths(self, rows: Sequence[tuple[int, Sequence[PlainCell]]]) -> None:
        for place in range(self._marked.width):
            texts = [_as_seen(cells[place]) for number, cells in rows if place < len(cells) and number]
            # A title over the whole table must not make its first column as wide as the page.
            usual = sorted(map(shown_width, filter(None, texts)))
            wide = usual[len(usual) * 9 // 10] if usual else 0
            self._sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(wide + 2, _NARROWEST), _WIDEST)


def _told(faults: Mapping[int, str]) -> str:
    """What is wrong in a row, a line for each cell."""
    return "\n".join(
        f"{get_column_letter(place + 1)}: {why}" if place >= 0 else why for place, why in sorted(faults.items())
    )


def _shown(value: PlainCell) -> tuple[CellValue, str]:
    """A value as the workbook takes it, and its number format."""
    if isinstance(value, tuple):
        kind, iso = value
        return (date.fromisoformat(iso), "yyyy-mm-dd") if kind == "day" else (_moment(iso), "yyyy-mm-dd hh:mm:ss")
    if isinstance(value, bool):
        return value, "General"
    if isinstance(value, int | float):
        whole = float(value).is_integer() and abs(value) < _EXACT_DIGITS
        if whole:
            return int(value), "General" if len(str(abs(int(value)))) <= _LONGEST_NUMBER else "0"
        return float(value), "General"
    return plain_value(value, "text"), "@" if value else "General"


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso).replace(tzinfo=None)


def _as_seen(value: PlainCell) -> str:
    return value[1] if isinstance(value, tuple) else str(value)
