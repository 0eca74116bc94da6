"""What becomes of the rows of one sheet, counted while they are taken in."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Issue, Skipped
from crmdesk.domain.phrase import Value
from crmdesk.operations.importing_filling import Difference
from crmdesk.operations.importing_values import RowCounts, SheetResult

if TYPE_CHECKING:
    from crmdesk.excel.draft import SheetDraft

SHOWN_UPDATES: Final = 2_000  # of 100,000 customers that change nobody reads all; the counts are of all
_POINTS = {"region": (Field.REGION, Field.PROVINCE, Field.CITY, Field.DISTRICT)}


class Tally:
    """The counts, issues and skipped rows of a sheet."""

    def __init__(self, draft: SheetDraft) -> None:
        self.draft = draft
        self._rows: dict[str, array[int]] = {}  # by what becomes of them
        self._issues: list[Issue] = []
        self._skipped: list[Skipped] = list(draft.skipped)
        self._updates: list[Issue] = []
        self._updated: Counter[tuple[str, str]] = Counter()
        self.watched: dict[int, str] = {}  # rows whose end somebody wants to know, and what it was
        self._letters: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        for column in draft.columns:
            own = column.field is Field.EXTRA
            key = f"extra:{column.header or column.letter}" if own else str(column.field)
            self._letters.setdefault(key, column.letter)
            self.headers.setdefault(key, column.header)

    def letter(self, key: str) -> str:
        """The column that a key of a read row comes from, "" where that is no single column."""
        found = next((self._letters[field] for field in _POINTS.get(key, ()) if field in self._letters), None)
        return found or self._letters.get(key, "")

    def header(self, key: str) -> str:
        """The header over a key of a read row; the key itself where it has none."""
        found = next((self.headers[field] for field in _POINTS.get(key, ()) if field in self.headers), None)
        return found or self.headers.get(key) or key.removeprefix("extra:")

    def count(self, outcome: str, row: int) -> None:
        """One row has come to this end: new, updated, unchanged, merged or attention."""
        if outcome not in self._rows:
            self._rows[outcome] = array("L")
        self._rows[outcome].append(row)
        if row in self.watched:
            self.watched[row] = outcome

    def skip(self, row: int, reason: str) -> None:
        """One row is left out, for this reason."""
        self._skipped.append(Skipped(row, reason))

    def read_issues(self, issues: Iterable[Sequence[object]]) -> None:
        """Take over what the cells of a row had flagged."""
        self._issues += [Issue(*issue) for issue in issues]  # type: ignore[arg-type]

    def flag(self, row: int, key: str, value: str, code: str, **values: Value) -> None:
        """Flag a row at the column of a key."""
        self._issues.append(Issue(row, self.letter(key), value, code, values))

    def differs(self, row: int, difference: Difference, code: str = "differs") -> None:
        """The row says something else than what is known; it is listed and left alone. `code` says why."""
        self.flag(row, difference.key, difference.new, code, old=difference.old)

    def updates(self, row: int, how: str, update: Difference) -> None:
        """A value of a customer of the file changes: "filled", "replaced" or "appended"."""
        self._updated[self.header(update.key), how] += 1
        if len(self._updates) < SHOWN_UPDATES:
            self._updates.append(Issue(row, self.letter(update.key), update.new, how, {"old": update.old}))

    def result(self) -> SheetResult:
        """The sheet with its counts; issues and skipped rows in the order of the rows."""
        counts = RowCounts(**{outcome: len(rows) for outcome, rows in self._rows.items()}, skipped=len(self._skipped))
        issues = tuple(sorted(self._issues, key=lambda issue: issue.row))
        skipped = tuple(sorted(self._skipped, key=lambda skipped: skipped.row))
        changed = (tuple(self._updates), dict(self._updated))
        return SheetResult(
            self.draft, self.draft.kind, counts, issues, skipped, self.draft.reason, self._rows, *changed
        )
