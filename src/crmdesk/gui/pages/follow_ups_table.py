"""The tables of 跟进: groups of follow-ups to choose several from, and the log of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from crmdesk.gui.delegates import CellDelegate
from crmdesk.gui.pages.follow_ups_model import FollowUpModel, Line
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.tables import TableColumn
from crmdesk.gui.widgets.table_view import ROW_HEIGHT

TEXT_HEIGHT: Final = 20  # of the text that the columns' widths are meant for
Index = QModelIndex | QPersistentModelIndex
_STEPS: Final = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class LateDelegate(CellDelegate):
    """Red for a promise that was broken; nothing else is red here. Headings lie on the window's ground."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Colour the day of a late promise."""
        super().initStyleOption(option, index)
        model = index.model()
        assert isinstance(model, FollowUpModel)
        line = model.lines()[index.row()]
        tokens = tokens_of(option.palette)
        if line.heading:
            option.palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(tokens.muted))
            option.backgroundBrush = QBrush(QColor(tokens.window))
        elif line.late and index.column() <= 1:
            option.palette.setColor(QPalette.ColorRole.Text, QColor(tokens.red))


class FollowUpTable(QTableView):
    """J and K or the arrows move, Enter opens the customer; `key_pressed` carries the letters of the verbs."""

    picked = Signal()
    opened = Signal(object)  # customer id
    key_pressed = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = FollowUpModel(self)
        self.setModel(self._model)
        self.setItemDelegate(LateDelegate(self))
        self._settle()
        self.selectionModel().selectionChanged.connect(lambda *_selection: self.picked.emit())
        self.doubleClicked.connect(self._open)

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Name and size the columns."""
        first = not self._model.columns()
        self._model.set_columns(columns)
        if first:
            self._model.set_lines(())
            self._fit()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines; what was selected stays so, else the row that took the first one's place."""
        kept = {line.id for line in self.selected()}
        place = self.currentIndex().row()
        self._model.set_lines(lines)
        self.clearSpans()
        for row, line in enumerate(lines):
            if line.heading and len(self._model.columns()) > 1:
                self.setSpan(row, 0, 1, len(self._model.columns()))
        self._select_again(kept, place)

    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return self._model.lines()

    def selected(self) -> list[Line]:
        """The selected lines from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.lines()[row] for row in rows if not self._model.lines()[row].heading]

    def select_first(self) -> None:
        """Choose the first line that is no heading."""
        row = next((n for n, line in enumerate(self.lines()) if not line.heading), None)
        if row is not None:
            self.selectRow(row)

    def step(self, by: int) -> None:
        """Choose the line before or after, past headings."""
        row = self.currentIndex().row() + by
        while 0 <= row < len(self.lines()) and self.lines()[row].heading:
            row += by
        if 0 <= row < len(self.lines()):
            self.selectRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The verbs' letters, Enter, J and K, copy."""
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and event.key() in _STEPS:
            self.step(1 if event.key() == Qt.Key.Key_J else -1)
        elif bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif bare and (Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z or event.key() == Qt.Key.Key_Delete):
            self.key_pressed.emit(event.key())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText("\n".join("\t".join(line.values) for line in self.selected()))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are verbs."""

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns as large as the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        height = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, height + 10))
        for number, column in enumerate(self._model.columns()):
            self.setColumnWidth(number, (column.width or 120) * height // TEXT_HEIGHT)

    def _select_again(self, kept: set[int], place: int) -> None:
        rows = [n for n, line in enumerate(self.lines()) if line.id in kept and not line.heading]
        if not rows and place >= 0:
            near = [n for n, line in enumerate(self.lines()) if not line.heading]
            rows = [min(near, key=lambda n: abs(n - place))] if near else []
        chosen = QItemSelection()
        last = len(self._model.columns()) - 1
        for row in rows:
            chosen.select(self._model.index(row, 0), self._model.index(row, last))
        flags = QItemSelectionModel.SelectionFlag
        if rows:
            self.selectionModel().setCurrentIndex(self._model.index(rows[0], 0), flags.NoUpdate)
            self.selectionModel().select(chosen, flags.ClearAndSelect)
        else:
            self.picked.emit()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not self.lines()[index.row()].heading:
            self.opened.emit(self.lines()[index.row()].customer_id)

    def _settle(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
