"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

Moved = Callable[[str, int, int], None]


class Cancelled(Exception):
    """The user asked long work to stop; nothing of it has been kept."""


class Progress:
    """Handed to long work, which reports to it; another thread may cancel it.

    `moved(what, done, total)` is called on the working thread; `what` is a code
    (`reading`, `importing`, `figures`, `writing`, `backup`, `printing`), `total` is 0 where it is unknown.
    """

    def __init__(self, moved: Moved | None = None) -> None:
        self._moved = moved
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def report(self, what: str, done: int, total: int = 0) -> None:
        """Tell how far the work is. Raises Cancelled once it was asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        if self._moved is not None:
            self._moved(what, done, total)
