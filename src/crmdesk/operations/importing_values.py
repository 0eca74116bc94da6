"""What an import says of itself: before anything is written, and afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.issue import Issue, Skipped
from crmdesk.domain.phrase import Phrase

if TYPE_CHECKING:
    from crmdesk.excel.draft import SheetDraft


@dataclass(frozen=True)
class RowCounts:
    """What becomes of the rows of a sheet: each of them counts once.

    `new`: a row or order line is added; `updated`: blanks of something known are filled; `unchanged`: known already, or
    it says less; `merged`: identical to another row of this import; `skipped`: holds no customer or no data;
    `attention`: not imported, an issue of the row says why.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    skipped: int = 0
    attention: int = 0

    @property
    def read(self) -> int:
        """All rows: the sum of the others."""
        return self.new + self.updated + self.unchanged + self.merged + self.skipped + self.attention

    def to_json(self) -> dict[str, int]:
        """The counts as the command line prints them."""
        names = ("read", "new", "updated", "unchanged", "merged", "skipped", "attention")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class SheetResult:
    """One sheet of an import: how it was understood (`draft`), and what becomes of its rows.

    `kind` is the draft's, or "ignored" where the sheet is left out; `reason` then says why. `updates` are the first
    values of known customers that change: the new one with `values["old"]`, as "filled", "replaced" or "appended";
    `updated` counts all of them by header and how.
    """

    draft: SheetDraft
    kind: str
    counts: RowCounts = RowCounts()
    issues: tuple[Issue, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    reason: Phrase | None = None
    # Row numbers by what becomes of them, under the names of the counts; skipped ones stand in `skipped`.
    rows: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False, compare=False)
    updates: tuple[Issue, ...] = ()
    updated: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Created:
    """What an import adds to the file."""

    customers: int = 0
    contacts: int = 0
    orders: int = 0
    lines: int = 0
    interactions: int = 0
    follow_ups: int = 0

    def to_json(self) -> dict[str, int]:
        """The five numbers that the command line prints."""
        return {name: getattr(self, name) for name in ("customers", "orders", "lines", "interactions", "follow_ups")}


@dataclass(frozen=True)
class Place:
    """Where a sheet of a preview lies: which reading, and its index there."""

    reading: int
    index: int


@dataclass(frozen=True)
class Proposal:
    """A follow-up that a note asks for: never kept unasked. `customer` is 0 while the customer is not in the file."""

    customer: int
    name: str
    due_on: date
    sentence: str


@dataclass(frozen=True)
class ImportSummary:
    """What an import has done. `step` is 0 where there was nothing to write."""

    step: int
    sheets: tuple[SheetResult, ...]
    created: Created
    changes: Changes
    customers_met: int = 0  # customers and orders that the file had before
    orders_met: int = 0
    proposals: tuple[Proposal, ...] = ()
    remembered: bool = False  # all sheets came before, with the same headers
