"""How a sheet is laid out: its header, its data rows, and what every other row is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from crmdesk.excel.grid import Cells, Grid, Merge
from crmdesk.excel.layout_header import HEAD_ROWS, Header, HeaderScore, NumberedRow, find_header, header_at, is_blank
from crmdesk.excel.layout_rows import RowJudge, block_headings, is_total, trailing_notes

_SAMPLE_HEAD: Final = 120
_SAMPLE_SPREAD: Final = 80
_KEPT_SPARSE: Final = 20_000  # more thin rows than this are data of a thin table, and are not held in memory
_CLIP: Final = 300


@dataclass
class Layout:
    """A sheet understood as a table.

    `blank` rows hold nothing; `sparse` ones little, and may turn out to be nothing once the columns are known;
    `skipped` holds the reason of every row that is neither data nor blank nor the header's last line; `patches` what
    merged cells mean in the rows beneath their first, and error values (1-based row, 0-based column).
    """

    header: Header
    skipped: dict[int, str] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    row_count: int = 0
    last_row: int = 0
    sample: list[NumberedRow] = field(default_factory=list)
    patches: dict[int, dict[int, object]] = field(default_factory=dict)
    sparse: dict[int, Cells] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)  # what stands in the rows that name a section
    above: tuple[str, ...] = ()  # the titles
    next_table: int = 0  # the 1-based row with which another table begins below this one, 0 where none does

    def leave(self, number: int, reason: str, cells: Cells) -> None:
        """Leave out a row that was not counted; what a section is called goes for the rows below it."""
        if reason == "blank":
            self.blank.add(number)
            return
        self.skipped[number] = reason
        if reason == "section":
            self.sections[number] = said_in(cells)

    def end_at(self, number: int) -> None:
        """End above a row with which another table begins: what was taken for rows of this one is none of it."""
        self.next_table = number
        for row in [row for row in self.sparse if row >= number]:
            self.skip(row, "title")
            del self.sparse[row]
        for rows in (self.skipped, self.sections):
            for row in [row for row in rows if row >= number]:
                del rows[row]
        self.last_row = min(self.last_row, number - 1)

    def skip(self, number: int, reason: str) -> None:
        """Leave out a row that was counted as data."""
        if number not in self.skipped:
            self.skipped[number] = reason
            self.row_count -= 1
            self.sample = [row for row in self.sample if row[0] != number]


def patched_rows(grid: Grid, patches: dict[int, dict[int, object]]) -> Iterator[NumberedRow]:
    """The rows of a grid with their 1-based numbers, error values and merged cells filled in."""
    numbered = enumerate(grid.rows(), 1)
    return (_patch(row, patches) for row in numbered) if patches else numbered


def _patch(row: NumberedRow, patches: dict[int, dict[int, object]]) -> NumberedRow:
    for column, value in patches.get(row[0], {}).items():
        if column < len(row[1]) and (row[1][column] == "" or str(value).startswith("#")):
            row[1][column] = value
    return row


def find_layout(
    grid: Grid,
    score: HeaderScore,
    header_row: int | None = None,
    *,
    take_hidden: bool = False,
    several: bool = False,
) -> Layout:
    """Understand a sheet; `header_row` is the user's word for it (1-based, 0 for none) where there is one.

    `several`: the table ends where the header of another one stands; without, all rows are this table's.
    """
    hidden = set() if take_hidden else grid.marks.hidden_rows
    marks: dict[int, dict[int, object]] = {row: dict(cells) for row, cells in grid.marks.cells.items()}
    head = _head(grid, marks, hidden)
    header = _header(grid, head, score, header_row)
    layout = Layout(header, patches=marks)
    titles = _rows_above(layout, head, hidden)
    layout.above = tuple(sorted(titles))
    body = [cells for number, cells in head if number > header.row]
    lines = [cells for number, cells in head if number in header.lines]
    judge = RowJudge(header, titles, grid.merges, body, lines, score if several else None)
    _walk(grid, layout, judge, hidden)
    for number in block_headings(layout.sparse, layout.sections, layout.sample[0][0] if layout.sample else 0):
        layout.sections[number] = said_in(layout.sparse[number])
        layout.skip(number, "section")
    layout.patches = _with_merges(grid, layout)
    layout.blank = {number for number in layout.blank if number <= layout.last_row}
    layout.sample = [_patch((number, clipped(cells)), layout.patches) for number, cells in layout.sample]
    return layout


def _head(grid: Grid, marks: dict[int, dict[int, object]], hidden: set[int]) -> list[NumberedRow]:
    """The first non-blank visible rows."""
    head: list[NumberedRow] = []
    for number, cells in patched_rows(grid, marks):
        if number > grid.top + HEAD_ROWS:
            break
        if not all(map(is_blank, cells)) and number not in hidden:
            head.append((number, clipped(cells)))
    return head


def clipped(cells: Cells) -> Cells:
    """The cells cut to what is needed to tell what they are; a text as long as a book is no reason to wait."""
    return [cell[:_CLIP] if isinstance(cell, str) and len(cell) > _CLIP else cell for cell in cells]


def _header(grid: Grid, head: list[NumberedRow], score: HeaderScore, header_row: int | None) -> Header:
    if header_row is None:
        return find_header(head, grid.merges, grid.width, score)
    index = next((index for index, (number, _) in enumerate(head) if number == header_row), None)
    if index is None:
        return Header((), ("",) * grid.width)
    return header_at(head, index, grid.merges, grid.width, score)


def _rows_above(layout: Layout, head: list[NumberedRow], hidden: set[int]) -> set[str]:
    """Account for what stands above the header; gives the titles, since they may be said again further down."""
    titles: set[str] = set()
    for number, cells in head:
        if number in layout.header.lines[:-1]:
            layout.skipped[number] = "header"
        elif number < layout.header.row:
            layout.skipped[number] = "total_row" if is_total(cells) else "title"
            titles.update(str(cell).strip() for cell in cells if not is_blank(cell))
    for number in hidden:
        if number < layout.header.row:
            layout.skipped[number] = "hidden_row"
    return titles


def _walk(grid: Grid, layout: Layout, judge: RowJudge, hidden: set[int]) -> None:
    """Look at every row beneath the header once; the usual row takes a few steps, since there are many."""
    width, sample = grid.width, layout.sample
    # Local names and few calls: this loop runs for every row of the sheet.
    sparse, looks_odd = judge.sparse, judge.looks_odd
    step = max(1, grid.height // _SAMPLE_SPREAD)
    count = last_full = 0
    parted = False  # whether something else than data stands above: only there another table begins
    for number, cells in islice(patched_rows(grid, layout.patches), layout.header.row, None):
        filled = width - cells.count("")
        if parted or filled <= sparse or number in hidden or looks_odd(cells):
            reason = judge.judge(number, cells, parted=parted)
            if reason == "another_table":
                layout.next_table = number
                break
            if reason or number in hidden:
                parted = True
                layout.leave(number, reason if reason == "blank" or number not in hidden else "hidden_row", cells)
                continue
            if filled <= sparse and len(layout.sparse) < _KEPT_SPARSE:
                layout.sparse[number] = cells
        if filled > sparse:
            parted, last_full = False, number
        if count < _SAMPLE_HEAD or not number % step:
            sample.append((number, cells))
        count += 1
        layout.last_row = number
    layout.row_count = count
    _end(layout, judge, last_full)


def _end(layout: Layout, judge: RowJudge, last_full: int) -> None:
    """What stands below the last full row: remarks, and the title of another table."""
    thin = [
        (number, cells, number - 1 in layout.blank) for number, cells in layout.sparse.items() if number > last_full
    ]
    # In a table of one or two columns every row is thin: there nothing tells a remark from a name.
    for number in trailing_notes(thin) if judge.typical > 2 else ():
        layout.skip(number, "note")
    if layout.next_table:
        header = layout.next_table
        # Below the last blank row: a title there is the other table's.
        gap = next((row for row in range(header - 1, last_full, -1) if row in layout.blank), header - 1)
        layout.end_at(gap + 1)


def said_in(cells: Cells) -> str:
    """The first text of a row."""
    return next((str(cell).strip() for cell in cells if not is_blank(cell)), "")


def _with_merges(grid: Grid, layout: Layout) -> dict[int, dict[int, object]]:
    """The patches with every vertical merge of the data filled downwards: the company merged over its contacts."""
    starts: dict[int, list[Merge]] = {}
    for merge in grid.merges:
        if merge[2] > merge[0] >= layout.header.row:
            starts.setdefault(merge[0] + 1, []).append(merge)
    if not starts:
        return layout.patches
    patches = {row: dict(cells) for row, cells in layout.patches.items()}
    for number, cells in patched_rows(grid, layout.patches):
        for _, first, bottom, _last in starts.get(number, ()):
            if first < len(cells) and cells[first] != "":
                for row in range(number + 1, min(bottom + 1, layout.last_row) + 1):
                    patches.setdefault(row, {}).setdefault(first, cells[first])
    return patches
