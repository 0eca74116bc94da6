"""Several files inside one reading child: their sheets numbered through, each file's after those of the one before."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.excel.archive import OneFile, files_of
from crmdesk.excel.cells import ReadContext
from crmdesk.excel.draft import SheetDraft
from crmdesk.excel.fixes import Fixes
from crmdesk.excel.formats import CardReader
from crmdesk.excel.grid import Merge
from crmdesk.excel.pool import Pool
from crmdesk.excel.protocol import packed
from crmdesk.excel.workbook import Told, Workbook

Opened = tuple[str, list[tuple[Any, ...]]]
"""SHA-256 of what stands under a path, and the drafts of its sheets in plain form."""


class Bundle:
    """What stands under some paths: workbooks, folders and archives of them. Raises Refused.

    Sheets are numbered through for questions; their drafts count within their path.
    """

    def __init__(
        self, paths: Sequence[tuple[str, str]], encoding: str, today: date, told: Told, cards: CardReader | None = None
    ) -> None:
        self._context, self._encoding, self._cards = ReadContext(today), encoding, cards
        self._places: list[tuple[Workbook | None, int, int]] = []  # workbook, index there, index under its path
        self._told, self._total, self._opened = told, 0, 0
        found = [files_of(Path(path), password) for path, password in paths]
        self._total = sum(len(files) for _, files in found)
        self._pool = Pool(today) if self._total > 1 else None
        self._sums = [sha256 for sha256, _ in found]
        self._drafts = [
            self._read_path(Path(path).name, files) for (path, _), (_, files) in zip(paths, found, strict=True)
        ]
        self._settle()

    def opened(self) -> list[Opened]:
        """Of each path: the SHA-256 of what stands there, and its sheets' drafts in plain form."""
        return [
            (sha256, [draft.plain() for draft in drafts])
            for sha256, drafts in zip(self._sums, self._drafts, strict=True)
        ]

    def reread(
        self, index: int, columns: list[tuple[Any, ...]], header_row: int | None, take_hidden: bool
    ) -> tuple[Any, ...]:
        """The draft of a sheet with other columns, see `Workbook.reread`."""
        book, inside, place = self._places[index]
        if book is None:
            raise Refused("sheet_broken", sheet="")
        return replace(book.reread(inside, columns, header_row, take_hidden), index=place).plain()

    def fix(self, index: int, fixes: tuple[Any, ...]) -> tuple[Any, ...]:
        """The draft of a sheet with the user's own cells and rows, see `Fixes`."""
        book, inside, place = self._places[index]
        if book is None:
            raise Refused("sheet_broken", sheet="")
        return replace(book.fix(inside, Fixes(*fixes)), index=place).plain()

    def raw(self, index: int, start: int, size: int) -> tuple[bytes, list[Merge]]:
        """Rows of a sheet as they stand there, marshalled; a file that cannot be read has none."""
        book, inside, _place = self._places[index]
        rows, merges = book.raw(inside, start, size) if book is not None else ([], [])
        return marshal.dumps(rows), merges

    def raw_rows(self, index: int, numbers: list[int]) -> bytes:
        """Single rows of a sheet as they stand there, marshalled."""
        book, inside, _place = self._places[index]
        return marshal.dumps(book.raw_rows(inside, numbers) if book is not None else [])

    def rows(self, index: int, chunk: int) -> tuple[bytes, bool]:
        """One chunk of a sheet's rows, packed, and whether it is the last."""
        book, inside, _place = self._places[index]
        return book.rows(inside, chunk) if book is not None else (packed([]), True)

    def read_ahead(self) -> bool:
        """Read one more chunk that will be asked for; False when all that may be kept is read."""
        return any(book.read_ahead() for book in dict.fromkeys(one[0] for one in self._places) if book is not None)

    def let_go(self) -> None:
        """Drop all cells, keep what was understood and read."""
        for book in dict.fromkeys(one[0] for one in self._places):
            if book is not None:
                book.let_go()

    def _read_path(self, name: str, files: Sequence[OneFile]) -> list[SheetDraft]:
        drafts: list[SheetDraft] = []
        refusals = []
        for one in files:
            self._told(self._opened, self._total)
            self._opened += 1
            try:
                book, found = self._read_file(one)
            except Refused as refusal:
                if len(files) == 1:
                    raise
                refusals.append(refusal)
                book, found = None, [_unread(one.name, refusal)]
            for inside, draft in enumerate(found):
                self._places.append((book, inside, len(drafts)))
                drafts.append(replace(draft, index=len(drafts)))
        if len(refusals) == len(files):
            raise refusals[0]
        return drafts

    def _read_file(self, one: OneFile) -> tuple[Workbook, list[SheetDraft]]:
        if one.admitted is None:
            assert one.why is not None
            raise one.why
        told = self._told if self._total == 1 else _silent
        book = Workbook(one.admitted, self._encoding, self._context, told, cards=self._cards, pool=self._pool)
        return book, book.drafts()

    def _settle(self) -> None:
        """All sheets of the same headers are read alike, as those that came last have shown how."""
        if self._pool is None:
            return
        drafts = [(number, place) for number, found in enumerate(self._drafts) for place in range(len(found))]
        for (book, inside, place), (number, _) in zip(self._places, drafts, strict=True):
            settled = book.settle(inside) if book is not None else None
            if settled is not None:
                self._drafts[number][place] = replace(settled, index=place)


def _unread(name: str, refusal: Refused) -> SheetDraft:
    """What stands for a file that cannot be read among others that can."""
    reason = Phrase(refusal.phrase.code, {"file": name, **refusal.phrase.values})
    return SheetDraft(0, name, Path(name).stem, "ignored", 0, (), 0, False, reason)


def _silent(_done: int, _total: int) -> None:
    """One file among many tells nothing of its own progress."""
