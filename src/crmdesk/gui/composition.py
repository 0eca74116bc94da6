"""Nothing fires while an input method is composing: its keys belong to the word that is being written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class CompositionGuard(QObject):
    """Watches the widget with the focus only, for a filter on the whole application would slow every event."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        self._composing = False
        app.focusChanged.connect(self._watch)
        self._watch(None, app.focusWidget())

    @property
    def composing(self) -> bool:
        """Whether a word is being composed now."""
        return self._composing

    def _watch(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A dialog that is deleted with its field focused moves the focus before `destroyed` is heard.
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched, self._composing = new, False
        if new is not None:
            new.installEventFilter(self)
            new.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched, self._composing = None, False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take shortcuts for the composition; note when it begins and ends."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif self._composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        elif self._composing and event.type() == QEvent.Type.KeyPress:
            return True
        return False
