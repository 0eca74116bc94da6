"""按老板的表: where the header of somebody's own table stands, and what each of its columns is for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.excel.column import Column
from crmdesk.excel.columns import header_score, understand_columns
from crmdesk.excel.header_words import match_header, spelled
from crmdesk.excel.raw import RawReading, RawRow
from crmdesk.excel.template_area import is_formula
from crmdesk.progress import Progress

LOOKED_AT: Final = 60  # rows: the header among the first of them, examples below it
_HEADER_WITHIN: Final = 30
_SURE: Final = 0.75
_SECOND_LINE: Final = 0.5


@dataclass(frozen=True)
class TemplateHead:
    """The header found: its sheet, its first and last row (1-based), and its columns with what they would be read as.

    A header of two lines gives the lower text of each column, the upper one where the lower is blank.
    """

    sheet: str
    top: int
    bottom: int
    columns: tuple[Column, ...]


def find_head(reading: RawReading, own: Collection[str], progress: Progress) -> TemplateHead:
    """The best header of the visible sheets; `own` are headers the user's list has. Raises Refused, Cancelled."""
    known = {spelled(header) for header in own}
    best: tuple[int, TemplateHead] | None = None
    for index, sheet in enumerate(reading.sheets):
        if sheet.hidden:
            continue
        rows = list(reading.rows(index, progress, LOOKED_AT))
        for place, row in enumerate(rows):
            count = _known_cells(row, known) if row.number <= _HEADER_WITHIN else 0
            if count >= 2 and (best is None or count > best[0]):
                best = count, _head(sheet.name, rows, place)
    if best is None:
        raise Refused("template_no_header", file=reading.path.name)
    return best[1]


def _known_cells(row: RawRow, own: Collection[str]) -> int:
    """How many cells of a row are headers; 0 where most of it is something else."""
    texts = [cell for cell in row.cells if cell != ""]
    known = sum(isinstance(text, str) and _is_header(text, own) for text in texts)
    return known if 2 * known >= len(texts) or header_score(row.cells) >= _SECOND_LINE else 0


def _is_header(text: str, own: Collection[str]) -> bool:
    return len(text) <= 30 and (spelled(text) in own or match_header(text).confidence >= _SURE)


def _head(sheet: str, rows: Sequence[RawRow], place: int) -> TemplateHead:
    first, bottom = rows[place], rows[place]
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below is not None and below.number == first.number + 1 and _is_second_line(first, below):
        bottom = below
    width = max(len(row.cells) for row in rows)
    lines = [_texts(row, width) for row in (bottom, first)]
    headers = [low or high for low, high in zip(*lines, strict=True)]
    # A formula that has given nothing yet, as in the totals of an empty form, says nothing about its column.
    sample = [["" if is_formula(cell) else cell for cell in row.cells] for row in rows if row.number > bottom.number]
    return TemplateHead(sheet, first.number, bottom.number, tuple(understand_columns(headers, sample)))


def _is_second_line(first: RawRow, below: RawRow) -> bool:
    """Whether a row goes on with the header: under its merged cells, and only texts that are headers too."""
    gaps = any(cell == "" for cell in first.cells)
    return gaps and header_score(below.cells) >= _SECOND_LINE


def _texts(row: RawRow, width: int) -> list[str]:
    texts = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row.cells]
    return texts + [""] * (width - len(texts))
