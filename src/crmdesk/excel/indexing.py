"""The search index built by the reading child, which has nothing to read once an import is being written."""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Final

from crmdesk.excel.protocol import Child
from crmdesk.progress import Progress

_AHEAD: Final = 2  # pages asked for before they are wanted


class IndexerThere:
    """Hands customers to the child, and gets the pages of the index that it made of them.

    `add` waits for nothing: the program goes on with its own work meanwhile. Raises Refused and Cancelled.
    """

    def __init__(self, child: Child, progress: Progress, seconds: float) -> None:
        self._child, self._progress, self._seconds = child, progress, seconds
        self._asked: list[int] = []

    def add(self, customers: Sequence[tuple[Any, ...]], *, again: bool = False) -> None:
        """Hand over customers: id, then what is said of each; `again` in place of what was said of them before."""
        if not self._asked:
            self._asked.append(self._child.ask("index_begin"))
        self._asked.append(self._child.ask("index_add", marshal.dumps(list(customers)), again))

    def pages(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """What the tables of the index hold, a few rows at a time."""
        for number in self._asked:  # one by one: it is slow when it takes long for one list, not for all of them
            self._answer(number)
        asked = deque(self._child.ask("index_pages") for _ahead in range(_AHEAD))
        while content := self._answer(asked.popleft()):
            asked.append(self._child.ask("index_pages"))
            yield marshal.loads(content)

    def _answer(self, number: int) -> bytes | None:
        found: bytes | None = self._child.answer(number, self._progress, "figures", self._seconds)
        return found
