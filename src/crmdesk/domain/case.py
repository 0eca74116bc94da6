"""A complaint or a request for service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Case:
    """`kind` is complaint or service; `closed_on` None while it is open; `satisfied` None: not asked."""

    id: int
    kind: str
    opened_on: date
    cause: str = ""
    action: str = ""
    closed_on: date | None = None
    satisfied: bool | None = None
