"""The table of the customer list with the keys of the list: what one does without a mouse."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from crmdesk.gui.widgets.table_view import TableView

_NO_MODIFIERS: Final = Qt.KeyboardModifier.NoModifier


class CustomerTable(TableView):
    """The table with the keys of the list: Ctrl+Enter opens a tab, Delete deletes, X is 不再跟进, Ctrl+V pastes."""

    tab_wanted = Signal(object)
    delete_wanted = Signal()
    stop_wanted = Signal()
    note_wanted = Signal()
    paste_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits a cell that can be edited, else goes to the note box."""
        key, bare = event.key(), event.modifiers() in (_NO_MODIFIERS, Qt.KeyboardModifier.KeypadModifier)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and index.isValid():
            self.tab_wanted.emit(self.table().id_at(index.row()))
        elif enter and bare and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            # The Return that ends an edit arrives here too.
            if self.editTriggers() != self.EditTrigger.NoEditTriggers and self.state() != self.State.EditingState:
                self.edit(index)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key == Qt.Key.Key_Delete and bare:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_X and bare:
            self.stop_wanted.emit()
        elif key == Qt.Key.Key_Space and bare:
            self.note_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on one row further down, as in a sheet."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = index.siblingAtRow(index.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands or belong to the box at the top; Qt's own search would read every row."""
