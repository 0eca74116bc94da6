"""The one box at the top: customers by name, phone and pinyin, and every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.actions import Actions
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import icon
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.patience import AGAIN, is_busy
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.gui.command_entry import Entry
    from crmdesk.gui.command_results import Results


class CommandBox(QLineEdit):
    """Type to find; Enter takes the marked answer; Esc clears, then leaves."""

    left = Signal()  # the page should have the focus again

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("command_box")
        self._desk = desk
        self._actions = actions
        self._window = window
        self.results = desk.idle.later(self._build_results)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._find)
        self.textChanged.connect(lambda _text: self._wait.start(0))
        self.setMaximumWidth(520)
        self.setMinimumWidth(180)
        lens = icon("search", tokens_of(self.palette()), "muted")
        self._mark = self.addAction(lens, QLineEdit.ActionPosition.LeadingPosition)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        self.setPlaceholderText(_("Find a customer, phone, pinyin…"))
        self.setAccessibleName(_("Find a customer or a command"))

    def restyle(self) -> None:
        """Tint the lens again."""
        self._mark.setIcon(icon("search", tokens_of(self.palette()), "muted"))

    def begin(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._find()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The answers belong to the focus."""
        super().focusOutEvent(event)
        self._hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the mark, Enter takes it, Esc clears, then leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.results().isVisible():
                self.results().move_mark(1 if key == Qt.Key.Key_Down else -1)
            else:
                self._find()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait.stop()
            self._find()
            self.results().take_marked()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.text():
            self.clear()
        else:
            self._leave()

    def _hide(self) -> None:
        if self.results.built:
            self.results().hide()

    def _leave(self) -> None:
        self._hide()
        self.clear()
        self._wait.stop()
        self.left.emit()

    def _find(self) -> None:
        if not self.hasFocus():
            return
        from crmdesk.gui.command_answers import answers

        try:
            entries = answers(self._desk, self._actions, self.text())
        except Refused as refusal:
            if not is_busy(refusal):
                raise
            self._wait.start(AGAIN)
            return
        results = self.results()
        results.show_entries(entries, _('Nothing found for "{text}"').format(text=self.text()))
        results.fit(max(self.width(), 420))
        results.move(self.mapTo(self._window, QPoint(0, self.height() + 6)))
        results.show()
        results.raise_()

    def _build_results(self) -> Results:
        from crmdesk.gui.command_results import Results

        results = Results(self._window)
        results.taken.connect(self._do)
        return results

    def _do(self, entry: Entry) -> None:
        self._leave()
        if entry.kind == "customer":
            self._desk.customer_wanted.emit(entry.target)
        elif entry.kind == "view":
            self._desk.view_wanted.emit(entry.target)
        elif entry.kind == "all":
            self._desk.customers_wanted.emit(CustomerQuery(search=str(entry.target)))
        else:
            self._actions[str(entry.target)].trigger()
