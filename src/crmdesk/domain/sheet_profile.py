"""What was decided for a kind of sheet, known again by its headers: kept in the file, applied the next time."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from crmdesk.domain.keys import digest, name_key

Option = str | int | float | bool


@dataclass(frozen=True)
class DecidedColumn:
    """One column: its header and how it is read; `answered` names the questions that the user has answered for it."""

    header: str
    field: str
    options: Mapping[str, Option] = dataclasses.field(default_factory=dict)
    answered: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetProfile:
    """All decisions for sheets of these headers. `header_row` is set where the user said it (1-based, 0 for none)."""

    columns: tuple[DecidedColumn, ...]
    header_row: int | None = None
    left_out: bool = False

    def to_json(self) -> str:
        """The profile as it is kept; the same decisions give the same text."""
        columns = [
            {
                "header": one.header,
                "field": one.field,
                "options": dict(sorted(one.options.items())),
                "answered": sorted(one.answered),
            }
            for one in self.columns
        ]
        kept = {"columns": columns, "header_row": self.header_row, "left_out": self.left_out}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The profile that `to_json` made a text of."""
        kept: dict[str, Any] = json.loads(text)
        columns = tuple(
            DecidedColumn(one["header"], one["field"], one["options"], tuple(one["answered"]))
            for one in kept["columns"]
        )
        return cls(columns, kept["header_row"], kept["left_out"])


def header_key(header: str) -> str:
    """A header as two spellings of it compare."""
    return name_key(header)


def numbered(headers: Iterable[str]) -> list[tuple[str, int]]:
    """Each header's key with its count among equal ones before it."""
    seen: dict[str, int] = {}
    places = []
    for header in headers:
        key = header_key(header)
        places.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return places


def fingerprint(headers: Iterable[str], fields: Iterable[str]) -> str:
    """What sheets of the same headers have in common, in whatever order; of bare sheets, what their columns hold.

    "" where there is nothing to know a sheet by.
    """
    named = sorted(key for key in map(header_key, headers) if key)
    if named:
        return digest("headers", *named)
    bare = list(fields)
    return digest("bare", *bare) if bare else ""
