"""按老板的表: a copy of somebody's own sheet, its rows under the header filled anew, all else left as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.domain.phrase import Refused
from crmdesk.excel.template_area import DataArea, find_area
from crmdesk.excel.template_ranges import stretch
from crmdesk.excel.writer import LOOKS_LIKE_FORMULA, CellValue, Kind, plain_value

MOST_BYTES: Final = 2 * 2**20
MOST_UNPACKED: Final = 24 * 2**20  # a cell in memory is many times as large as in the file
GENERAL: Final = "General"
_DAY: Final = "yyyy-mm-dd"
_MONEY: Final = "#,##0.00"


@dataclass(frozen=True)
class FilledColumn:
    """A column to fill: its 0-based place, what it holds, and how many of the header's unit (万元) make one."""

    index: int
    kind: Kind = "text"
    unit: int = 1


def check_size(name: str, content: bytes) -> None:
    """Raises Refused where a table is too large to be taken as one to fill, or is no .xlsx at all."""
    if len(content) > MOST_BYTES:
        raise Refused("template_too_large", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile as error:
        raise Refused("template_needs_xlsx", file=name) from error
    if unpacked > MOST_UNPACKED:
        raise Refused("template_too_large", file=name)


def fill(
    name: str,
    content: bytes,
    sheet: str,
    header_row: int,
    columns: Sequence[FilledColumn],
    rows: Sequence[Sequence[CellValue]],
    to: Path,
) -> int:
    """Write the copy with these rows beneath `header_row`; return how many. `content` has passed the gate.

    Raises Refused where the table cannot be read, OSError where `to` cannot be written.
    """
    check_size(name, content)
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        target = book[sheet]
    except (KeyError, ValueError, TypeError, AttributeError, InvalidFileException, zipfile.BadZipFile) as error:
        raise Refused("template_unreadable", file=name) from error
    area = find_area(target, header_row, [column.index for column in columns])
    last = stretch(target, area, len(rows))
    _clear(target, area, columns, last)
    for number, row in enumerate(rows, area.first):
        for column, value in zip(columns, row, strict=True):
            _put(target, number, column, value)
    _only_this(book, target)
    _save(book, to)
    return len(rows)


def _clear(sheet: Worksheet, area: DataArea, columns: Sequence[FilledColumn], last: int) -> None:
    """Nothing of what stood in the rows stays: but formulas of columns that are not filled."""
    filled = {column.index + 1 for column in columns}
    for row in sheet.iter_rows(area.first, last):
        for cell in row:
            if isinstance(cell, MergedCell) or (cell.data_type == "f" and cell.column not in filled):
                continue
            cell.value, cell.hyperlink, cell.comment = None, None, None


def _put(sheet: Worksheet, number: int, column: FilledColumn, value: CellValue) -> None:
    cell = sheet.cell(number, column.index + 1)
    if not isinstance(cell, Cell):
        return  # the covered part of a merged cell
    shown = plain_value(value, column.kind)
    if isinstance(shown, float) and column.unit != 1:
        shown = round(shown / column.unit, 6)
    cell.value = shown
    if isinstance(shown, str):
        cell.data_type = "s"  # text stays text, whatever it begins with
        if shown.startswith(LOOKS_LIKE_FORMULA):
            cell._style = copy(cell._style)
            cell.quotePrefix = True
    elif cell.number_format == GENERAL and isinstance(shown, date):
        cell.number_format = _DAY
    elif cell.number_format == GENERAL and isinstance(shown, float) and not shown.is_integer():
        cell.number_format = _MONEY


def _only_this(book: Workbook, kept: Worksheet) -> None:
    """Take the other sheets away, for they hold what was of another day; those that this one speaks of stay."""
    said = [str(cell.value) for row in kept.iter_rows() for cell in row if cell.data_type == "f"]
    said += [f"{rule.formula1} {rule.formula2}" for rule in kept.data_validations.dataValidation]
    said += [str(name.attr_text) for name in book.defined_names.values()]
    text = " ".join(said)
    for other in list(book.sheetnames):
        if other != kept.title and f"{other}!" not in text and f"{other}'!" not in text:
            del book[other]
    book.active = kept


def _save(book: Workbook, to: Path) -> None:
    """The file stands there whole, or not at all."""
    part = to.with_name(f".{to.name}.part")
    try:
        book.save(part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
