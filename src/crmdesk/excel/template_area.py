"""Which rows of somebody's own table are there to be filled, and where what stands beneath them begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.excel.grid import Cells, Merge
from crmdesk.excel.layout_header import Header, is_blank
from crmdesk.excel.layout_rows import RowJudge

_MOST_ROWS: Final = 20_000
_WIDE: Final = 512


@dataclass(frozen=True)
class DataArea:
    """The rows `first` to `last` (1-based; `last` is before `first` where there is none) lie under the header.

    `keep` is how many of them stay where there is less to fill in: all of a form's empty lines, none of old rows.
    """

    first: int
    last: int
    keep: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.last - self.first + 1


def find_area(sheet: Worksheet, header_row: int, filled: list[int]) -> DataArea:
    """The rows to fill beneath a header; totals, notes and signatures below them are not among them."""
    first, width = header_row + 1, min(sheet.max_column, _WIDE)
    bottom = min(sheet.max_row, header_row + _MOST_ROWS)
    body = [_cells(sheet, row, width) for row in range(first, bottom + 1)]
    judged = _judged(sheet, header_row, body, width)
    foot = _foot(judged)
    if any(kind == "" and _says(body[place], filled) for place, kind in enumerate(judged[:foot])):
        data = [place for place, kind in enumerate(judged[:foot]) if kind != "blank"]
        last = max(data) + 1
        while last < foot and _is_ruled(sheet, first + last, width):
            last += 1
        return DataArea(first, first + last - 1, 0)
    ruled = 0
    while ruled < foot and _is_ruled(sheet, first + ruled, width):
        ruled += 1
    return DataArea(first, first + ruled - 1, ruled)


def _cells(sheet: Worksheet, row: int, width: int) -> Cells:
    values = (cell.value for cell in next(sheet.iter_rows(row, row, 1, width)))
    return ["" if value is None else value for value in values]


def _judged(sheet: Worksheet, header_row: int, body: list[Cells], width: int) -> list[str]:
    texts = tuple(str(cell).strip() for cell in _cells(sheet, header_row, width))
    merges: list[Merge] = [
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1) for area in sheet.merged_cells.ranges
    ]
    titles = [str(cell).strip() for row in range(1, header_row) for cell in _cells(sheet, row, width) if cell != ""]
    plain = [["0" if is_formula(cell) else cell for cell in cells] for cells in body]
    said = [sum(not is_blank(cell) for cell in cells) for cells in plain]
    # An empty form has a running number on each line and nothing else: that tells nothing of how full a row is.
    filled = [cells for cells, count in zip(plain, said, strict=True) if count > 1]
    judge = RowJudge(Header((header_row,), texts), titles, merges, filled)
    judged = [judge.judge(header_row + 1 + place, cells) for place, cells in enumerate(plain)]
    wide = {top - header_row for top, left, _, right in merges if right - left > 1}
    return [
        "note" if count == 1 and place in wide else kind
        for place, (kind, count) in enumerate(zip(judged, said, strict=True))
    ]


def _foot(judged: list[str]) -> int:
    """The place of the first row that, with all below it, is no data; blank rows above it belong to the data."""
    data = [place for place, kind in enumerate(judged) if kind == ""]
    start = max(data) + 1 if data else 0
    return next((place for place in range(start, len(judged)) if judged[place] != "blank"), len(judged))


def _says(cells: Cells, filled: list[int]) -> bool:
    """Whether a row holds somebody, and not only a running number or formulas."""
    said = [cells[place] for place in filled if place < len(cells)]
    return any(isinstance(cell, str) and not is_blank(cell) and not is_formula(cell) for cell in said)


def is_formula(cell: object) -> bool:
    """Whether a cell is a formula and not what it gives."""
    return isinstance(cell, str) and cell.startswith("=")


def _is_ruled(sheet: Worksheet, row: int, width: int) -> bool:
    """Whether lines are drawn around the cells of a row: an empty line of a form."""
    cells = next(sheet.iter_rows(row, row, 1, width))
    return any(cell.border.bottom.style or cell.border.left.style for cell in cells)
