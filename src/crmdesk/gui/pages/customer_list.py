"""The customer list: their columns in their order, sorted and filtered by SQL, edited in place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery, ListColumn
from crmdesk.domain.table_layout import TableLayout
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list_edit import EDITABLE, edited_fields
from crmdesk.gui.pages.list_layout import ListLayout
from crmdesk.gui.patience import AGAIN, is_busy, when_free
from crmdesk.gui.tables import TableColumn, TableModel
from crmdesk.gui.widgets.table_view import TableView
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.progress import Progress
from crmdesk.words import formats
from crmdesk.words.labels import field_label, label

FIRST_PAGE: Final = 400  # rows shown at once; the rest of the ids follow after the paint
MOST_SUMMED: Final = 100_000
SAMPLED: Final = 32  # rows that a column's first width is taken from
WIDEST: Final = 240
_ORDINALS: Final = "¹²³⁴⁵⁶⁷⁸⁹"
SECRET: Final = frozenset(  # what judges a customer, not to be read while presenting
    {"tier", "tier_given", "tier_reason", "stage", "stage_given", "stage_reason", "intent",
     "receivable", "balance", "profit", "order_profit_total", "year_money", "confidence", "referred_by"}
)  # fmt: skip
_NAMES: Final = frozenset({"name", "short_name", "contact_name", "salutation"})
_REACHED: Final = frozenset({"phone", "contact_phone", "wechat", "qq", "email"})  # how a customer is reached
_NO_MODIFIERS: Final = Qt.KeyboardModifier.NoModifier


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


class CustomerList(CustomerTable):
    """The list of one query."""

    counted = Signal(object)  # how many the query lets through
    sorted_by = Signal(object)  # CustomerQuery with another sort

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        model = TableModel(self._fetch, sort=self._sort, edit=self._edit)
        super().__init__(model, parent, name="customer_table")
        model.setParent(self)
        self._desk = desk
        self._query = CustomerQuery()
        self._all_columns: tuple[ListColumn, ...] = ()
        self._presented = False
        self._waiting = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._load_all)
        self._arranged = ListLayout(self, desk, "customers")
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

    def arrange_as(self, name: str) -> None:
        """Show the columns as they are arranged under a name: the plain list's, or a saved view's."""
        self._arranged.switch(name)
        self._show_columns()

    def layout_now(self) -> TableLayout:
        """How the columns are arranged."""
        return self._arranged.layout

    def point_sort(self) -> None:
        """Have the header's arrow say what the query says, which may have come from elsewhere."""
        first, down = self._query.sort[0] if self._query.sort else ("", False)
        keys = [column.key for column in self.table().columns()]
        place = keys.index(first) if first in keys else -1
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        header.blockSignals(False)
        header.viewport().update()
        self._head_sort()

    def take_columns(self, found: Sequence[ListColumn]) -> bool:
        """Take up the columns that have content now, and tell whether they are others; what the user moved stays."""
        columns = tuple(found)
        others = self._arranged.outdated or (columns, self._desk.presenting) != (self._all_columns, self._presented)
        if others:
            self._all_columns, self._presented = columns, self._desk.presenting
            self._show_columns()
        return others

    def columns(self) -> tuple[ListColumn, ...]:
        """All columns with content, hidden ones too."""
        return tuple(c for c in self._all_columns if not (self._desk.presenting and (c.asked or c.key in SECRET)))

    def hidden(self) -> frozenset[str]:
        """The keys of the columns that are not shown: hidden ones, and those that nobody switched on."""
        layout = self._arranged.layout
        return layout.hidden.union(c.key for c in self._all_columns if c.asked and c.key not in layout.asked)

    def hide_column(self, key: str, hidden: bool) -> None:
        """Show or hide a column."""
        self._arranged.hide(key, hidden=hidden)
        self._show_columns()

    def keys_from_current(self) -> list[str]:
        """The keys of the shown columns from the current one on, as they stand on the screen."""
        header, columns = self.horizontalHeader(), self.table().columns()
        first = header.visualIndex(max(self.currentIndex().column(), 0))
        return [columns[header.logicalIndex(place)].key for place in range(first, len(columns))]

    def offer_columns(self, menu: QMenu) -> None:
        """Fill a menu with the columns, each to be shown or hidden; the name always stays."""
        hidden, columns = self.hidden(), self.columns()
        for column in columns:
            if not column.asked:
                self._offer_column(menu, column, hidden)
        asked = [column for column in columns if column.asked]
        if asked:
            menu.addSeparator()
            more = menu.addMenu(_("More figures"))
            for column in asked:
                self._offer_column(more, column, hidden)

    def _offer_column(self, menu: QMenu, column: ListColumn, hidden: frozenset[str]) -> None:
        action = menu.addAction(column.header or field_label(column.key))
        action.setCheckable(True)
        action.setChecked(column.key not in hidden)
        action.setEnabled(column.key != "name")
        action.toggled.connect(lambda on: self.hide_column(column.key, not on))

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
        self._query = replace(self._query, sort=sort)
        # A reset inside the header's own click would take its arrow away.
        QTimer.singleShot(0, self, self._sorted)

    def _sorted(self) -> None:
        if self._desk.database is not None:
            when_free(self, self._show_sorted)

    def _show_sorted(self) -> None:
        self.show_query(self._query)
        self._head_sort()
        self.sorted_by.emit(self._query)

    def _head_sort(self) -> None:
        if any(column.header != self._header(column.key) for column in self.table().columns()):
            self._show_columns()

    def _header(self, key: str) -> str:
        places = [name for name, _down in self._query.sort]
        mark = _ORDINALS[places.index(key)] if len(places) > 1 and key in places[:9] else ""
        own = next((c.header for c in self._all_columns if c.key == key), "")
        return (own or field_label(key)) + mark

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

    def _show_columns(self) -> None:
        """Show the columns that are not hidden; widths and the order on the screen stay as the user left them."""
        header, before = self.horizontalHeader(), [column.key for column in self.table().columns()]
        if self._arranged.take_up():
            before = []
        widths = {key: self.columnWidth(number) for number, key in enumerate(before)}
        layout = self._arranged.layout
        hidden = self.hidden()
        shown = [c for c in self.columns() if c.key not in hidden]
        keys = [column.key for column in shown]
        with self._arranged.arranging():
            self.table().set_columns([self._table_column(c) for c in shown])
            self._fit_content()
            for number, key in enumerate(keys):
                if key in widths:
                    self.setColumnWidth(number, widths[key])
            for place, key in enumerate(layout.ordered(keys)):
                header.moveSection(header.visualIndex(keys.index(key)), place)

    def _fit_content(self) -> None:
        """Widths by what the first rows hold, where the user set none: a code is narrow, an address wide."""
        model, metrics, kept = self.table(), self.fontMetrics(), self._arranged.layout.widths
        for number, column in enumerate(model.columns()):
            if column.key in kept:
                self.setColumnWidth(number, kept[column.key])
                continue
            texts = [model.text(row, number) for row in range(min(model.rowCount(), SAMPLED))]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            padding = 36 if column.kind in ("tier", "stage", "intent") else 32
            head = metrics.horizontalAdvance(column.header) + 30
            self.setColumnWidth(number, min(max(widest + padding, head), WIDEST))

    def _table_column(self, column: ListColumn) -> TableColumn:
        key = column.key
        editable = key in EDITABLE or key.startswith("extra:")
        return TableColumn(key, self._header(key), column.kind, 0, editable)

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
