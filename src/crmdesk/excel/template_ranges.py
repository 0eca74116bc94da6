"""Making room in somebody's own table: rows come or go, and all that stands below or counts them goes along."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.excel.template_area import DataArea

_REFERENCE: Final = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)(?::(\$?[A-Z]{1,3})(\$?)(\d+))?")
_TURNS: Final = 2  # rows whose looks take turns


@dataclass(frozen=True)
class _Room:
    """The rows to fill as they were, and the last of them as it will be."""

    first: int
    was: int
    now: int

    def row(self, row: int) -> int:
        """Where a row of the sheet goes."""
        return row + self.now - self.was if row > self.was else min(row, max(self.now, self.first))

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """Where a range goes; one that reaches from the head or the first row into the rows holds all of them."""
        into = self.first <= bottom <= self.was and (bottom > top or self.was == self.first)
        return self.row(top), self.now if into and top <= self.first else self.row(bottom)


def stretch(sheet: Worksheet, area: DataArea, count: int) -> int:
    """Give the sheet room for `count` rows; returns the last row of the room, which has at least one."""
    room = _Room(area.first, area.last, area.first - 1 + max(count, area.keep, 1))
    looks = [_look(sheet, row) for row in range(area.first, min(area.last, area.first + _TURNS - 1) + 1)]
    across = [
        (merged.min_col, merged.max_col)
        for merged in sheet.merged_cells.ranges
        if merged.min_row == merged.max_row == area.first <= area.last
    ]
    merges = _take_merges(sheet, room)
    _move_foot(sheet, room)
    _follow(sheet, room)
    for row in range(area.last + 1, room.now + 1):
        _dress(sheet, row, looks[(row - area.first) % len(looks)] if looks else None)
    for row in range(area.first, room.now + 1):
        sheet.row_dimensions[row].hidden = False  # a filter of another day
        merges += [CellRange(min_row=row, max_row=row, min_col=left, max_col=right) for left, right in across]
    for merged in merges:
        sheet.merge_cells(merged.coord)
    _along(sheet, room)
    return room.now


def _look(sheet: Worksheet, row: int) -> tuple[float | None, list[Any]]:
    cells = next(sheet.iter_rows(row, row, 1, sheet.max_column))
    return sheet.row_dimensions[row].height, [copy(cell._style) for cell in cells]


def _dress(sheet: Worksheet, row: int, look: tuple[float | None, list[Any]] | None) -> None:
    if look is None:
        return
    height, styles = look
    sheet.row_dimensions[row].height = height
    for column, style in enumerate(styles, 1):
        sheet.cell(row, column)._style = copy(style)


def _take_merges(sheet: Worksheet, room: _Room) -> list[CellRange]:
    """Undo the merges among and below the rows; returns those below, where they will be."""
    below = []
    for merged in list(sheet.merged_cells.ranges):
        if merged.max_row < room.first:
            continue
        sheet.unmerge_cells(merged.coord)
        if merged.min_row > room.was:
            moved = CellRange(merged.coord)
            moved.shift(row_shift=room.now - room.was)
            below.append(moved)
    return below


def _move_foot(sheet: Worksheet, room: _Room) -> None:
    """Move what stands below the rows."""
    shift = room.now - room.was
    if not shift:
        return
    end = sheet.max_row
    foot = range(room.was + 1, end + 1)
    kept = [(row, _look(sheet, row), [cell.value for cell in sheet[row]]) for row in foot]
    for row in range(min(room.was, room.now) + 1, end + 1):
        sheet.row_dimensions[row].height = None
        for cell in sheet[row]:
            if isinstance(cell, Cell):
                cell.value, cell.style = None, "Normal"
    for row, look, values in kept:
        _dress(sheet, row + shift, look)
        for column, value in enumerate(values, 1):
            sheet.cell(row + shift, column).value = value


def _follow(sheet: Worksheet, room: _Room) -> None:
    """Let every formula around the rows point to where things went."""
    around = (row for row in sheet.iter_rows() if not room.first <= row[0].row <= room.now)
    for cell in (cell for row in around for cell in row):
        if isinstance(cell, Cell) and cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = _formula(cell.value, room)


def _formula(text: str, room: _Room) -> str:
    """A formula whose references to this sheet follow what they pointed to."""
    tokens = Tokenizer(text)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE and "!" not in token.value:
            token.value = _REFERENCE.sub(lambda match: _reference(match, room), token.value)
    return str(tokens.render())


def _reference(match: re.Match[str], room: _Room) -> str:
    left, fixed, top, right, fixed_too, bottom = match.groups()
    if bottom is None:
        return f"{left}{fixed}{room.row(int(top))}"
    start, end = room.span(int(top), int(bottom))
    return f"{left}{fixed}{start}:{right}{fixed_too}{end}"


def _along(sheet: Worksheet, room: _Room) -> None:
    """Rules of validation and looks, filters, tables and what is printed reach as far as the rows now."""
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(" ".join(_moved(str(one), room) for one in rule.sqref.ranges))
    before = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for formatting in before:
        cells = " ".join(_moved(one, room) for one in str(formatting.sqref).split())
        for rule in formatting.rules:
            sheet.conditional_formatting.add(cells, rule)
    if sheet.auto_filter.ref:
        sheet.auto_filter.filterColumn = []
        sheet.auto_filter.ref = _moved(sheet.auto_filter.ref, room)
    for table in sheet.tables.values():
        table.ref = _moved(table.ref, room)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
    if sheet.print_area:
        areas = [one.rpartition("!")[2].replace("$", "") for one in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(_moved(one, room) for one in areas)


def _moved(coordinates: str, room: _Room) -> str:
    left, top, right, bottom = range_boundaries(coordinates)
    if None in (left, top, right, bottom):
        return coordinates  # whole columns reach everywhere
    start, end = room.span(int(top or 0), int(bottom or 0))
    return str(CellRange(min_row=start, max_row=end, min_col=left, max_col=right).coord)
