"""One sheet inside the reading child: laid out, its columns understood, its rows read in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import islice
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Skipped
from crmdesk.domain.phrase import Phrase
from crmdesk.excel.cells import ReadContext, ReadRow, RowReader
from crmdesk.excel.columns import Column, header_score, sheet_kind, understand_columns, why_ignored
from crmdesk.excel.draft import SampleRow, SheetDraft
from crmdesk.excel.fixes import LEFT_OUT, MARKED_HEADER, Fixes, apply_rows, fixed_rows
from crmdesk.excel.grid import Cells, Grid, SheetSource, cell_text
from crmdesk.excel.header_words import spelled
from crmdesk.excel.layout import Layout, find_layout, patched_rows, said_in
from crmdesk.excel.layout_header import NumberedRow, is_blank
from crmdesk.excel.pool import Pool
from crmdesk.excel.read_rows import ReadRows, read_touched, touched_rows
from crmdesk.excel.sections import Told, carrying_reader, is_dated, told_by_name, told_reader, years_told
from crmdesk.excel.sheet_notes import doubting_reader, notes_of
from crmdesk.excel.told import told_columns, told_layout

_SAMPLES: Final = 5
_SAMPLES_WITH_ISSUES: Final = 15
_TRIED_ROWS: Final = 1_000  # rows read for a draft, to show what goes wrong in them
_TRIED_OF_MANY: Final = 40  # the same, where many files come at once
# Rows that are not taken and still say what 同上 below them means.
_UNSEEN: Final = frozenset({"hidden_row", LEFT_OUT})


class Sheet:
    """A sheet that can be parsed, understood, corrected and read."""

    def __init__(
        self,
        index: int,
        workbook: str,
        source: SheetSource,
        context: ReadContext,
        pool: Pool | None = None,
        beside: Sequence[str] = (),
    ) -> None:
        self._index, self._workbook, self._source, self._context = index, workbook, source, context
        self._pool, self._beside = pool, beside  # beside: what all sheets of the file are called
        self._grid: Grid | None = None
        self._layout: Layout | None = None
        self._columns: list[Column] = []
        self._fixes = Fixes()
        self._one_of_several = False  # sheets of the same headers: then its name says something of its rows
        self._told_header: tuple[int | None, bool] = (None, False)  # the user's word: header row, hidden rows too
        self._rows = ReadRows()
        self._leaning: set[int] = set()  # rows that take a cell from above, as far as they were read
        self._sampled: list[SampleRow] = []

    @property
    def cells(self) -> int:
        """How many cells are held parsed."""
        return self._grid.width * self._grid.height if self._grid else 0

    def parse(self) -> None:
        """Have the cells at hand, and the sheet understood. Raises what its reader raises."""
        if self._grid is None:
            self._grid = self._source.load()
        if self._layout is None:
            self.lay_out(None)

    def let_go(self) -> None:
        """Drop the cells, keep what was understood."""
        self._grid = None
        self._rows.pause()

    def lay_out(self, header_row: int | None, *, take_hidden: bool = False) -> None:
        """Find the table, or take the user's word for its header row, and understand its columns anew."""
        self._told_header = header_row, take_hidden
        layout, told = self._find_layout(), self.need_grid().told
        if told is not None:
            self.correct(told_columns(layout, told, self._context))
            return
        cells = [row for _, row in layout.sample]
        dated = is_dated(self._whole(), layout.sections)
        if self._pool is not None and layout.header.row:
            columns = self._pool.understand(layout.header.texts, cells, self._said(), dated=dated)
        else:
            columns = understand_columns(
                layout.header.texts, cells, sheet_text=self._said(), today=self._context.today, dated=dated
            )
        self.correct(self._with_content(years_told(columns, layout.sections)))

    def _find_layout(self) -> Layout:
        grid, (header_row, take_hidden) = self.need_grid(), self._told_header
        if grid.told is not None:
            self._layout = told_layout(grid, grid.told)
        else:
            told_apart = not self._source.hidden  # a hidden sheet is taken whole: its tables were not looked for
            self._layout = find_layout(grid, header_score, header_row, take_hidden=take_hidden, several=told_apart)
        return self._layout

    def fix(self, fixes: Fixes) -> None:
        """Read by these cells and rows of the user's from now on, and no others; what was understood stays."""
        before, self._fixes = self._fixes, fixes
        rows_change = (fixes.left_out, fixes.taken) != (before.left_out, before.taken)
        if rows_change:
            self._find_layout()
            self._settle_rows()
        # A row taken in changes what 同上 below it means; under a heading the row above is another reader's.
        lean = bool(self._leaning) and (fixes.taken != before.taken or bool(self._need_layout().sections))
        if not self._rows.whole or lean or not self._touch(touched_rows(before, fixes)):
            self._forget_rows()

    def _touch(self, touched: Set[int]) -> bool:
        """Read only these rows again and what takes a cell from them; False where they take some themselves now."""
        layout = self._need_layout()
        unseen, known = self._unseen(), len(self._leaning)
        read = list(read_touched(self._data_rows(unseen), self._reader(), touched, self._leaning))
        if len(self._leaning) > known:
            return False
        gone = {row for row in touched if row in layout.skipped or row in layout.blank}
        self._rows.put((row for row in read if row.row not in unseen), gone)
        self._sampled = _read_as(self._sampled, read, layout.skipped.keys())
        return True

    def _said(self) -> str:
        return " ".join([self._workbook, self.need_grid().name, *self._need_layout().above])

    @property
    def next_table(self) -> int:
        """The 1-based row with which another table begins below this one; 0 where none does."""
        return self._need_layout().next_table

    @property
    def headers(self) -> frozenset[str]:
        """The texts of its header, wherever they stand; none where nothing is taken from it."""
        layout = self._layout
        texts = layout.header.texts if layout is not None and layout.row_count else ()
        return frozenset(spelled(text) for text in texts if text)

    def tell_apart(self) -> None:
        """Have its name say something of its rows: there are other sheets of the same headers."""
        self._one_of_several = True
        self._forget_rows()

    def settle(self) -> bool:
        """Read by what the sheets of the same headers have shown since; gives whether that changed anything."""
        layout = self._layout
        if self._pool is None or layout is None or not layout.header.row:
            return False
        dated = is_dated(self._whole(), layout.sections)
        settled = self._pool.settled(layout.header.texts, self._said(), dated=dated)
        if settled is None or settled == self._columns:
            return False
        self.correct(self._with_content(settled))
        return True

    def correct(self, columns: Sequence[Column]) -> None:
        """Read by these columns from now on."""
        self._columns = list(columns)
        self._forget_rows()
        self._settle_rows()

    def _settle_rows(self) -> None:
        """Have rows without anything but a number go, and those that the user says so go and come."""
        numbers = {column.index for column in self._columns if column.field is Field.ROW_NUMBER}
        layout = self._need_layout()
        for number, cells in layout.sparse.items() if numbers else ():
            filled = [(column, cell) for column, cell in enumerate(cells) if not is_blank(cell)]
            if all(column in numbers for column, _ in filled):
                counted = any(character.isdigit() for _, cell in filled for character in str(cell))
                layout.skip(number, "only_row_number" if counted else "section")
                if not counted:
                    layout.sections[number] = said_in(cells)
        apply_rows(layout, self._fixes)

    def draft(self) -> SheetDraft:
        """What was understood."""
        layout, grid = self._need_layout(), self.need_grid()
        sample = [row for _, row in layout.sample]
        told = grid.told.kind if grid.told else ""
        kind = (told or sheet_kind(self._columns, sample)) if layout.row_count else "ignored"
        return SheetDraft(
            index=self._index,
            workbook=self._workbook,
            name=grid.name,
            kind=kind,
            header_row=layout.header.row,
            columns=tuple(self._columns),
            row_count=layout.row_count,
            hidden=grid.hidden,
            reason=_why_not(grid.name, layout, self._columns) if kind == "ignored" else None,
            skipped=tuple(Skipped(row, why) for row, why in sorted(layout.skipped.items())),
            samples=tuple(self._samples()),
            encoding=grid.encoding,
            notes=tuple(notes_of(grid, layout, self._whole(), self._columns)),
        )

    def chunk(self, number: int) -> tuple[bytes, bool]:
        """Chunk `number` of the read rows, packed, and whether it is the last; best asked for in order."""
        return self._rows.chunk(number, self._read, self._need_layout().row_count)

    def read_ahead(self) -> bool:
        """Read the next chunk before it is asked for; False when there is none, or no room to keep it."""
        number = self._rows.wants_more(self._need_layout().row_count) if self._grid is not None else -1
        if number >= 0:
            self.chunk(number)
        return number >= 0

    def _forget_rows(self) -> None:
        self._rows, self._leaning, self._sampled = ReadRows(), set(), []

    def _unseen(self) -> set[int]:
        return {row for row, why in self._need_layout().skipped.items() if why in _UNSEEN}

    def _read(self) -> Iterator[ReadRow]:
        read = self._reader()
        unseen = self._unseen()
        rows = self._data_rows(unseen)
        if not unseen:
            return (read(number, cells) for number, cells in rows)
        return (row for row in (read(number, cells) for number, cells in rows) if row.row not in unseen)

    def _reader(self) -> RowReader:
        """Reads a row, with what the headings above it and the sheet's name say of it."""
        context = replace(self._context, leaning=self._leaning)
        layout = self._need_layout()
        said = _beside_name(layout, self._workbook)
        read = told_reader(self._columns, context, self._whole(), layout.sections, said)
        read = doubting_reader(read, self.need_grid().marks.doubtful, self._fixes.cells)
        return carrying_reader(self._columns, read, self._leaning)

    def _whole(self) -> Told:
        """What its name tells of all rows."""
        said = _beside_name(self._need_layout(), self._workbook)
        return told_by_name(self.need_grid().name, said, self._beside, one_of_several=self._one_of_several)

    def _data_rows(self, unseen: Set[int] = frozenset()) -> Iterator[NumberedRow]:
        """The rows that hold data, and those of `unseen`."""
        layout = self._need_layout()
        first, last = layout.header.row, layout.last_row
        left_out = (layout.skipped.keys() | layout.blank) - unseen
        rows = patched_rows(self.need_grid(), layout.patches)
        for row in fixed_rows(rows, self._fixes) if self._fixes.cells else rows:
            if row[0] > last:
                return
            if row[0] > first and row[0] not in left_out:
                yield row

    def _samples(self) -> list[SampleRow]:
        """The first rows, and the first of those in which something could not be read."""
        if self._sampled:
            return self._sampled
        samples: list[SampleRow] = []
        troubled = 0
        read = self._reader()
        tried = _TRIED_ROWS if self._pool is None else _TRIED_OF_MANY
        for number, cells in islice(self._data_rows(), tried):
            row = read(number, cells)
            if len(samples) < _SAMPLES or (row.issues and troubled < _SAMPLES_WITH_ISSUES):
                troubled += len(samples) >= _SAMPLES
                samples.append(SampleRow(number, _raw(cells, self._columns), row))
        self._sampled = samples
        return samples

    def _with_content(self, columns: list[Column]) -> list[Column]:
        """Without columns that have neither a header nor a single cell, and without what this program wrote itself."""
        columns = [column for column in columns if not column.header.startswith(MARKED_HEADER)]
        sample = self._need_layout().sample
        silent = {c.index for c in columns if not c.header and all(is_blank(row[c.index]) for _, row in sample)}
        if silent:
            for _, cells in self._data_rows():
                silent -= {index for index in silent if not is_blank(cells[index])}
        return [column for column in columns if column.index not in silent]

    def need_grid(self) -> Grid:
        """The cells as they stand there, read again where they were let go."""
        if self._grid is None:
            self._grid = self._source.load()
        return self._grid

    def _need_layout(self) -> Layout:
        assert self._layout is not None
        return self._layout


def _why_not(name: str, layout: Layout, columns: Sequence[Column]) -> Phrase | None:
    """Why nothing is taken from a sheet."""
    if not layout.row_count:
        return Phrase("sheet_empty", {"sheet": name})
    return why_ignored(columns, [row for _, row in layout.sample])


def _raw(cells: Cells, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(cell_text(cells[column.index]) for column in columns)


def _beside_name(layout: Layout, workbook: str) -> tuple[str, str]:
    """What names a sheet beside its own name, the nearest first."""
    return " ".join(layout.above), workbook


def _read_as(samples: Sequence[SampleRow], read: Sequence[ReadRow], gone: Set[int]) -> list[SampleRow]:
    """The samples with rows that were read again, without those that are gone."""
    again = {row.row: row for row in read}
    return [replace(one, read=again.get(one.row, one.read)) for one in samples if one.row not in gone]
