"""The answers of the box at the top, in a list below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from crmdesk.gui.command_entry import ENTRY_ROLE, Entry, EntryDelegate
from crmdesk.gui.widgets.pieces import text_label

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
