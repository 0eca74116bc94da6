"""A strip above the page that says how things stand: read-only, as of which day, why editing waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from crmdesk.gui.icons import set_icon


class Banner(QFrame):
    """One sentence with at most one button; hidden while it has none."""

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        mark = QLabel(self)
        set_icon(mark, "info", "accent_text", 16)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setObjectName("banner_text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setObjectName("banner_button")
        self._button.setProperty("link", True)
        self._button.clicked.connect(lambda _checked=False: self.acted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self.hide()

    def say(self, text: str, verb: str = "") -> None:
        """Show a sentence; an empty one hides the banner."""
        self._label.setText(text)
        self._button.setText(verb)
        self._button.setVisible(bool(verb))
        self.setVisible(bool(text))

    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()
