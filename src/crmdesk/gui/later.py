"""What is built after the first paint: a piece in each idle moment, or at once when somebody asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from crmdesk.gui.jobs import Jobs

Made = TypeVar("Made")

_AFTER_SHOW: Final = 40  # milliseconds: the window has been painted by then
_BETWEEN: Final = 5  # milliseconds, for what the user does in between


class Later(Generic[Made]):
    """A piece of the window: calling it gives the piece, which is built by then and never twice.

    `module` is what it comes from, where that is long to load.
    """

    def __init__(self, build: Callable[[], Made], module: str = "") -> None:
        self.module = module
        self._build: Callable[[], Made] | None = build
        self._made: Made | None = None

    def __call__(self) -> Made:
        """The piece."""
        if self._build is not None:
            build, self._build = self._build, None
            try:
                self._made = build()
            except BaseException:
                self._build = build  # a file that was busy just then: the next one who asks may have it
                raise
        assert self._made is not None, "a piece that asks for itself while it is built"
        return self._made

    @property
    def built(self) -> bool:
        """Whether it is there."""
        return self._made is not None


class IdleQueue(QObject):
    """Builds pieces in the order in which they were announced, from the moment the window is shown."""

    def __init__(self, parent: QObject | None = None, jobs: Jobs | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: list[Later[Any]] = []
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_next)

    def later(self, build: Callable[[], Made], module: str = "") -> Later[Made]:
        """Announce a piece; `build` gives it, out of `module`, which is loaded while the window goes on."""
        piece = Later(build, module)
        self._waiting.append(piece)
        if self._begun:
            self._timer.start(_BETWEEN)
        return piece

    def begin(self) -> None:
        """The window is shown: from the first paint on, pieces are built."""
        if not self._begun:
            self._begun = True
            self._timer.start(_AFTER_SHOW)

    def end(self) -> None:
        """The window is closed: nothing more is built, or loaded by jobs that have ended."""
        self._begun = False
        self._timer.stop()

    @property
    def empty(self) -> bool:
        """Whether everything that was announced is built."""
        return all(piece.built for piece in self._waiting)

    def _build_next(self) -> None:
        self._waiting = [piece for piece in self._waiting if not piece.built]
        if not self._waiting or not self._begun:
            return
        piece = self._waiting[0]
        if self._jobs is not None and piece.module and piece.module not in sys.modules:
            self._load(piece, self._jobs)
            return
        self._timer.start(_BETWEEN)
        self._waiting.pop(0)()

    def _load(self, piece: Later[Any], jobs: Jobs) -> None:
        name, piece.module = piece.module, ""  # where it cannot be loaded, the building will say so
        jobs.start(
            lambda _progress: import_module(name),
            done=lambda _module: self._timer.start(_BETWEEN),
            failed=lambda _error: self._timer.start(_BETWEEN),
        )
