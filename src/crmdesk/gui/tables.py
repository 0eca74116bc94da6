"""One table for every list: ids in an array, the visible rows fetched on demand."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from crmdesk.clock import Clock, clock_from_environment
from crmdesk.domain.phrase import Refused
from crmdesk.gui.cell_text import cell_plain, cell_text, cell_tip
from crmdesk.gui.patience import AGAIN, is_busy
from crmdesk.gui.plain_text import plain_tip

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int], Sequence[str]], list[tuple[Any, ...]]]
Sort = Callable[[str, bool], None]
Edit = Callable[[int, str, str], bool]

PAGE: Final = 128  # rows fetched at a time
_PAGES_KEPT: Final = 64
_ROOT: Final = QModelIndex()
ID_ROLE: Final = Qt.ItemDataRole.UserRole  # the row's id
VALUE_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # the raw value, for delegates
KIND_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # the column's kind
TO_THE_RIGHT: Final = frozenset({"money", "count", "quantity", "percent", "of_hundred", "change", "times"})
_ALIGN_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_READABLE: Final = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_EDITABLE: Final = _READABLE | Qt.ItemFlag.ItemIsEditable


class TableColumn(NamedTuple):
    """A column: `key` names the value, `kind` (text date money count tier stage intent region phone ago) its look."""

    key: str
    header: str
    kind: str = "text"
    width: int = 0  # pixels at 100 %; 0: by kind
    editable: bool = False


class TableModel(QAbstractTableModel):
    """Rows behind ids. `fetch(ids, keys)` gives a tuple per id (in any order): the id first, then a value per key."""

    def __init__(
        self,
        fetch: Fetch,
        *,
        clock: Clock | None = None,
        sort: Sort | None = None,
        edit: Edit | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._clock = clock or clock_from_environment()
        self._sort = sort
        self._edit = edit
        self._columns: tuple[TableColumn, ...] = ()
        self._ids: array[int] = array("q")
        self._pages: dict[int, dict[int, tuple[Any, ...]]] = {}
        self._old = self._pages  # what was shown before `forget`

    def columns(self) -> tuple[TableColumn, ...]:
        """The columns in their order."""
        return self._columns

    def ids(self) -> array[int]:
        """The ids of all rows, in their order. Not to be changed."""
        return self._ids

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Show other columns (also after a language switch)."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._pages.clear()
        self.endResetModel()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other rows. Views keep their selection by id through `TableView`."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Fetch the visible rows anew; ids and order stay."""
        self._old = self._pages
        self._pages = {}
        if self._ids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, wanted: int) -> int:
        """The row of an id, -1 where it is not shown."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return -1

    def value(self, row: int, column: int) -> object:
        """The raw value of a cell; None where the row is gone."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._load(number)
        values = page.get(self._ids[row])
        return values[column + 1] if values is not None else None

    def text(self, row: int, column: int) -> str:
        """A cell as the screen shows it."""
        return cell_text(self._columns[column].kind, self.value(row, column), self._clock.today())

    def _load(self, number: int) -> dict[int, tuple[Any, ...]]:
        ids = self._ids[number * PAGE : (number + 1) * PAGE]
        try:
            rows = self._fetch(ids, [column.key for column in self._columns])
        except Refused as refusal:
            if not is_busy(refusal):
                raise
            # A step is being saved just now: the cells stay as they are and are asked for again.
            QTimer.singleShot(AGAIN, self, self.forget)
            return self._old.get(number, {})
        if len(self._pages) >= _PAGES_KEPT:
            self._pages.pop(next(iter(self._pages)))
        page = self._pages[number] = {row[0]: row for row in rows}
        return page

    # --- what Qt asks ---

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, tip, alignment, id, raw value or kind; other roles are answered at once."""
        answer = _ANSWERS.get(role)
        return answer(self, index.row(), index.column()) if answer is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The header's text and alignment."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(0, section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Selectable; editable where the column is and somebody takes the edit."""
        editable = index.isValid() and self._edit is not None and self._columns[index.column()].editable
        return _EDITABLE if editable else _READABLE

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edit (as text) on; the step's Changes bring the new value back."""
        if role != Qt.ItemDataRole.EditRole or self._edit is None or not index.isValid():
            return False
        return self._edit(self._ids[index.row()], self._columns[index.column()].key, str(value))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Hand the wish on; who owns the model gives the ids in the new order."""
        if self._sort is not None and 0 <= column < len(self._columns):
            self._sort(self._columns[column].key, order == Qt.SortOrder.DescendingOrder)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The cells as tab-separated text, which Excel takes."""
        data = QMimeData()
        data.setText(self.cells_as_text(indexes))
        return data

    def cells_as_text(self, indexes: Sequence[QModelIndex]) -> str:
        """The cells as lines of tab-separated text, in their order on the screen."""
        rows: dict[int, dict[int, str]] = {}
        for index in indexes:
            rows.setdefault(index.row(), {})[index.column()] = self._plain(index.row(), index.column())
        lines = (("\t".join(_one_line(cells[c]) for c in sorted(cells))) for _row, cells in sorted(rows.items()))
        return "\n".join(lines)

    def _plain(self, row: int, column: int) -> str:
        return cell_plain(self._columns[column].kind, self.value(row, column))

    def _tip(self, row: int, column: int) -> str | None:
        tip = cell_tip(self._columns[column].kind, self.value(row, column))
        return plain_tip(tip) if tip else None

    def _alignment(self, _row: int, column: int) -> Qt.AlignmentFlag:
        return _ALIGN_RIGHT if self._columns[column].kind in TO_THE_RIGHT else _ALIGN_LEFT

    def _id(self, row: int, _column: int) -> int:
        return self._ids[row]

    def _kind(self, _row: int, column: int) -> str:
        return self._columns[column].kind


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\t", " ")


_ANSWERS: Final[dict[int, Callable[[TableModel, int, int], Any]]] = {
    Qt.ItemDataRole.DisplayRole: TableModel.text,
    Qt.ItemDataRole.EditRole: TableModel.text,
    Qt.ItemDataRole.AccessibleTextRole: TableModel.text,
    Qt.ItemDataRole.ToolTipRole: TableModel._tip,
    Qt.ItemDataRole.TextAlignmentRole: TableModel._alignment,
    ID_ROLE: TableModel._id,
    VALUE_ROLE: TableModel.value,
    KIND_ROLE: TableModel._kind,
}
