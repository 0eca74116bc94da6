"""A table that says itself what its columns hold, as address cards do; nothing in it is guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Phrase


@dataclass(frozen=True)
class ToldColumn:
    """One column: its header, what it holds, and the options it is read by (those of a sheet's column)."""

    header: str
    field: Field
    options: Mapping[str, str | int | float | bool] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class ToldTable:
    """Rows under such columns. `rows`: 1-based number, then the texts by column, of photos the pictures; what is absent
    is blank.

    `kind` is that of a sheet ("customers", "contacts"); `skipped` holds why a number has no row.
    """

    name: str
    kind: str
    columns: tuple[ToldColumn, ...]
    rows: Mapping[int, Mapping[int, str | bytes]]
    skipped: Mapping[int, str] = dataclasses.field(default_factory=dict)
    notes: tuple[Phrase, ...] = ()
