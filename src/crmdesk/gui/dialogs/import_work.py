"""The wizard's work off the window's thread: one at a time, stopped when one says so, never heard too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crmdesk.gui.desk import Desk
from crmdesk.gui.jobs import Job
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview

T = TypeVar("T")
Failed = Callable[[Exception], object]
Moved = Callable[[str, object, object], object]


class WizardWork(QObject):
    """What runs for a dialog. Answers that come after the dialog is gone are let go unheard."""

    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, dialog: QWidget, moved: Moved) -> None:
        super().__init__(dialog)
        self._desk, self._moved = desk, moved
        self._job: Job | None = None
        self.busy = False
        self.stopping = False  # asked to stop, but it has not heard of it yet
        self.leaving = False  # the dialog closes as soon as nothing runs

    def read(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Failed,
        stopped: Callable[[], object],
        unheard: Callable[[T], object] = lambda _value: None,
    ) -> None:
        """Run work that only reads; exactly one of the callbacks is called, `unheard` where the dialog is gone."""
        self._set_busy(True)
        self._job = self._desk.jobs.start(
            work,
            done=lambda value: self._ended(lambda: done(value), lambda: unheard(value)),
            failed=lambda error: self._ended(lambda: failed(error)),
            cancelled=lambda: self._ended(stopped),
            moved=self._move,
        )

    def write(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Failed,
        stopped: Callable[[], object],
        busy_text: str,
    ) -> None:
        """Run work that writes to the file; the window shows it, too."""
        self._set_busy(True)
        self._job = self._desk.run(
            work,
            done=lambda value: self._ended(lambda: done(value)),
            failed=lambda error: self._ended(lambda: failed(error)),
            cancelled=lambda: self._ended(stopped),
            busy_text=busy_text,
        )

    def stop(self, *, leave: bool = False) -> None:
        """Ask what runs to stop; `leave`: the dialog is not wanted any more."""
        self.leaving = self.leaving or leave
        if self._job is not None and self.busy:
            self.stopping = True
            self._job.cancel()

    def _move(self, what: str, done: int, total: int) -> None:
        if isValid(self):
            self._moved(what, done, total)

    def _ended(self, heard: Callable[[], object], unheard: Callable[[], object] = lambda: None) -> None:
        # The answer was on its way while the dialog was closed with its window: its parts exist no more.
        if not isValid(self):
            unheard()
            return
        self._set_busy(False)
        heard()
        self.stopping = False

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        if busy:
            self.stopping = False
        self.busy_changed.emit(busy)


def let_go(preview: Preview) -> None:
    """A preview that nobody will see: its reading children end."""
    preview.close()
