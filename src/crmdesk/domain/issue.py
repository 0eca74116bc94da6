"""What could not be read in a sheet, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crmdesk.domain.phrase import Phrase, Value


@dataclass(frozen=True)
class Issue:
    """One cell (or row) that needs attention: 1-based row, column letter ("" for the whole row), the value as found."""

    row: int
    column: str
    value: str
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """The issue as a phrase, for `words.say`."""
        return Phrase(self.code, {**self.values, "value": self.value})


@dataclass(frozen=True)
class Skipped:
    """A row that holds no data: 1-based row and the code of the reason (`total_row`, `note`, `repeated_header`, …)."""

    row: int
    reason: str
