"""A short notice above the page, with Undo where there is something to undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from crmdesk.gui.plain_text import plain_tip

_SHOWN_FOR: Final = 7000  # milliseconds
_ABOVE_BOTTOM: Final = 48


class Toast(QFrame):
    """Stands at the bottom of its window; a new notice takes the place of the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("toast")
        self._act: Callable[[], object] | None = None
        self._label = QLabel(self)
        self._label.setObjectName("toast_text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self)
        self._button.setObjectName("toast_undo")
        self._button.clicked.connect(self._clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, verb: str = "", act: Callable[[], object] | None = None) -> None:
        """Show `text`, with a button `verb` that does `act`."""
        self._act = act
        self._put(text, verb)
        self._button.setVisible(bool(verb))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_FOR)

    def reword(self, text: str, verb: str) -> None:
        """Say the notice that stands there in other words; it fades when it would have."""
        self._put(text, verb)
        self.adjustSize()
        self._place()

    def _put(self, text: str, verb: str) -> None:
        width = max(self._window.width() - 240, 200)
        self._label.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width))
        self._label.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._button.setText(verb)

    def text(self) -> str:
        """The notice shown last."""
        return self._label.toolTip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom as the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return False

    def _place(self) -> None:
        room = self._window
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - _ABOVE_BOTTOM)

    def _clicked(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
