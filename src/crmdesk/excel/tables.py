"""Several tables in one sheet, beside each other or one below the other: each becomes a sheet of its own.

A part keeps the rows and columns that it has in the whole, so that every place told of it can be found there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from crmdesk.domain.fields import Field
from crmdesk.excel.grid import Cells, Grid, Marks, SheetSource
from crmdesk.excel.header_words import match_header, spelled
from crmdesk.excel.layout_header import Header, HeaderScore, NumberedRow, find_header, is_blank

_LOOKED_AT: Final = 120  # filled rows at the top that show whether there is more than one table
_TOP: Final = 25  # rows among which a header may be
_LIST: Final = 5  # rows from which a list beside a shorter block can be told
_SHORTER: Final = 0.6  # of a list's rows, at most, has a block of figures that stands beside it


class Area(NamedTuple):
    """A part of a sheet: rows and columns, 0-based, the ends not included; `bottom` is -1 for the sheet's end."""

    top: int = 0
    bottom: int = -1
    left: int = 0
    right: int = 1 << 30


def part_of(grid: Grid, area: Area, name: str) -> Grid:
    """The grid with everything outside of an area blank."""
    height = grid.height if area.bottom < 0 else min(area.bottom, grid.height)
    blank = [""] * grid.width
    right = min(area.right, grid.width)
    before, behind = [""] * area.left, [""] * (grid.width - right)

    def rows() -> Iterator[Cells]:
        for number, cells in enumerate(grid.rows()):
            if number >= height:
                return
            yield [*before, *cells[area.left : right], *behind] if number >= area.top else list(blank)

    within = Area(area.top, height, area.left, right)
    merges = [
        merge for merge in grid.merges if _holds(within, merge[0], merge[1]) and _holds(within, merge[2], merge[3])
    ]
    part = replace(grid, name=name, height=height, rows=rows, merges=merges, marks=_marks(grid.marks, within))
    part.top = area.top
    return part


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row < area.bottom and area.left <= column < area.right


def _marks(marks: Marks, area: Area) -> Marks:
    cells = {
        row: {column: text for column, text in texts.items() if area.left <= column < area.right}
        for row, texts in marks.cells.items()
        if area.top < row <= area.bottom
    }
    hidden = {row for row in marks.hidden_rows if area.top < row <= area.bottom}
    joined, doubtful = (
        {row: text for row, text in told.items() if area.top < row <= area.bottom}
        for told in (marks.joined, marks.doubtful)
    )
    return Marks({row: texts for row, texts in cells.items() if texts}, hidden, [], joined, doubtful)


def beside(grid: Grid, score: HeaderScore) -> list[Area]:
    """The tables that stand beside each other; none where the sheet is one table."""
    head = _filled_rows(grid)
    gaps = _gaps(head, grid.width)
    # Nearly every sheet is one table, and finding its header costs as much as all the rest of a small one.
    if not gaps and not any(_says_twice(cells) for _, cells in head[:_TOP]):
        return []
    header = find_header(head, grid.merges, grid.width, score)
    if not header.row:
        return []
    body = [cells for number, cells in head if number > header.row]
    starts = _repeated(header) or [gap + 1 for gap in gaps if _parts_tables(header, head, body, gap, score)]
    ends = [*starts, grid.width]
    return [Area(left=left, right=right) for left, right in zip([0, *starts], ends, strict=True)] if starts else []


def _filled_rows(grid: Grid) -> list[NumberedRow]:
    rows: list[NumberedRow] = []
    for number, cells in enumerate(grid.rows(), 1):
        if number not in grid.marks.hidden_rows and not all(map(is_blank, cells)):
            rows.append((number, cells))
            if len(rows) == _LOOKED_AT:
                break
    return rows


def _says_twice(cells: Cells) -> bool:
    """Whether every text of a row stands in it twice or more, as in the header of a list in two columns."""
    filled = [str(cell).strip() for cell in cells if not is_blank(cell)]
    return len(filled) >= 4 and len(set(filled)) * 2 <= len(filled)


def _repeated(header: Header) -> list[int]:
    """Where 姓名 | 电话 | 姓名 | 电话 begins anew: a list that goes on beside itself, to fit on a page."""
    filled = [column for column, text in enumerate(header.texts) if text]
    words = [spelled(header.texts[column]) for column in filled]
    for size in range(2, len(words) // 2 + 1):
        if len(words) % size == 0 and words == words[:size] * (len(words) // size) and _names(words[:size]):
            return filled[size::size]
    return []


def _names(words: Sequence[str]) -> bool:
    """Whether one of these headers is that of a customer's name."""
    meanings = [match.sure for word in words if (match := match_header(word)).sure]
    return any(field is Field.NAME and mark not in ("first", "last", "staff") for field, mark in meanings)


def _gaps(head: Sequence[NumberedRow], width: int) -> list[int]:
    """The blank columns between filled ones, of several next to each other the last."""
    filled = {column for _, cells in head for column, cell in enumerate(cells) if not is_blank(cell)}
    inner = range(min(filled, default=0), max(filled, default=0))
    return [column for column in inner if column not in filled and column + 1 in filled and column < width]


def _parts_tables(header: Header, head: list[NumberedRow], body: list[Cells], gap: int, score: HeaderScore) -> bool:
    """Whether a blank column parts two tables: most often it only parts the columns of one."""
    left, right = header.texts[:gap], header.texts[gap + 1 :]
    if not _tells_who(left):
        return False  # nothing here could be taken for what belongs to a customer
    if not any(right):
        alone = [(number, [*[""] * (gap + 1), *cells[gap + 1 :]]) for number, cells in head]
        own = find_header([row for row in alone if not all(map(is_blank, row[1]))], (), len(header.texts), score)
        return bool(own.row)
    if _names([text for text in left if text]) and _names([text for text in right if text]):
        return True
    return _is_block(body, gap) and not _tells_who(right)


def _tells_who(texts: Sequence[str]) -> bool:
    """Whether columns hold what belongs to a customer: a name, a phone, an address."""
    reach = {Field.NAME, Field.PHONE, Field.CONTACT_NAME, Field.CONTACT_PHONE, Field.ADDRESS, Field.CODE, Field.WECHAT}
    return any(match.sure is not None and match.sure[0] in reach for match in map(match_header, texts))


def _is_block(body: list[Cells], gap: int) -> bool:
    """Whether what stands right of a gap is a block of its own: full rows from the top on, and then no more."""
    whole = [sum(not is_blank(cell) for cell in cells[gap + 1 :]) for cells in body]
    rows = sum(map(bool, whole))
    listed = sum(any(not is_blank(cell) for cell in cells[:gap]) for cells in body)
    return listed >= _LIST and 2 <= rows <= _SHORTER * listed and all(count >= 2 for count in whole[:rows])


def tables_of(source: SheetSource, score: HeaderScore) -> list[SheetSource]:
    """The tables of a sheet that stand beside each other, as sheets; a hidden sheet is not looked into.

    Raises what loading the sheet raises.
    """
    if source.hidden:
        return [source]
    held = _Held(source.load)
    areas = beside(held.grid, score) if held.grid.told is None else []
    names = [table_name(source.name, number) for number in range(1, len(areas) + 1)]
    found = [
        SheetSource(name, False, partial(_load_part, held.hand_out, area, name))
        for name, area in zip(names, areas, strict=True)
    ]
    return found or [SheetSource(source.name, False, held.hand_out)]


def table_below(source: SheetSource, row: int, name: str) -> SheetSource:
    """The table that begins with a 1-based row of a sheet, as a sheet."""
    return SheetSource(name, False, partial(_load_part, source.load, Area(top=row - 1), name))


def table_name(sheet: str, number: int) -> str:
    """What a table is called: the first as its sheet, the others with their number."""
    return sheet if number == 1 else f"{sheet} ({number})"


def _load_part(load: Callable[[], Grid], area: Area, name: str) -> Grid:
    return part_of(load(), area, name)


class _Held:
    """A grid that was loaded to look at it, handed out once to whoever needs it next; then it is loaded anew."""

    def __init__(self, load: Callable[[], Grid]) -> None:
        self._load = load
        self._grid: Grid | None = load()

    @property
    def grid(self) -> Grid:
        """The grid, without giving it away."""
        assert self._grid is not None
        return self._grid

    def hand_out(self) -> Grid:
        """The grid; it is not kept here any longer, so that letting a sheet go frees its memory."""
        grid, self._grid = self._grid, None
        return grid if grid is not None else self._load()
