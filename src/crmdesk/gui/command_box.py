"""The one box at the top: customers by name, phone and pinyin, and every command."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery, Match
from crmdesk.domain.search_terms import folded, is_typed
from crmdesk.gui.actions import Actions, matching_commands
from crmdesk.gui.command_entry import ENTRY_ROLE, Entry, EntryDelegate
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import icon
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.patience import AGAIN, is_busy
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import listing, views
from crmdesk.words import formats
from crmdesk.words.labels import label

_CUSTOMERS: Final = 8
_COMMANDS: Final = 6
_ROWS_SHOWN: Final = 11


class Results(QFrame):
    """The answers, under the box; it never takes the focus from it."""

    taken = Signal(object)  # Entry

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("command_results")
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setObjectName("command_list")
        self._list.setModel(self._model)
        self._list.setItemDelegate(EntryDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._take)
        self._none = text_label(self, "muted", "command_nothing")
        self._none.setContentsMargins(16, 12, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._list)
        self.hide()

    def show_entries(self, entries: list[Entry], nothing: str) -> None:
        """Show answers, the first one marked; `nothing` is said where there are none."""
        self._model.clear()
        for entry in entries:
            item = QStandardItem(entry.text)
            item.setData(entry, ENTRY_ROLE)
            item.setAccessibleText(f"{entry.text} {entry.detail}")
            self._model.appendRow(item)
        self._none.setText(nothing)
        self._none.setVisible(not entries)
        self._list.setVisible(bool(entries))
        self._list.setCurrentIndex(self._model.index(0, 0))

    def entries(self) -> list[Entry]:
        """The answers shown."""
        return [self._model.item(row).data(ENTRY_ROLE) for row in range(self._model.rowCount())]

    def move_mark(self, by: int) -> None:
        """Mark the next or previous answer."""
        rows = self._model.rowCount()
        if rows:
            self._list.setCurrentIndex(self._model.index((self._list.currentIndex().row() + by) % rows, 0))

    def take_marked(self) -> None:
        """Take the marked answer."""
        self._take(self._list.currentIndex())

    def fit(self, width: int) -> None:
        """As high as the answers need, within reason."""
        rows = min(self._model.rowCount(), _ROWS_SHOWN)
        high = rows * self._list.sizeHintForRow(0) + 16 if rows else self._none.sizeHint().height()
        self.setFixedSize(width, high)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(index.data(ENTRY_ROLE))


class CommandBox(QLineEdit):
    """Type to find; Enter takes the marked answer; Esc clears, then leaves."""

    left = Signal()  # the page should have the focus again

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("command_box")
        self._desk = desk
        self._actions = actions
        self._window = window
        self._shown: Results | None = None
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

    def results(self) -> Results:
        """The answers under the box, built when something is first looked for."""
        if self._shown is None:
            self._shown = Results(self._window)
            self._shown.taken.connect(self._do)
        return self._shown

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
        if self._shown is not None:
            self._shown.hide()

    def _leave(self) -> None:
        self._hide()
        self.clear()
        self._wait.stop()
        self.left.emit()

    def _find(self) -> None:
        if not self.hasFocus():
            return
        try:
            entries = self._customers(self.text()) + self._views(self.text()) + self._commands(self.text())
        except Refused as refusal:
            if not is_busy(refusal):
                raise
            self._wait.start(AGAIN)
            return
        results = self.results()
        results.show_entries(entries, _("Nothing found for “{text}”").format(text=self.text()))
        results.fit(max(self.width(), 420))
        results.move(self.mapTo(self._window, QPoint(0, self.height() + 6)))
        results.show()
        results.raise_()

    def _customers(self, typed: str) -> list[Entry]:
        if not typed.strip() or self._desk.database is None:
            return []
        matches = self._desk.read(listing.find_customers, typed, _CUSTOMERS)
        entries = [self._customer(match) for match in matches]
        if len(matches) == _CUSTOMERS:
            entries.append(Entry("all", _("Show all in the list"), "", "customers", typed))
        return entries

    def _customer(self, match: Match) -> Entry:
        hidden = self._desk.presenting
        known_by = formats.phone_tail(match.phone) if hidden else formats.phone(match.phone)
        detail = " · ".join(part for part in (label("stage", match.stage), known_by) if part)
        tier = "" if hidden else match.tier or ""
        return Entry("customer", self._desk.veil(match.name), detail, "customer", match.customer_id, tier)

    def _views(self, typed: str) -> list[Entry]:
        wanted = folded("".join(typed.split()))
        if not wanted or self._desk.database is None:
            return []
        found = [view for view in self._desk.read(views.saved_views) if is_typed(view.name, wanted)]
        return [Entry("view", view.name, _("View"), "filter", view.id) for view in found[:_COMMANDS]]

    def _commands(self, typed: str) -> list[Entry]:
        found = [c for c in matching_commands(typed) if c.name != "find" and self._actions[c.name].isEnabled()]
        shown = found if not typed.strip() else found[:_COMMANDS]
        return [
            Entry("command", self._actions[c.name].text(), _keys(self._actions, c.name), c.icon, c.name) for c in shown
        ]

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


def _keys(actions: Actions, name: str) -> str:
    return actions[name].shortcut().toString(actions[name].shortcut().SequenceFormat.NativeText)
