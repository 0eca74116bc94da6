"""What is said of a sheet beside its columns: what was left out of it, what its headings told, which rows to doubt."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from crmdesk.domain.phrase import Phrase
from crmdesk.excel.cells import ReadRow, RowReader
from crmdesk.excel.cells_days import PAST_FIELDS
from crmdesk.excel.cells_fields import MONEY_FIELDS
from crmdesk.excel.column import Column
from crmdesk.excel.day_names import day_called, whole_name
from crmdesk.excel.grid import MAX_COLUMNS, Grid
from crmdesk.excel.header_words import currency_of
from crmdesk.excel.layout import Layout
from crmdesk.excel.sections import Told

_NAMED: Final = 5  # headings that are named


def notes_of(grid: Grid, layout: Layout, whole: Told, columns: Sequence[Column] = ()) -> Iterator[Phrase]:
    """The notes of a sheet; `whole`: what its name tells of all rows."""
    if grid.columns_cut:
        yield Phrase("columns_cut", {"count": grid.columns_cut, "limit": MAX_COLUMNS})
    hidden = sum(reason == "hidden_row" for reason in layout.skipped.values())
    if hidden:
        yield Phrase("hidden_rows", {"count": hidden})
    if layout.sections:
        told = list(dict.fromkeys(layout.sections.values()))
        yield Phrase("headings_told", {"text": "、".join(told[:_NAMED])})
    if code := _of_name(grid.name, layout, whole, columns):
        yield Phrase(code, {"text": grid.name})
    if layout.next_table:
        yield Phrase("table_below", {"row": layout.next_table})
    if joined := grid.marks.joined:
        row, text = next(iter(joined.items()))
        yield Phrase("thousands_joined", {"count": len(joined), "row": row, "text": text})
    for column in columns:
        if column.field in MONEY_FIELDS and (currency := currency_of(column.header)):
            yield Phrase("currency_told", {"column": column.header, "currency": currency})
    if grid.told:
        yield from grid.told.notes


def _of_name(name: str, layout: Layout, whole: Told, columns: Sequence[Column]) -> str:
    """What to say of a sheet's name: it tells something, or might where amounts have no day; "" for nothing."""
    if any(whole):
        return "sheet_name_told"
    fields = {column.field for column in columns}
    undated = fields & MONEY_FIELDS and not fields & PAST_FIELDS and not layout.sections
    return "sheet_name_unsure" if undated and day_called(whole_name(name)) else ""


def doubting_reader(read: RowReader, doubtful: Mapping[int, str], settled: Container[int]) -> RowReader:
    """The reader of a sheet with rows that have more cells than its table; not doubtful once the user typed in one."""
    if not doubtful:
        return read

    def doubt(number: int, cells: Sequence[object]) -> ReadRow:
        row = read(number, cells)
        if number in doubtful and number not in settled:
            row.issues.append((number, "", doubtful[number], "row_too_long", {}))
        return row

    return doubt
