"""Writing workbooks: one table a sheet, numbers as numbers, text as text, heads frozen, filters on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass
from datetime import date
from errno import ENOENT
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Final, Literal
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from crmdesk.domain.money import from_money, from_quantity

Kind = Literal["text", "note", "money", "count", "quantity", "share", "date"]
CellValue = str | int | float | date | None
LONGEST_TEXT: Final = 32_767
LONGEST_SHEET_NAME: Final = 31
NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
NO_CHARACTERS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")  # XML knows none of them either
# A text that holds "_x000D_" would come back as a line end: its first sign is written as what stands for itself.
ESCAPE_LOOKALIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
LOOKS_LIKE_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
GREEN: Final = "0F766E"
FONT: Final = "Microsoft YaHei"  # in every Office and WPS; elsewhere the system puts its own in its place
A4: Final = 9
LOOKED_AT: Final = 200  # rows that decide how wide a column is
NARROWEST, WIDEST, FILTER_BUTTON = 6, 34, 4
NUMBERS: Final = frozenset({"money", "count", "quantity", "share"})
FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "note": "@",
    "money": "#,##0.00",
    "count": "#,##0",
    "quantity": "#,##0.###",
    "share": "0.0%",
    "date": "yyyy-mm-dd",
}
WIDTHS: Final[dict[Kind, int]] = {
    "text": 16,
    "note": 44,
    "money": 14,
    "count": 9,
    "quantity": 10,
    "share": 9,
    "date": 12,
}


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table: its header, what it holds, its width in characters (0: as its kind)."""

    header: str
    kind: Kind = "text"
    width: int = 0


def clean_text(text: str) -> str:
    """The text as a workbook may hold it: no control characters, at most 32,767 characters."""
    cleaned: str = NO_CHARACTERS.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))
    return cleaned if len(cleaned) <= LONGEST_TEXT else cleaned[: LONGEST_TEXT - 1] + "…"


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A sheet name Excel takes: without its forbidden characters, short enough, not there yet."""
    name = NOT_IN_SHEET_NAMES.sub(" ", wanted).strip(" '")[:LONGEST_SHEET_NAME] or "Sheet"
    used = {other.lower() for other in taken}
    candidate, number = name, 2
    while candidate.lower() in used:
        ending = f" {number}"
        candidate, number = name[: LONGEST_SHEET_NAME - len(ending)] + ending, number + 1
    return candidate


def plain_value(value: CellValue, kind: Kind) -> str | float | date | None:
    """A value as the sheet holds it: money and quantities in their unit, empty text as an empty cell."""
    if value is None or value == "":
        return None
    if kind == "money" and isinstance(value, int):
        return float(from_money(value))
    if kind == "quantity" and isinstance(value, int):
        return float(from_quantity(value))
    return ESCAPE_LOOKALIKE.sub("_x005F_", clean_text(value)) if isinstance(value, str) else value


def head_look(kind: str) -> str:
    """The look of a column's head: over numbers it stands to the right, as they do."""
    return "head right" if kind in NUMBERS else "head"


def fitting_width(column: SheetColumn, values: Iterable[CellValue]) -> int:
    """A width in characters that holds the head and most texts; numbers and days have the width of their kind."""
    head = shown_width(column.header) + FILTER_BUTTON
    if column.kind not in ("text", "note"):
        return max(WIDTHS[column.kind], head)
    texts = sorted(shown_width(value) for value in values if isinstance(value, str) and value)
    most = texts[len(texts) * 95 // 100] + 2 if texts else 0
    return min(max(most, head, NARROWEST), WIDTHS["note"] if column.kind == "note" else WIDEST)


def shown_width(text: str) -> int:
    """How many characters wide a text is: a Chinese one counts twice; of several lines, the longest."""
    lines = text.splitlines() or [""]
    return max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines)


def _styles() -> dict[str, NamedStyle]:
    line = Border(bottom=Side(style="hair", color="D5DBDE"))
    heads = {
        look: NamedStyle(
            f"crmdesk {look}",
            font=Font(name=FONT, bold=True, color="FFFFFF"),
            fill=PatternFill("solid", fgColor=GREEN),
            alignment=Alignment(vertical="center", wrap_text=True, horizontal=side),
        )
        for look, side in (("head", "left"), ("head right", "right"))
    }
    body: dict[str, NamedStyle] = {
        kind: NamedStyle(
            f"crmdesk {kind}",
            number_format=form,
            font=Font(name=FONT, size=10),
            border=line,
            alignment=Alignment(
                vertical="center",
                wrap_text=kind == "note",
                horizontal="left" if kind in ("note", "date") else None,
                indent=int(kind == "note"),  # keeps a sentence away from the number before it
            ),
        )
        for kind, form in FORMATS.items()
    }
    return {
        **heads,
        "title": NamedStyle("crmdesk title", font=Font(name=FONT, bold=True, size=20, color=GREEN)),
        "strong": NamedStyle("crmdesk strong", font=Font(name=FONT, bold=True, size=12)),
        "quiet": NamedStyle("crmdesk quiet", font=Font(name=FONT, size=10, color="6B7A80")),
        "sentence": NamedStyle(
            "crmdesk sentence", font=Font(name=FONT, size=10), alignment=Alignment(wrap_text=True, vertical="center")
        ),
        **body,
    }


class Book(AbstractContextManager["Book"]):
    """A workbook on its way into a file; it stands there whole on leaving the block, or not at all."""

    def __init__(self, path: Path) -> None:
        if not path.parent.is_dir():
            # Before a row is streamed: openpyxl leaves its half-written sheets behind where it cannot save them.
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path.parent))
        self._path = path
        self.workbook = Workbook(write_only=True)
        self._looks: dict[str, Cell] = {}
        self._styles = _styles()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._throw_away()
            return
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            self.workbook.save(part)
            part.replace(self._path)
        except BaseException:
            self._throw_away()
            raise
        finally:
            part.unlink(missing_ok=True)

    def _throw_away(self) -> None:
        """Close the temporary files that openpyxl streams the sheets into."""
        for sheet in self.workbook.worksheets:
            if sheet._writer is not None:
                sheet.close()
                sheet._writer.cleanup()

    def add_sheet(self, name: str) -> WriteOnlyWorksheet:
        """A new, empty sheet under a name Excel takes."""
        sheet = self.workbook.create_sheet(sheet_name(name, self.workbook.sheetnames))
        sheet.sheet_view.showGridLines = False
        # Before the first row: a sheet that is streamed writes its settings first. A4, as wide as the page.
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "&A  &P / &N"
        return sheet

    def cell(self, sheet: WriteOnlyWorksheet, value: CellValue, look: str) -> Cell:
        """A cell in one of the book's looks. Text stays text, whatever it begins with."""
        shown = plain_value(value, look) if look in FORMATS else plain_value(value, "text")
        cell = WriteOnlyCell(sheet, shown)
        if look not in self._looks:
            model = WriteOnlyCell(sheet)
            model.style = self._styles[look]
            self._looks[look] = model
        # Copying the model's style is what makes a large sheet affordable: naming the style costs a look-up a cell.
        cell._style = self._looks[look]._style
        if isinstance(shown, str):
            cell.data_type = "s"
            if shown.startswith(LOOKS_LIKE_FORMULA):
                cell = self._quoted(cell)
        return cell

    def _quoted(self, cell: Cell) -> Cell:
        cell._style = copy(cell._style)
        cell.quotePrefix = True
        return cell

    def add_table(
        self, name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[CellValue]], *, freeze: str = "B2"
    ) -> tuple[WriteOnlyWorksheet, int]:
        """A sheet with one table: frozen head, filter. Returns the sheet and its number of data rows."""
        sheet = self.add_sheet(name)
        sheet.freeze_panes = freeze
        sheet.print_title_rows = "1:1"
        coming = iter(rows)
        first = list(islice(coming, LOOKED_AT))
        for index, column in enumerate(columns):
            width = column.width or fitting_width(column, [row[index] for row in first])
            sheet.column_dimensions[get_column_letter(index + 1)].width = width
        sheet.append([self.cell(sheet, column.header, head_look(column.kind)) for column in columns])
        count = 0
        for row in chain(first, coming):
            sheet.append([self.cell(sheet, value, column.kind) for value, column in zip(row, columns, strict=True)])
            count += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
        return sheet, count
