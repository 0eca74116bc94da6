"""Which column of a sheet holds what, by its header words and by its cells."""

from __future__ import annotations

from collections.abc import Sequence

from crmdesk.domain.phrase import Phrase
from crmdesk.excel.column import Column, column_letter

__all__ = ["Column", "column_letter", "header_score", "sheet_kind", "understand_columns", "why_ignored"]


def header_score(cells: Sequence[object]) -> float:
    """How much a row looks like a header: 0 not at all, above 0.5 likely, 1 surely."""
    raise NotImplementedError


def understand_columns(headers: Sequence[str], sample: Sequence[Sequence[object]]) -> list[Column]:
    """A Column for every position of `headers`; all empty where the sheet has no header row. `sample`: some 200 data rows."""
    raise NotImplementedError


def sheet_kind(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> str:
    """`customers`, `orders`, `contacts`, `interactions` or `ignored`."""
    raise NotImplementedError


def why_ignored(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> Phrase | None:
    """Why nothing can be taken from the sheet; None where something can."""
    raise NotImplementedError
