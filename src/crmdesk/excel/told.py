"""Tables that tell what their columns hold, as sheets: nothing of their layout has to be found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crmdesk.domain.told_table import ToldTable
from crmdesk.excel.cells import ReadContext, read_example
from crmdesk.excel.column import Column, column_letter
from crmdesk.excel.grid import Cells, Grid, cell_text
from crmdesk.excel.layout import Layout
from crmdesk.excel.layout_header import Header

_SAMPLE = 200
_EXAMPLES = 3


def told_grid(table: ToldTable, encoding: str) -> Grid:
    """The grid of a table; rows that it does not have are blank."""
    width, height = len(table.columns), max([0, *table.rows, *table.skipped])

    def rows() -> Iterator[Cells]:
        for number in range(1, height + 1):
            said = table.rows.get(number, {})
            yield [said.get(place, "") for place in range(width)]

    return Grid(table.name, width, height, rows, encoding=encoding, told=table)


def told_layout(grid: Grid, table: ToldTable) -> Layout:
    """The layout of such a grid: every row that is there is data."""
    missing = {number for number in range(1, grid.height + 1) if number not in table.rows}
    sample = [(number, cells) for number, cells in enumerate(grid.rows(), 1) if number in table.rows]
    return Layout(
        Header((), tuple(column.header for column in table.columns)),
        skipped=dict(table.skipped),
        blank=missing - table.skipped.keys(),
        row_count=len(table.rows),
        last_row=grid.height,
        sample=list(islice(sample, _SAMPLE)),
    )


def told_columns(layout: Layout, table: ToldTable, context: ReadContext) -> list[Column]:
    """The columns as the table tells them, with examples."""
    columns = []
    for place, told in enumerate(table.columns):
        letter = column_letter(place)
        bare = Column(place, letter, told.header, told.field, 1.0, dict(told.options))
        raw = list(dict.fromkeys(cells[place] for _, cells in layout.sample if cells[place] != ""))[:_EXAMPLES]
        examples = tuple((cell_text(cell), read_example(bare, cell, context)) for cell in raw)
        columns.append(Column(place, letter, told.header, told.field, 1.0, dict(told.options), examples))
    return columns
