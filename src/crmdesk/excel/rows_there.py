"""The rows of a sheet as they stand there, hidden ones too, with nothing understood of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from crmdesk.excel.fixes import PlainCell, plain_cell
from crmdesk.excel.grid import Grid
from crmdesk.excel.layout import patched_rows
from crmdesk.excel.layout_header import NumberedRow

PlainRow = tuple[int, list[PlainCell]]
"""The 1-based number of a row and its cells."""


def rows_from(grid: Grid, start: int, size: int) -> list[PlainRow]:
    """At most `size` rows from the 0-based `start` on."""
    return list(_plain(islice(_there(grid), start, start + size)))


def single_rows(grid: Grid, numbers: Collection[int]) -> list[PlainRow]:
    """The rows of these 1-based numbers."""
    wanted = frozenset(numbers)
    return list(_plain(row for row in islice(_there(grid), max(wanted, default=0)) if row[0] in wanted))


def _there(grid: Grid) -> Iterator[NumberedRow]:
    marks: dict[int, dict[int, object]] = {row: dict(cells) for row, cells in grid.marks.cells.items()}
    return patched_rows(grid, marks)


def _plain(rows: Iterator[NumberedRow]) -> Iterator[PlainRow]:
    return ((number, [plain_cell(cell) for cell in cells]) for number, cells in rows)
