"""The cells of a workbook as they stand there, fetched from the reading child without understanding them."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from crmdesk.domain.phrase import Refused
from crmdesk.excel.protocol import Child
from crmdesk.progress import Cancelled, Progress

CHUNK: Final = 2_000
_BASE_SECONDS: Final = 10.0
_SECONDS_PER_MEGABYTE: Final = 4.0

RawCell = str | float


class RawSheet(NamedTuple):
    """A sheet by its name; `hidden` counts deeply hidden ones too."""

    name: str
    hidden: bool


class RawRow(NamedTuple):
    """A row that is not blank: its 1-based number and its cells from column A on, "" where blank, days as ISO text."""

    number: int
    cells: tuple[RawCell, ...]


class RawReading:
    """A workbook held open by its reading child: `with open_raw(path, progress) as reading`."""

    sheets: tuple[RawSheet, ...]

    def __init__(self, path: Path, child: Child, sheets: tuple[RawSheet, ...]) -> None:
        self.path, self.sheets = path, sheets
        self._child = child

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.kill()

    def rows(self, index: int, progress: Progress, limit: int | None = None) -> Iterator[RawRow]:
        """The rows of sheet `index`, hidden ones too; of the first `limit` rows only. Raises Refused, Cancelled."""
        start = 0
        while limit is None or start < limit:
            size = CHUNK if limit is None else min(CHUNK, limit - start)
            number = self._child.ask("raw_rows", index, start, size)
            content, more = self._child.answer(number, progress, "reading", _seconds(self.path))
            yield from (RawRow(row, tuple(cells)) for row, cells in marshal.loads(content))
            start += size
            if not more:
                return


def open_raw(path: Path, progress: Progress, password: str = "") -> RawReading:
    """Open a workbook in its own process and list its sheets; none is looked into. Raises Refused, Cancelled."""
    path = path.absolute()
    child = Child(path.name)
    try:
        number = child.ask("open_raw", str(path), password)
        sheets = child.answer(number, progress, "reading", _seconds(path))
    except (Refused, Cancelled):
        child.kill()
        raise
    return RawReading(path, child, tuple(RawSheet(*sheet) for sheet in sheets))


def _seconds(path: Path) -> float:
    try:
        return _BASE_SECONDS + _SECONDS_PER_MEGABYTE * path.stat().st_size / 2**20
    except OSError:
        return _BASE_SECONDS
