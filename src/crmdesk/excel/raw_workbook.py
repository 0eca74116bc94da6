"""Inside the reading child: a workbook whose cells are handed out as they stand."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats import sheets_of
from crmdesk.excel.gate import admit
from crmdesk.excel.grid import Cells, Grid, cell_text

_MAX_SHEETS: Final = 255

PlainRow = tuple[int, list[str | float]]


class RawWorkbook:
    """An admitted, opened file. Raises Refused."""

    def __init__(self, path: Path, password: str) -> None:
        self._sources = sheets_of(admit(path, password))[:_MAX_SHEETS]
        if not self._sources:
            raise Refused("no_table", file=path.name)
        self._grids: dict[int, Grid] = {}
        self._running: Iterator[PlainRow] = iter(())
        self._at = (-1, 0)

    def names(self) -> list[tuple[str, bool]]:
        """Every sheet's name, and whether it is hidden."""
        return [(source.name, source.hidden) for source in self._sources]

    def rows(self, index: int, start: int, size: int) -> tuple[bytes, bool]:
        """The rows from the 0-based `start` on that are not blank, marshalled, and whether more may follow."""
        grid = self._grid(index)
        if self._at != (index, start):
            self._running = islice(_plain_rows(grid), start, None)
        self._at = (index, start + size)
        read = list(islice(self._running, size))
        filled = [(number, cells) for number, cells in read if any(cell != "" for cell in cells)]
        return marshal.dumps(filled), len(read) == size

    def _grid(self, index: int) -> Grid:
        if index not in self._grids:
            self._grids = {index: self._sources[index].load()}  # one at a time is enough, and spares memory
        return self._grids[index]


def _plain_rows(grid: Grid) -> Iterator[PlainRow]:
    marked = grid.marks.cells
    for number, cells in enumerate(grid.rows(), 1):
        if number in marked:
            cells = _with_marks(cells, marked[number])
        yield number, [cell if isinstance(cell, float) else cell_text(cell) for cell in cells]


def _with_marks(cells: Cells, marks: dict[int, str]) -> Cells:
    """The cells with the error values that the reader leaves out or reads as something else."""
    return [
        marks[column] if column in marks and (cell == "" or marks[column].startswith("#")) else cell
        for column, cell in enumerate(cells)
    ]
