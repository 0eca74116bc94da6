"""改完拖回来: a workbook that was exported for editing, and how it differs from the file when it comes back.

Three states meet in a cell: what was exported, what the workbook says now, and what the file says now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from crmdesk.domain.customer import Customer
from crmdesk.domain.keys import digest
from crmdesk.domain.phrase import Phrase

Choice = tuple[int, str]
"""What the user accepts: the place of a row in the differences, and the key of a cell ("" for the row as a whole)."""
Raw = str | float
"""A cell as it came out of the workbook: text (days in ISO form), or a number."""

_LOST_IN_SHEETS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class RowKind(StrEnum):
    """What became of a row; GONE: changed in the workbook, but deleted here meanwhile."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    DELETED = "deleted"


class CellKind(StrEnum):
    """What became of a cell; CONFLICT: changed on both sides. LOOK_ONLY: typed where nothing is read back."""

    CHANGED = "changed"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"
    LOOK_ONLY = "look_only"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that says something else. `exported` is None where nothing (or nothing sure) is known of the export."""

    key: str
    header: str
    column: str  # letter in the workbook
    kind: CellKind
    here: str
    there: str
    exported: str | None
    raw: Raw
    note: Phrase | None = None

    @property
    def takeable(self) -> bool:
        """Whether it can be accepted at all."""
        return self.kind in (CellKind.CHANGED, CellKind.CONFLICT)


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A customer that differs. `row` is 1-based in the workbook, 0 where the row is missing there.

    `customer` is what a new row would make, None where it makes none; `note` says why a row is not taken by itself.
    """

    kind: RowKind
    customer_id: int
    name: str
    row: int
    cells: tuple[CellDifference, ...] = ()
    customer: Customer | None = None
    note: Phrase | None = None

    @property
    def whole(self) -> bool:
        """Whether the row is accepted as a whole and not cell by cell."""
        return self.kind is not RowKind.CHANGED


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between a workbook and the file; `language` is the one it was exported in."""

    file: str
    language: str
    rows: tuple[RowDifference, ...] = ()
    added_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    renamed_columns: tuple[tuple[str, str], ...] = ()  # the old header and the new one
    strayed: int = 0  # rows that carried the hidden id of another one, as after sorting only what is in sight

    def possible(self) -> Iterator[Choice]:
        """Everything that can be accepted."""
        for place, row in enumerate(self.rows):
            if row.whole:
                if row.kind is RowKind.DELETED or row.customer is not None:
                    yield place, ""
            else:
                yield from ((place, cell.key) for cell in row.cells if cell.takeable)

    def is_plain(self, choice: Choice) -> bool:
        """Whether a choice is accepted with all others: no conflict, no deletion, nothing doubtful about it."""
        row = self.rows[choice[0]]
        if row.whole:
            return row.kind is RowKind.NEW and row.note is None
        # A note on a row that changes says that it may be about somebody else.
        return row.note is None and any(cell.key == choice[1] and cell.kind is CellKind.CHANGED for cell in row.cells)

    def plain(self) -> frozenset[Choice]:
        """What 全部接受 takes."""
        return frozenset(choice for choice in self.possible() if self.is_plain(choice))

    def __bool__(self) -> bool:
        return bool(self.rows)


def count(rows: Collection[RowDifference]) -> dict[str, int]:
    """How much differs, by kind: changed, conflict, unreadable, look_only cells; new, gone, deleted rows."""
    cells = [cell.kind for row in rows for cell in row.cells if not row.whole or cell.kind is CellKind.LOOK_ONLY]
    kinds = Counter([*(kind.value for kind in cells), *(row.kind.value for row in rows if row.whole)])
    return {kind: kinds[kind] for kind in (*(one.value for one in CellKind), "new", "gone", "deleted")}


def settle(text: str) -> str:
    """The text as it comes back from any program that saves sheets: line ends alike, tabs as blanks (.ods has none)."""
    return _LOST_IN_SHEETS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def fingerprint(texts: Sequence[str]) -> str:
    """What stands for an exported row, to see whether its remembered values were touched."""
    return digest("round trip", *texts)
