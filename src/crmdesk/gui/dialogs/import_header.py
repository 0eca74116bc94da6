"""Which row holds the headers: the first rows of the sheet as they stand there, one of them is chosen, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _

SHOWN_ROWS: Final = 20
WIDEST: Final = 190
NONE: Final = 0


class HeaderDialog(QDialog):
    """The first rows; the chosen one is bold. `row()` is what was chosen: 1-based, 0 for no header."""

    def __init__(self, rows: Sequence[tuple[int, Sequence[str]]], header_row: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("import_header")
        self.setWindowTitle(_("Where is the header?"))
        self.resize(760, 460)
        self._numbers = [number for number, _cells in rows]
        self._row = header_row
        about = text_label(self, "muted", wrap=True)
        about.setText(_("Click the row that names the columns. Of a header of two lines, take the lower one."))
        self.rows = QTableWidget(len(rows), max((len(cells) for _row, cells in rows), default=0), self)
        self._fill(rows)
        self.none = button(self, "header_none", self._take_none, "")
        self.none.setText(_("There is no header"))
        self.cancel = button(self, "header_cancel", self.reject, "")
        self.cancel.setText(_("Cancel"))
        self.take = button(self, "header_take", self.accept, "primary")
        self.take.setDefault(True)
        self.rows.currentCellChanged.connect(lambda row, _column, _before, _place: self._choose(row))
        self.rows.cellDoubleClicked.connect(lambda _row, _column: self.accept())
        self._lay_out(about)
        if header_row in self._numbers:
            self.rows.selectRow(self._numbers.index(header_row))
        self._choose(self.rows.currentRow())

    def row(self) -> int:
        """The row that was chosen, 0 for none."""
        return self._row

    def _choose(self, place: int) -> None:
        chosen = 0 <= place < len(self._numbers)
        self.take.setEnabled(chosen)
        if chosen:
            self._row = self._numbers[place]
            self.take.setText(_("Row {row} is the header").format(row=self._row))
        else:
            self.take.setText(_("This row is the header"))
        for row in range(self.rows.rowCount()):
            for column in range(self.rows.columnCount()):
                item = self.rows.item(row, column)
                if item is not None:
                    font = QFont(item.font())
                    font.setBold(row == place)
                    item.setFont(font)

    def _take_none(self) -> None:
        self._row = NONE
        self.accept()

    def _fill(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        table = self.rows
        table.setObjectName("header_rows")
        table.setAccessibleName(_("The first rows of the sheet"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setVerticalHeaderLabels([str(number) for number in self._numbers])
        table.horizontalHeader().hide()
        for place, (_number, cells) in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text.replace("\n", " "))
                item.setToolTip(plain_tip(text))
                table.setItem(place, column, item)
        head = table.horizontalHeader()
        head.setMaximumSectionSize(WIDEST)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self, about: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.rows, 1)
        column.addLayout(verb_row(self, self.take, self.cancel, left=(self.none,)))
