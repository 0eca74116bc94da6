"""What is built after the first paint: a piece in each idle moment, or at once when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

Made = TypeVar("Made")

_AFTER_SHOW: Final = 40  # milliseconds: the window has been painted by then
_BETWEEN: Final = 5  # milliseconds, for what the user does in between


class Later(Generic[Made]):
    """A piece of the window: calling it gives the piece, which is built by then and never twice."""

    def __init__(self, build: Callable[[], Made]) -> None:
        self._build: Callable[[], Made] | None = build
        self._made: Made | None = None

    def __call__(self) -> Made:
        """The piece."""
        if self._build is not None:
            build, self._build = self._build, None
            self._made = build()
        assert self._made is not None, "a piece that asks for itself while it is built"
        return self._made

    @property
    def built(self) -> bool:
        """Whether it is there."""
        return self._made is not None


class IdleQueue(QObject):
    """Builds pieces in the order in which they were announced, from the moment the window is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Later[Any]] = []
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_next)

    def later(self, build: Callable[[], Made]) -> Later[Made]:
        """Announce a piece; `build` gives it."""
        piece = Later(build)
        self._waiting.append(piece)
        if self._begun:
            self._timer.start(_BETWEEN)
        return piece

    def begin(self) -> None:
        """The window is shown: from the first paint on, pieces are built."""
        if not self._begun:
            self._begun = True
            self._timer.start(_AFTER_SHOW)

    @property
    def empty(self) -> bool:
        """Whether everything that was announced is built."""
        return all(piece.built for piece in self._waiting)

    def _build_next(self) -> None:
        self._waiting = [piece for piece in self._waiting if not piece.built]
        if self._waiting:
            self._timer.start(_BETWEEN)
            self._waiting.pop(0)()
