"""What was understood of a workbook, and the reading child that answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from crmdesk.domain.issue import Issue, Skipped
from crmdesk.domain.phrase import Phrase
from crmdesk.excel.cells import ReadRow
from crmdesk.excel.columns import Column
from crmdesk.progress import Progress

CHUNK: Final = 2_000


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
    notes: tuple[Phrase, ...] = field(default=())


class Reading:
    """A workbook held open by its reading child: `with open_reading(path, progress) as reading`.

    Every call may raise Refused (the child died, took too long or too much memory) and Cancelled.
    """

    path: Path
    sha256: str
    sheets: tuple[SheetDraft, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def reread(self, index: int, columns: Sequence[Column], *, header_row: int | None = None) -> SheetDraft:
        """The draft of sheet `index` with the user's columns (or header row, 0 for none); `sheets` holds it from now on."""
        raise NotImplementedError

    def rows(self, index: int, progress: Progress) -> Iterator[list[ReadRow]]:
        """The data rows of sheet `index`, read, in chunks of 2,000; may be asked for again at little cost."""
        raise NotImplementedError

    def issues(self, index: int) -> tuple[Issue, ...]:
        """Every cell of sheet `index` that could not be read; complete once `rows` ran to its end."""
        raise NotImplementedError

    def close(self) -> None:
        """Let the child go; closing twice does no harm."""
        raise NotImplementedError


def open_reading(path: Path, progress: Progress, password: str = "") -> Reading:
    """Open a workbook in its own process and understand its sheets. Raises Refused, Cancelled.

    Refused codes that a caller may want to tell apart: `password_protected` (ask, call again with the password),
    `wrong_password`, `file_missing`.
    """
    raise NotImplementedError
