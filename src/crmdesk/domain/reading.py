"""What a cell reader gives back: a value, or why there is none, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from crmdesk.domain.phrase import Value

T = TypeVar("T")
_NOTHING: Mapping[str, Value] = {}


class Read(NamedTuple, Generic[T]):
    """A value as read (None: not read) and the code of what is doubtful about it ("" : nothing)."""

    value: T | None
    code: str = ""
    values: Mapping[str, Value] = _NOTHING
