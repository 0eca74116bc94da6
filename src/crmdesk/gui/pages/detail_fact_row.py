"""A fact as text that becomes editable on a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crmdesk.gui.pages.detail_values import LONG, Fact
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _

HEADING_WIDTH = 84
_OPENERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)


class FactText(QLabel):
    """The text at rest: a click, Enter or F2 opens it."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open on a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by key."""
        if event.key() in _OPENERS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class FactRow(QWidget):
    """Heading and text. Enter and leaving keep what was typed, Esc takes it back."""

    committed = Signal(str, str)  # key, text
    wanted = Signal(str)  # key of a fact that is edited in a dialog

    def __init__(self, fact: Fact, parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = fact
        self.setObjectName(f"fact_{fact.key}")
        self._edit: QLineEdit | QPlainTextEdit | None = None
        self._allowed = True
        heading = text_label(self, "muted", wrap=True)
        heading.setText(fact.heading)
        heading.setFixedWidth(HEADING_WIDTH)
        self._text = FactText(self)
        self._text.setText(fact.shown)
        self._text.setObjectName("fact_text")
        self._text.setAccessibleName(f"{fact.heading}: {fact.shown}")
        self._text.opened.connect(self.open)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)

    def editing(self) -> bool:
        """Whether the user is typing into it."""
        return self._edit is not None

    def editor(self) -> QLineEdit | QPlainTextEdit | None:
        """The open field."""
        return self._edit

    def allow(self, editable: bool) -> None:
        """Whether a click opens it."""
        self._allowed = editable
        cursor = Qt.CursorShape.IBeamCursor if editable else Qt.CursorShape.ArrowCursor
        self._text.setCursor(cursor)
        self._text.setToolTip(_("Click to edit") if editable else "")

    def open(self) -> None:
        """Turn the text into a field, or ask for the dialog of a contact."""
        if not self._allowed:
            return
        if self.fact.key.startswith("contact:"):
            self.wanted.emit(self.fact.key)
        elif self._edit is None:
            self._text.hide()
            self._edit = self._make_edit()
            self._row.addWidget(self._edit, 1)
            self._edit.show()
            self._edit.setFocus()

    def close_edit(self, *, keep: bool) -> None:
        """Back to text; `keep` hands over what was typed where it differs."""
        edit = self._edit
        if edit is None:
            return
        self._edit = None
        typed = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
        edit.removeEventFilter(self)
        edit.hide()
        edit.deleteLater()
        self._text.show()
        if not keep:
            typed = self.fact.text
        if typed.strip() != self.fact.text or not typed.strip():
            self.committed.emit(self.fact.key, typed.strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc, Enter, and leaving the field."""
        if watched is self._edit:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._handled(event)
            if event.type() == QEvent.Type.FocusOut:
                self.close_edit(keep=True)
        return False

    def _handled(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_edit(keep=False)
            return True
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.close_edit(keep=True)
            return True
        return False

    def _make_edit(self) -> QLineEdit | QPlainTextEdit:
        edit: QLineEdit | QPlainTextEdit
        if self.fact.key in LONG:
            edit = QPlainTextEdit(self.fact.text, self)
            edit.setFixedHeight(edit.fontMetrics().lineSpacing() * 4 + 18)
            edit.setTabChangesFocus(True)
        else:
            edit = QLineEdit(self.fact.text, self)
            edit.selectAll()
        edit.setObjectName("fact_edit")
        edit.setAccessibleName(self.fact.heading)
        edit.installEventFilter(self)
        return edit
