"""A strip above the page that says how things stand: read-only, as of which day, why editing waits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from crmdesk.gui.icons import set_icon
from crmdesk.gui.widgets.pieces import button, text_label


class Banner(QFrame):
    """One sentence with at most one button; hidden while it has none."""

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        mark = QLabel(self)
        set_icon(mark, "info", "accent_text", 16)
        self._label = text_label(self, name="banner_text", wrap=True)
        self._button = button(self, "banner_button", self.acted.emit, "link")
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
