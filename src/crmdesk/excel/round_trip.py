"""A workbook for editing: the visible sheet for the user, hidden ones that know what was exported.

Columns that are worked out are grey and refuse to be typed into by a rule of validation, not by a protected sheet:
a protected sheet could neither be sorted nor get new rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from crmdesk.domain.round_trip import fingerprint, settle
from crmdesk.excel.writer import FORMATS, WIDTHS, Book, CellValue, Kind, clean_text

MARK: Final = "crmdesk round trip 1"
HIDDEN_SHEET: Final = "crmdesk"
CHOICES_SHEET: Final = "crmdesk choices"
ID_HEADER: Final = "crmdesk id"
NEW_ROWS: Final = 1_000  # rows below the table that get the rules too
_GREY: Final = PatternFill("solid", fgColor="EEF1F2")
_GREY_TEXT: Final = Font(color="6B7A80")


@dataclass(frozen=True)
class EditColumn:
    """A column of the visible sheet; one that is not `editable` is shown, and not read back.

    `choices` are offered in a list; a `strict` one takes nothing else.
    """

    key: str
    header: str
    kind: Kind = "text"
    editable: bool = True
    choices: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True)
class EditRow:
    """A customer: its cells in the order of the columns, the texts of the editable ones as they will compare, and
    those of the others: what somebody types over them is not taken, and that is said.
    """

    id: int
    cells: tuple[CellValue, ...]
    texts: tuple[str, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditWords:
    """What the workbook says in the user's language: the sheet's name, and why a cell takes nothing."""

    sheet: str
    look_only: str
    strict: str
    title: str


def write_for_editing(
    to: Path, columns: Sequence[EditColumn], rows: Iterable[EditRow], words: EditWords, language: str
) -> int:
    """Write the workbook; returns the number of rows. Raises OSError."""
    editable = [column for column in columns if column.editable]
    with Book(to) as book:
        sheet = book.add_sheet(words.sheet)
        memory = _hidden(book, HIDDEN_SHEET)
        _settle_columns(sheet, columns)
        sheet.append([book.cell(sheet, header, "head") for header in (ID_HEADER, *(c.header for c in columns))])
        shown = [column.header for column in columns if not column.editable]
        for head in (
            [MARK, language],
            ["", "", *(column.key for column in editable)],
            ["", "", *(column.header for column in editable)],
            [json.dumps(shown, ensure_ascii=False)],
        ):
            memory.append([book.cell(memory, text, "text") for text in head])
        grey = _Grey(book)
        count = 0
        for row in rows:
            cells = [
                book.cell(sheet, value, column.kind) if column.editable else grey.cell(sheet, value, column.kind)
                for value, column in zip(row.cells, columns, strict=True)
            ]
            sheet.append([book.cell(sheet, str(row.id), "text"), *cells])
            texts = [settle(clean_text(text)) for text in row.texts]
            looked = (settle(clean_text(text)) for text in row.shown)
            remembered = (str(row.id), fingerprint(texts), *texts, *looked)
            memory.append([book.cell(memory, text, "text") for text in remembered])
            count += 1
        _rules(book, sheet, columns, words, count + 1)
    return count


def _hidden(book: Book, name: str) -> WriteOnlyWorksheet:
    sheet = book.add_sheet(name)
    sheet.sheet_state = "veryHidden"
    return sheet


def _settle_columns(sheet: WriteOnlyWorksheet, columns: Sequence[EditColumn]) -> None:
    """Widths, the hidden id, and text as the format of text columns, so that a phone in a new row stays one."""
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].hidden = True
    for index, column in enumerate(columns, 2):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = WIDTHS[column.kind]
        dimension.number_format = FORMATS[column.kind]
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _rules(book: Book, sheet: WriteOnlyWorksheet, columns: Sequence[EditColumn], words: EditWords, last: int) -> None:
    """The filter, the choice lists, and the refusal of the grey columns; the lists stand in a hidden sheet."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns) + 1)}{last}"
    offered = [column for column in columns if column.choices and column.editable]
    lists = _hidden(book, CHOICES_SHEET)
    for texts in zip_longest(*(column.choices for column in offered)):
        lists.append([book.cell(lists, text, "text") for text in texts])
    for index, column in enumerate(columns, 2):
        letter = get_column_letter(index)
        rule: DataValidation | None = None
        if column in offered:
            rule = _list_rule(book, column, offered.index(column) + 1, words)
        elif not column.editable:
            rule = DataValidation("custom", formula1="FALSE", allow_blank=False, showErrorMessage=True)
            rule.errorTitle, rule.error = words.title, words.look_only
        if rule is not None:
            rule.add(f"{letter}2:{letter}{last + NEW_ROWS}")
            sheet.data_validations.append(rule)


def _list_rule(book: Book, column: EditColumn, place: int, words: EditWords) -> DataValidation:
    name = f"crmdesk_choices_{place}"
    letter = get_column_letter(place)
    where = f"'{CHOICES_SHEET}'!${letter}$1:${letter}${len(column.choices)}"
    book.workbook.defined_names[name] = DefinedName(name, attr_text=where)
    rule = DataValidation("list", formula1=name, allow_blank=True, showErrorMessage=column.strict)
    if column.strict:
        rule.errorTitle, rule.error = words.title, words.strict
    return rule


class _Grey:
    """Cells of columns that are not read back."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._looks: dict[str, Any] = {}

    def cell(self, sheet: WriteOnlyWorksheet, value: CellValue, kind: Kind) -> Cell:
        """A grey cell."""
        cell = self._book.cell(sheet, value, kind)
        if kind not in self._looks:
            model = WriteOnlyCell(sheet)
            model._style = self._book.cell(sheet, None, kind)._style.__copy__()
            model.fill, model.font = _GREY, _GREY_TEXT
            self._looks[kind] = model._style
        cell._style = self._looks[kind]
        return cell
