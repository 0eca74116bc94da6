"""What was understood of a workbook, and the reading child that answers for it."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from crmdesk.clock import clock_from_environment
from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Issue, Skipped
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.excel.cells import ReadRow
from crmdesk.excel.column import Column
from crmdesk.excel.fixes import Fixes, PlainCell
from crmdesk.excel.grid import Merge
from crmdesk.excel.indexing import IndexerThere
from crmdesk.excel.protocol import Child, unpacked
from crmdesk.i18n import current_language
from crmdesk.progress import Cancelled, Progress

CHUNK: Final = 2_000
_AHEAD: Final = 3
_BASE_SECONDS: Final = 4.0
_SECONDS_PER_MEGABYTE: Final = 4.0
_PACKED: Final = 6  # how much larger text is than the archive of it


@dataclass(frozen=True)
class SampleRow:
    """One row of the sheet, the cells as they stand there (as text) beside what was read of them."""

    row: int
    raw: tuple[str, ...]
    read: ReadRow


@dataclass(frozen=True)
class SheetDraft:
    """What was understood of one sheet, before anything is written.

    `header_row` is 1-based as Excel shows it, 0 where the sheet has none; `row_count` counts the rows that hold data;
    `skipped` names every other row that is not blank; `reason` says why an ignored sheet is ignored; `hidden_rows` are
    counted in neither. `encoding` is "" for workbooks.
    """

    index: int
    workbook: str
    name: str
    kind: str
    header_row: int
    columns: tuple[Column, ...]
    row_count: int
    hidden: bool = False
    reason: Phrase | None = None
    skipped: tuple[Skipped, ...] = ()
    samples: tuple[SampleRow, ...] = ()
    encoding: str = ""
    notes: tuple[Phrase, ...] = ()

    def plain(self) -> tuple[Any, ...]:
        """The draft as marshal takes it."""
        return (
            (self.index, self.workbook, self.name, self.kind, self.header_row),
            [column_to_plain(column) for column in self.columns],
            (self.row_count, self.hidden),
            _phrase_to_plain(self.reason),
            [(entry.row, entry.reason) for entry in self.skipped],
            [(sample.row, sample.raw, tuple(sample.read)) for sample in self.samples],
            self.encoding,
            [_phrase_to_plain(note) for note in self.notes],
        )

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> Self:
        """The draft that `plain` made plain."""
        head, columns, counts, reason, skipped, samples, encoding, notes = plain
        index, workbook, name, kind, header_row = head
        row_count, hidden = counts
        return cls(
            index,
            workbook,
            name,
            kind,
            header_row,
            tuple(map(column_from_plain, columns)),
            row_count,
            hidden,
            Phrase(*reason) if reason else None,
            tuple(Skipped(row, why) for row, why in skipped),
            tuple(SampleRow(row, tuple(raw), ReadRow(*read)) for row, raw, read in samples),
            encoding,
            tuple(Phrase(*note) for note in notes),
        )


class Reading:
    """A workbook held open by its reading child: `with open_reading(path, progress) as reading`.

    Every call may raise Refused (the child died, took too long or too much memory) and Cancelled.
    """

    path: Path
    sha256: str
    sheets: tuple[SheetDraft, ...]

    def __init__(self, path: Path, child: Child, sha256: str, sheets: tuple[SheetDraft, ...], first: int = 0) -> None:
        self.path, self.sha256, self.sheets = path, sha256, sheets
        self._first = first  # number of its first sheet among all that the child holds
        self._child = child
        self._issues: dict[int, list[Issue]] = {}
        self._seconds = _seconds(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def reread(
        self,
        index: int,
        columns: Sequence[Column],
        *,
        header_row: int | None = None,
        take_hidden: bool = False,
        progress: Progress | None = None,
    ) -> SheetDraft:
        """The draft of sheet `index` with the user's columns, or header row (0: none); `sheets` holds it from now on.

        No columns: they are understood anew, as for a hidden sheet taken in. `take_hidden` takes hidden rows too.
        """
        plain = [column_to_plain(column) for column in columns]
        number = self._child.ask("reread", self._first + index, plain, header_row, take_hidden)
        draft = SheetDraft.from_plain(self._child.answer(number, progress or Progress(), "reading", self._seconds))
        self.sheets = (*self.sheets[:index], draft, *self.sheets[index + 1 :])
        self._issues.pop(index, None)
        return draft

    def fix(self, index: int, fixes: Fixes, progress: Progress | None = None) -> SheetDraft:
        """The draft of sheet `index` with the user's own cells and rows; `sheets` holds it from now on."""
        number = self._child.ask("fix", self._first + index, tuple(fixes))
        draft = SheetDraft.from_plain(self._child.answer(number, progress or Progress(), "reading", self._seconds))
        self.sheets = (*self.sheets[:index], draft, *self.sheets[index + 1 :])
        self._issues.pop(index, None)
        return draft

    def raw(
        self, index: int, start: int, size: int, progress: Progress | None = None
    ) -> tuple[list[tuple[int, list[PlainCell]]], list[Merge]]:
        """At most `size` rows of sheet `index` as they stand there, and at the start what is merged in it."""
        number = self._child.ask("raw", self._first + index, start, size)
        content, merges = self._child.answer(number, progress or Progress(), "reading", self._seconds)
        return marshal.loads(content), merges

    def raw_rows(self, index: int, numbers: Sequence[int]) -> dict[int, list[PlainCell]]:
        """Single rows of sheet `index` as they stand there, by their 1-based number."""
        number = self._child.ask("raw_rows", self._first + index, list(numbers))
        return dict(marshal.loads(self._child.answer(number, Progress(), "reading", self._seconds)))

    def rows(self, index: int, progress: Progress) -> Iterator[list[ReadRow]]:
        """The data rows of sheet `index`, read, in chunks of 2,000; may be asked for again at little cost."""
        issues: list[Issue] = []
        for content in self.chunks(index, progress):
            rows = [ReadRow(*row) for row in unpacked(content)]
            issues += [Issue(*issue) for row in rows for issue in row.issues]
            yield rows
        self._issues[index] = issues

    def chunks(self, index: int, progress: Progress) -> Iterator[bytes]:
        """The same rows as they come from the child: lists of plain `ReadRow`s, packed.

        The child reads ahead while the chunk before is worked on.
        """
        total = self.sheets[index].row_count
        wanted = -(-total // CHUNK)
        asked = [self._child.ask("rows", self._first + index, chunk) for chunk in range(min(wanted, _AHEAD))]
        done = 0
        for chunk in count():
            if chunk == len(asked):
                return
            content, last = self._child.answer(asked[chunk], progress, "reading", self._seconds)
            # Where rows were left out there are more chunks than so many rows would fill.
            if len(asked) < wanted or (chunk + 1 == len(asked) and not last):
                asked.append(self._child.ask("rows", self._first + index, len(asked)))
            done = min(done + CHUNK, total)
            progress.report("reading", done, total)
            yield content

    def issues(self, index: int) -> tuple[Issue, ...]:
        """Every cell of sheet `index` that could not be read; complete once `rows` ran to its end."""
        return tuple(self._issues.get(index, ()))

    def indexer(self, progress: Progress) -> IndexerThere:
        """The child as one who builds the search index: it has nothing to read while an import is written."""
        return IndexerThere(self._child, progress, self._seconds)

    def close(self) -> None:
        """Let the child go; closing twice does no harm."""
        self._child.kill()


def open_reading(
    path: Path,
    progress: Progress,
    password: str = "",
    *,
    encoding: str = "",
    today: date | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Reading:
    """Open a workbook in its own process and understand its sheets. Raises Refused, Cancelled.

    Refused codes that a caller may want to tell apart: `password_protected` (ask, call again with the password),
    `wrong_password`, `file_missing`. `encoding` is the user's word for a text file; `today` settles years left out;
    `meanwhile` is done while the child is busy with the workbook.
    """
    return open_readings((path,), progress, (password,), encoding=encoding, today=today, meanwhile=meanwhile)[0]


def open_readings(
    paths: Sequence[Path],
    progress: Progress,
    passwords: Sequence[str],
    *,
    encoding: str = "",
    today: date | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Reading, ...]:
    """A reading per path, all held by one child; a path may be a folder or an archive of sheets, see `open_reading`.

    Sheets of the same headers are understood together. A file inside a folder or archive that cannot be read is a
    sheet that is ignored for that reason; one that was named raises Refused. Closing one reading closes all.
    """
    day = (today or clock_from_environment().today()).isoformat()
    wanted = [(str(path.absolute()), password) for path, password in zip(paths, passwords, strict=True)]
    child = Child(paths[0].name)
    try:
        number = child.ask("open", wanted, encoding, day, current_language())
        if meanwhile is not None:
            meanwhile()
        opened = child.answer(number, progress, "reading", sum(map(_seconds, paths)))
    except (Refused, Cancelled):
        child.kill()
        raise
    readings: list[Reading] = []
    first = 0
    for path, (sha256, plain) in zip(paths, opened, strict=True):
        drafts = tuple(map(SheetDraft.from_plain, plain))
        readings.append(Reading(path.absolute(), child, sha256, drafts, first))
        first += len(drafts)
    return tuple(readings)


def _seconds(path: Path) -> float:
    """How long one answer may take: a file that means well needs a tenth of it; packed ones are some times larger."""
    try:
        files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        size = sum(one.stat().st_size for one in files)
    except OSError:
        return _BASE_SECONDS
    packed = _PACKED if path.suffix.lower() == ".zip" else 1
    return _BASE_SECONDS + _SECONDS_PER_MEGABYTE * packed * size / 2**20


def column_to_plain(column: Column) -> tuple[Any, ...]:
    """A column as marshal takes it."""
    return (
        column.index,
        column.letter,
        column.header,
        str(column.field.value),
        column.confidence,
        dict(column.options),
        column.examples,
    )


def column_from_plain(plain: tuple[Any, ...]) -> Column:
    """The column that `column_to_plain` made plain."""
    index, letter, header, field_code, confidence, options, examples = plain
    return Column(index, letter, header, Field(field_code), confidence, options, tuple(map(tuple, examples)))


def _phrase_to_plain(phrase: Phrase | None) -> tuple[str, dict[str, Any]] | None:
    return (phrase.code, dict(phrase.values)) if phrase else None
