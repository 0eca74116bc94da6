"""Many values in one statement: a list as a single parameter, or a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

Value = TypeVar("Value")

# The list travels as one JSON text: the statement is the same whatever its length, and no limit of variables bites.
IN_LIST: Final = "IN (SELECT value FROM json_each(?))"


def id_list(ids: Iterable[int]) -> str:
    """Ids as such a text."""
    return f"[{','.join(map(str, ids))}]"


def text_list(values: Iterable[object]) -> str:
    """Any plain values as such a text."""
    import json  # the first page asks by ids only

    return json.dumps(list(values))


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """The values in lists of at most `size`, each taken only when it is asked for."""
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
