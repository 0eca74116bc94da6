"""A workbook inside the reading child: its sheets, understood, and their rows, read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.excel.cells import ReadContext
from crmdesk.excel.columns import header_score
from crmdesk.excel.draft import SheetDraft, column_from_plain
from crmdesk.excel.fixes import Fixes
from crmdesk.excel.formats import CardReader, sheets_of
from crmdesk.excel.gate_package import Admitted
from crmdesk.excel.grid import Merge, SheetSource
from crmdesk.excel.pool import Pool
from crmdesk.excel.rows_there import PlainRow, rows_from, single_rows
from crmdesk.excel.sheet import Sheet
from crmdesk.excel.tables import table_below, table_name, tables_of

_KEPT_CELLS: Final = 4_000_000  # of sheets that are kept parsed; a larger workbook is parsed again when asked
_MAX_SHEETS: Final = 255

Told = Callable[[int, int], None]


class Workbook:
    """An admitted, opened file and what was understood of each of its sheets. Raises Refused."""

    def __init__(
        self,
        admitted: Admitted,
        encoding: str,
        context: ReadContext,
        told: Told,
        *,
        cards: CardReader | None = None,
        pool: Pool | None = None,
    ) -> None:
        self._name = admitted.path.name
        self._context = context
        self._told = told
        self._pool = pool
        found = sheets_of(admitted, encoding, cards)[:_MAX_SHEETS]
        if not found:
            raise Refused("no_table", file=self._name)
        self._called = [source.name for source in found]
        self._sources: list[SheetSource] = []
        self._sheets: dict[int, Sheet] = {}
        self._drafts: list[SheetDraft] = []
        self._places: list[int] = []  # of which sheet of the file each is a table
        for number, source in enumerate(found):
            self._told(number, len(found))
            self._understand_tables(source)
            self._places += [number] * (len(self._drafts) - len(self._places))
        self._tell_apart()
        broken = [draft.reason for draft in self._drafts if draft.reason and draft.reason.code == "sheet_broken"]
        if len(broken) == len(self._drafts):
            raise Refused("file_damaged", file=self._name)

    def _tell_apart(self) -> None:
        """Sheets of the same headers, one per district or salesperson: their names say something of their rows."""
        alike: dict[frozenset[str], list[int]] = {}
        for index, draft in enumerate(self._drafts):
            sheet = self._sheets.get(index)
            if sheet is not None and sheet.headers and draft.kind != "ignored":
                alike.setdefault(sheet.headers, []).append(index)
        for indexes in alike.values():
            called = {self._places[index] for index in indexes}
            for index in indexes if len(called) > 1 else ():
                self._sheets[index].tell_apart()
                self._drafts[index] = self._sheet(index).draft()

    def drafts(self) -> list[SheetDraft]:
        """Every sheet's draft."""
        return list(self._drafts)

    def reread(
        self, index: int, columns: list[tuple[Any, ...]], header_row: int | None, take_hidden: bool
    ) -> SheetDraft:
        """The draft of a sheet with other columns (none: understood anew), another header row (None: as before)."""
        sheet = self._sheet(index)
        if header_row is not None or take_hidden or not columns:
            sheet.lay_out(header_row, take_hidden=take_hidden)
        if columns:
            sheet.correct([column_from_plain(column) for column in columns])
        self._drafts[index] = sheet.draft()
        return self._drafts[index]

    def fix(self, index: int, fixes: Fixes) -> SheetDraft:
        """The draft of a sheet with the user's own cells and rows."""
        sheet = self._sheet(index)
        sheet.fix(fixes)
        self._drafts[index] = sheet.draft()
        return self._drafts[index]

    def raw(self, index: int, start: int, size: int) -> tuple[list[PlainRow], list[Merge]]:
        """Rows of a sheet as they stand there; at its start also what is merged."""
        grid = self._sheet(index).need_grid()
        return rows_from(grid, start, size), [] if start else grid.merges

    def raw_rows(self, index: int, numbers: Sequence[int]) -> list[PlainRow]:
        """Single rows of a sheet as they stand there."""
        return single_rows(self._sheet(index).need_grid(), numbers)

    def settle(self, index: int) -> SheetDraft | None:
        """The draft of a sheet that others of its headers have shown to mean something else; None where none has."""
        sheet = self._sheets.get(index)
        if sheet is None or not sheet.settle():
            return None
        self._drafts[index] = sheet.draft()
        return self._drafts[index]

    def rows(self, index: int, chunk: int) -> tuple[bytes, bool]:
        """One chunk of a sheet's rows, packed, and whether it is the last."""
        return self._sheet(index).chunk(chunk)

    def read_ahead(self) -> bool:
        """Read one more chunk of the sheets that will be taken; False when all that may be kept is read."""
        sheets = (sheet for index, sheet in self._sheets.items() if self._drafts[index].kind != "ignored")
        return any(sheet.read_ahead() for sheet in sheets)

    def let_go(self) -> None:
        """Drop all cells; they are parsed again when asked for."""
        for sheet in self._sheets.values():
            sheet.let_go()

    def _understand_tables(self, source: SheetSource) -> None:
        """Understand a sheet, each of several tables in it as a sheet of its own."""
        try:
            waiting = tables_of(source, header_score)
        except Refused as refusal:
            if refusal.phrase.code != "file_damaged":
                raise
            self._sources.append(source)
            self._drafts.append(self._ignored(len(self._drafts), source, "sheet_broken"))
            return
        count = len(waiting)
        while waiting and len(self._sources) < _MAX_SHEETS:
            part, index = waiting.pop(0), len(self._sources)
            self._sources.append(part)
            self._drafts.append(self._understand(index, part))
            row = 0 if part.hidden else self._sheets[index].next_table
            if row:
                count += 1
                waiting.insert(0, table_below(part, row, table_name(source.name, count)))

    def _understand(self, index: int, source: SheetSource) -> SheetDraft:
        if source.hidden:
            return self._ignored(index, source, "sheet_hidden")
        return self._sheet(index).draft()

    def _ignored(self, index: int, source: SheetSource, reason: str) -> SheetDraft:
        phrase = Phrase(reason, {"sheet": source.name})
        return SheetDraft(index, self._name, source.name, "ignored", 0, (), 0, source.hidden, phrase)

    def _sheet(self, index: int) -> Sheet:
        """The sheet, parsed; where memory would run short, the one used longest ago is let go until asked again."""
        sheet = self._sheets.pop(index, None) or Sheet(
            index, self._name, self._sources[index], self._context, self._pool, self._called
        )
        self._sheets[index] = sheet
        sheet.parse()
        parsed = [other for other in self._sheets.values() if other.cells]
        while len(parsed) > 1 and sum(other.cells for other in parsed) > _KEPT_CELLS:
            parsed.pop(0).let_go()
        return sheet
