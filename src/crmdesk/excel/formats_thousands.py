"""Text files in which a number's own comma parted it: ￥2,400 without quotes stands in two cells, 2 and 400."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final

from crmdesk.excel.columns import header_score
from crmdesk.excel.grid import Cells, Marks
from crmdesk.excel.layout_header import NumberedRow, find_header, is_blank

_FIRST: Final = re.compile(r"\s*[-+]?\s*(?:[￥¥$€£]|RMB|CNY)?\s*[-+]?[1-9]\d{0,2}", re.IGNORECASE)
_MIDDLE: Final = re.compile(r"\d{3}")
_LAST: Final = re.compile(r"\d{3}(?:\.\d+)?\s*(?:万?元|万|块)?\s*")
_MOST_PLACES: Final = 8  # of which some were parted; with more there is never just one way
_A_HEADER: Final = 0.5  # of its cells are known names of columns
_SHOWN: Final = 80


@dataclass
class Table:
    """How many cells the rows below the header (1-based, 0: none) should have, and what was found where they have more.

    `named` cells are those of the header; `width` can be more, where most rows go on beyond it. `last` holds the line
    that was read last, so that a quoted cell is not taken for a part of a number.
    """

    header: int
    named: int
    width: int
    marks: Marks = field(default_factory=Marks)

    def mended(self, rows: Iterator[list[str]], last: Sequence[str]) -> Iterator[list[str]]:
        """The rows, with numbers that were parted joined where that can be done in one way only."""
        ended = False
        for number, cells in enumerate(rows, 1):
            if len(cells) <= self.named or number <= self.header or ended:
                yield cells
                continue
            ended = self._is_another_header(cells)
            yield cells if ended else self._row(number, cells, last[0])

    def _is_another_header(self, cells: list[str]) -> bool:
        """Whether another, wider table begins here, of which nothing is known."""
        if len(cells) <= self.width or any(map(str.isdecimal, cells)):  # looking words up is dear, and numbers are none
            return False
        return header_score([cell for cell in cells if cell.strip()]) >= _A_HEADER

    def _row(self, number: int, cells: list[str], line: str) -> list[str]:
        wide = len(cells) > self.width
        ways = joinings(cells, self.width if wide else self.named, line)
        if wide and len(ways) == 1:
            self.marks.joined[number] = _shown(ways[0], cells)
            return ways[0]
        # As wide as the others a row is right as it stands, unless it needs a column that has no name.
        beyond = any(map(str.strip, cells[self.width if wide else self.named :]))
        if (len(ways) > 1 and wide) or (beyond and (wide or ways)):
            self.marks.doubtful[number] = _doubt(cells, self.width)
        return cells


def table_in(head: Sequence[list[str]]) -> Table:
    """The table that the first rows of a text file show."""
    widest = max(map(len, head), default=0)
    padded: list[NumberedRow] = [(number, _padded(cells, widest)) for number, cells in enumerate(head, 1)]
    header = find_header([row for row in padded if not all(map(is_blank, row[1]))], (), widest, header_score)
    body = [cells for cells in head[header.row :] if any(map(str.strip, cells))]
    named = max((len(head[line - 1]) for line in header.lines), default=0)
    # Rows without anything that looks parted show how wide the table really is: columns without a name, a comma behind
    # the last cell of every row.
    sure = Counter(len(cells) for cells in body if not _places(cells))
    lengths = sure if named or sure else Counter(map(len, body))
    width = max(named, min(lengths, key=lambda length: (-lengths[length], length), default=0))
    return Table(header.row, named or width, width)


def _padded(cells: list[str], width: int) -> Cells:
    return [*cells, *[""] * (width - len(cells))]


def joinings(cells: list[str], size: int, line: str) -> list[list[str]]:
    """The ways to have `size` cells by joining neighbours that make a number like 1,234,567.89; two are enough to know.

    What is joined stands in `line` as it is, without quotes between.
    """
    places = [place for place in _places(cells) if f"{cells[place]},{cells[place + 1]}" in line]
    missing = len(cells) - size
    if missing <= 0 or len(places) < missing:
        return []
    if len(places) > max(_MOST_PLACES, missing):
        return [cells, cells]  # surely not just one
    found: list[list[str]] = []
    for taken in combinations(places, missing):
        joined = _joined(cells, set(taken))
        if joined is not None:
            found.append(joined)
            if len(found) > 1:
                break
    return found


def _places(cells: Sequence[str]) -> list[int]:
    """The cells that may go on in the next one: 2 before 400."""
    return [
        place
        for place, (cell, following) in enumerate(pairwise(cells))
        if following[:3].isdecimal()
        and _LAST.fullmatch(following)
        and (_MIDDLE.fullmatch(cell) or _FIRST.fullmatch(cell))
    ]


def _joined(cells: list[str], taken: set[int]) -> list[str] | None:
    """The cells with each taken one joined to the next; None where that makes something else than numbers."""
    groups: list[list[str]] = []
    for place, cell in enumerate(cells):
        if place - 1 in taken:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return [",".join(group) for group in groups] if all(map(_is_number, groups)) else None


def _is_number(group: list[str]) -> bool:
    if len(group) == 1:
        return True
    first, *middle, last = group
    return bool(_FIRST.fullmatch(first) and all(map(_MIDDLE.fullmatch, middle)) and _LAST.fullmatch(last))


def _shown(joined: list[str], cells: list[str]) -> str:
    """The first of the numbers that were put together."""
    return next(cell for cell in joined if cell not in cells).strip()[:_SHOWN]


def _doubt(cells: list[str], width: int) -> str:
    """What is doubtful in a row: what looks like a number in parts, else what stands beyond the table."""
    places = _places(cells)
    parts = cells[places[0] : places[-1] + 2] if places else cells[width:]
    return ",".join(parts).strip()[:_SHOWN]
