"""The customer list: their columns in their order, sorted and filtered by SQL, edited in place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list_columns import ColumnedTable
from crmdesk.gui.pages.customer_list_edit import edited_fields
from crmdesk.gui.patience import AGAIN, is_busy, when_free
from crmdesk.gui.tables import TableModel
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.progress import Progress
from crmdesk.words import formats
from crmdesk.words.labels import label

FIRST_PAGE: Final = 400  # rows shown at once; the rest of the ids follow after the paint
MOST_SUMMED: Final = 100_000
_NAMES: Final = frozenset({"name", "short_name", "contact_name", "salutation"})
_REACHED: Final = frozenset({"phone", "contact_phone", "wechat", "qq", "email"})  # how a customer is reached


def _veiled(rows: list[tuple[Any, ...]], keys: Sequence[str], but: int | None) -> list[tuple[Any, ...]]:
    """Names and numbers of all customers but the one that is shown, so that one who looks on reads none."""
    veils: dict[int, Callable[[str], str]] = {}
    veils |= {number: formats.veiled for number, key in enumerate(keys, start=1) if key in _NAMES}
    veils |= {number: formats.phone_tail for number, key in enumerate(keys, start=1) if key in _REACHED}
    return [
        row if row[0] == but else tuple(veils[n](str(v or "")) if n in veils else v for n, v in enumerate(row))
        for row in rows
    ]


def _in_words(rows: list[tuple[Any, ...]], place: int) -> list[tuple[Any, ...]]:
    """Company or private person in words; everything else is shown by its kind of column."""
    return [(*row[:place], label("kind", row[place]), *row[place + 1 :]) for row in rows]


class CustomerList(ColumnedTable):
    """The list of one query."""

    counted = Signal(object)  # how many the query lets through
    sorted_by = Signal(object)  # CustomerQuery with another sort

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        model = TableModel(self._fetch, sort=self._sort, edit=self._edit)
        super().__init__(model, desk, parent)
        model.setParent(self)
        self._waiting = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._load_all)
        self.picked.connect(self._tell_sum)
        self.chosen.connect(lambda _id: self.table().forget() if desk.presenting else None)
        self.doubleClicked.connect(self._number_clicked)
        desk.editable_changed.connect(self._allow)
        self._allow(desk.editable)

    def query(self) -> CustomerQuery:
        """What is shown."""
        return self._query

    def show_query(self, query: CustomerQuery) -> None:
        """Show the customers of a query; a long answer arrives in two parts, the visible one first."""
        self._query = query
        first = self._desk.read(listing.customer_ids, query, FIRST_PAGE)
        if len(first) >= FIRST_PAGE:
            self._rest.start(0)
        self._take_ids(first)

    @property
    def complete(self) -> bool:
        """Whether the whole answer has arrived, so that its number may be told."""
        return not self._rest.isActive()

    def retranslate(self) -> None:
        """Put the headers again; also after 演示模式 was switched."""
        self.setAccessibleName(_("Customers"))
        if self._all_columns:
            self._show_columns()

    def reload(self, changes: Changes | None) -> None:
        """Read the list anew; while a cell is being typed into, once that is done."""
        if self.state() == self.State.EditingState:
            self._waiting = True
            return
        first = self._arranged.outdated or not self.table().rowCount()
        found = self._desk.read(listing.list_columns, quickly=True, asked=True) if first else ()
        self.show_query(self._query)
        if first and not self.take_columns(found):
            with self._arranged.arranging():
                self._fit_content()

    def _allow(self, editable: bool) -> None:
        triggers = QAbstractItemView.EditTrigger
        edited = triggers.EditKeyPressed | triggers.DoubleClicked
        self.setEditTriggers(edited if editable else triggers.NoEditTriggers)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What changed meanwhile is read now."""
        super().closeEditor(editor, hint)
        if self._waiting:
            self._waiting = False
            QTimer.singleShot(0, self, self._reload_late)

    def _reload_late(self) -> None:
        if self._desk.database is not None:
            when_free(self, lambda: self.reload(None))

    def _take_ids(self, ids: array[int]) -> None:
        top = self.verticalScrollBar().value()
        if ids == self.table().ids():
            self.table().forget()
        else:
            self.table().set_ids(ids)
            self.verticalScrollBar().setValue(top)
        self.counted.emit(len(ids))

    def _load_all(self) -> None:
        if self._desk.database is not None:
            when_free(self, lambda: self._take_ids(self._desk.read(listing.customer_ids, self._query)))

    def _fetch(self, ids: Sequence[int], keys: Sequence[str]) -> list[tuple[Any, ...]]:
        try:
            rows = self._desk.read(listing.customer_rows, ids, keys)
            rows = _in_words(rows, keys.index("kind") + 1) if "kind" in keys else rows
            return _veiled(rows, keys, self.current_id()) if self._desk.presenting else rows
        except Refused as refusal:
            if not is_busy(refusal):
                raise
            QTimer.singleShot(AGAIN, self, self.table().forget)
            return []

    def _sort(self, key: str, descending: bool) -> None:
        """A click sorts by one column; with Shift the others stay behind it."""
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        others = tuple(pair for pair in self._query.sort if pair[0] != key) if shift else ()
        place = next((n for n, pair in enumerate(self._query.sort) if pair[0] == key), len(others)) if shift else 0
        sort = (*others[:place], (key, descending), *others[place:])
        self._query = self._query._replace(sort=sort)
        # A reset inside the header's own click would take its arrow away.
        QTimer.singleShot(0, self, self._sorted)

    def _sorted(self) -> None:
        if self._desk.database is not None:
            when_free(self, self._show_sorted)

    def _show_sorted(self) -> None:
        self.show_query(self._query)
        self._head_sort()
        self.sorted_by.emit(self._query)

    def _edit(self, customer_id: int, key: str, text: str) -> bool:
        if not self._desk.editable:
            return False
        from crmdesk.operations import customers

        database = self._desk.database

        def work(_progress: Progress) -> Changes:
            fields = edited_fields(customers.get_customer(database, customer_id), key, text)
            return customers.edit_customer(database, customer_id, **fields) if fields else Changes()

        self._desk.act(work)
        return True

    def _tell_sum(self, ids: list[int]) -> None:
        if self._desk.database is None or not ids or len(ids) > MOST_SUMMED:
            self._desk.selected.emit(len(ids), None)
            return
        when_free(self, self._read_sum)

    def _read_sum(self) -> None:
        count, money = self._desk.read(listing.selection_sum, self.selected_ids())
        self._desk.selected.emit(count, None if self._desk.presenting else money)

    def _number_clicked(self, index: QModelIndex) -> None:
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.tab_wanted.emit(self.table().id_at(index.row()))
