"""The read rows of a sheet, kept packed in chunks: after a correction only what it touches is read again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from itertools import islice
from typing import Any, Final

from crmdesk.excel.cells import ReadRow, RowReader
from crmdesk.excel.draft import CHUNK
from crmdesk.excel.fixes import Fixes
from crmdesk.excel.layout_header import NumberedRow
from crmdesk.excel.protocol import packed, unpacked

_KEPT_BYTES: Final = 96 << 20  # packed; beyond it a second pass reads them again


class ReadRows:
    """Chunks of plain `ReadRow`s in the order of the sheet; read from `rows`, of which there are `total`."""

    def __init__(self) -> None:
        self._chunks: list[bytes | None] = []
        self._firsts: list[int] = []  # the number of the first row of each chunk
        self._kept = 0
        self._complete = False  # whether all chunks were read: from then on their number stays
        self._running: Iterator[ReadRow] | None = None
        self._next = 0

    def chunk(self, number: int, rows: Callable[[], Iterator[ReadRow]], total: int) -> tuple[bytes, bool]:
        """Chunk `number`, packed, and whether it is the last; best asked for in order. Beyond the last: no rows."""
        if self._complete and number >= len(self._chunks):
            return packed([]), True
        content = self._chunks[number] if number < len(self._chunks) else None
        if content is None:
            content = self._read(number, rows)
            self._complete = self._complete or len(self._chunks) * CHUNK >= total
        last = number + 1 >= len(self._chunks) if self._complete else (number + 1) * CHUNK >= total
        return content, last

    def wants_more(self, total: int) -> int:
        """The chunk to be read before it is asked for; -1 where there is none, or no room to keep it."""
        number = len(self._chunks)
        return -1 if self._complete or self._kept > _KEPT_BYTES or number * CHUNK >= total else number

    def pause(self) -> None:
        """Let go of the cells that it is reading."""
        self._running = None

    @property
    def whole(self) -> bool:
        """Whether every row is at hand, so that single ones can be put in their places."""
        return self._complete and None not in self._chunks

    def put(self, rows: Iterable[ReadRow], gone: Collection[int]) -> None:
        """Put rows in the place of those of the same number, or between those that are there; rows `gone` go."""
        fresh: dict[int, dict[int, tuple[Any, ...] | None]] = {}
        for number in gone:
            fresh.setdefault(self._chunk_of(number), {})[number] = None
        for row in rows:
            if row.row not in gone:
                fresh.setdefault(self._chunk_of(row.row), {})[row.row] = tuple(row)
        for place, changed in fresh.items():
            now = {row[0]: row for row in unpacked(self._chunks[place] or packed([]))} | changed
            self._chunks[place] = packed([row for _, row in sorted(now.items()) if row is not None])

    def _chunk_of(self, number: int) -> int:
        return max(bisect_right(self._firsts, number) - 1, 0)

    def _read(self, number: int, rows: Callable[[], Iterator[ReadRow]]) -> bytes:
        if self._running is None or number != self._next:
            self._running = rows()
            self._next = number
            for _ in islice(self._running, number * CHUNK):
                continue
        read: list[tuple[Any, ...]] = list(map(tuple, islice(self._running, CHUNK)))
        self._next += 1
        content = packed(read)
        if number == len(self._chunks):
            self._kept += len(content)
            self._chunks.append(content if self._kept <= _KEPT_BYTES else None)
            self._firsts.append(read[0][0] if read else 0)
        return content


def touched_rows(before: Fixes, now: Fixes) -> set[int]:
    """The rows of which the user says something else than before."""
    cells = {row for row in before.cells.keys() | now.cells.keys() if before.cells.get(row) != now.cells.get(row)}
    return cells | set(before.left_out).symmetric_difference(now.left_out) | set(before.taken) ^ set(now.taken)


def read_touched(
    rows: Iterator[NumberedRow], read: RowReader, touched: Set[int], leaning: Set[int]
) -> Iterator[ReadRow]:
    """Read the touched rows of all `rows` again, and those right below that take something from them.

    `leaning` are rows that took a cell from above (同上): they are read with all above up to one that leans on none.
    """
    run: list[NumberedRow] = []
    left, dirty = set(touched), False
    for number, cells in rows:
        if number not in leaning:
            if not left:
                return
            run, dirty = [], False
        run.append((number, cells))
        if dirty:
            yield read(number, cells)
        elif number in touched:
            yield [read(*above) for above in run][-1]
            dirty = True
        left.discard(number)
