"""The view of every list: calm rows, a selection that survives a refresh."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crmdesk.gui.delegates import CHIPS, CellDelegate
from crmdesk.gui.tables import TableModel

ROW_HEIGHT: Final = 30


class TableView(QTableView):
    """Shows a TableModel. Signals carry ids as `object`, for they are 63 bits wide."""

    chosen = Signal(object)  # id of the current row
    opened = Signal(object)  # id: Enter or a double click on a cell that is not edited
    picked = Signal(object)  # list of the selected ids

    def __init__(self, model: TableModel, parent: QWidget | None = None, *, name: str = "table") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = model
        self._kept: list[int] = []
        self._current: int | None = None
        self._column = 0
        self.setModel(model)
        self._chips = CellDelegate(self)
        self._settle()
        self._settle_header()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.modelReset.connect(self._settle_cells)
        self.selectionModel().selectionChanged.connect(self._tell_picked)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(self._open)

    def table(self) -> TableModel:
        """The model behind the view."""
        return self._model

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.id_at(row) for row in rows]

    def current_id(self) -> int | None:
        """The id of the current row."""
        index = self.currentIndex()
        return self._model.id_at(index.row()) if index.isValid() else None

    def select_id(self, wanted: int) -> bool:
        """Make a row current and visible; False where it is not in the list."""
        row = self._model.row_of(wanted)
        if row >= 0:
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self._model.index(row, column))
            self.scrollTo(self._model.index(row, column))
        return row >= 0

    def copy(self) -> None:
        """Put the selected cells on the clipboard as Excel takes them."""
        indexes = [index for index in self.selectedIndexes() if not self.isColumnHidden(index.column())]
        QGuiApplication.clipboard().setText(self._model.cells_as_text(indexes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies; Enter opens a row whose cell is not edited in place."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Rows as high as the text needs."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._settle_rows()

    def _settle_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() + 10))

    def _settle(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        self._settle_rows()

    def _settle_cells(self) -> None:
        # Only chips are painted in Python: everything else goes by the style, which is several times faster.
        for number, column in enumerate(self._model.columns()):
            chips = self._chips if column.kind in CHIPS else None
            self.setItemDelegateForColumn(number, chips)  # type: ignore[arg-type]  # Qt takes none, its stubs do not

    def _settle_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # The order on the screen comes from the rows' owner: Qt only shows the arrow.
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _keep(self) -> None:
        self._kept = self.selected_ids()
        self._current = self.current_id()
        self._column = max(self.currentIndex().column(), 0)

    def _restore(self) -> None:
        model, chosen = self._model, QItemSelection()
        last = model.columnCount() - 1
        for wanted in self._kept[:1000]:
            row = model.row_of(wanted)
            if row >= 0 and last >= 0:
                chosen.select(model.index(row, 0), model.index(row, last))
        flags = QItemSelectionModel.SelectionFlag
        row = model.row_of(self._current) if self._current is not None else -1
        if row >= 0:
            self.selectionModel().setCurrentIndex(model.index(row, min(self._column, last)), flags.NoUpdate)
        if not chosen.isEmpty():
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    def _tell_picked(self, *_selection: object) -> None:
        self.picked.emit(self.selected_ids())

    def _tell_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.id_at(current.row()))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(self._model.id_at(index.row()))
