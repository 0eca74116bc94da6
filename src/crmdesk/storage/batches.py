"""Many values in one statement: a list as a single parameter, or a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

Value = TypeVar("Value")

# The list travels as one JSON text: the statement is the same whatever its length, and no limit of variables bites.
IN_LIST: Final = "IN (SELECT value FROM json_each(?))"


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """The values in lists of at most `size`, each taken only when it is asked for."""
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
