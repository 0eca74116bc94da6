"""The columns of the customer list: which are shown, in which order and how wide, and what the header says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.query import CustomerQuery, ListColumn
from crmdesk.domain.table_layout import TableLayout
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list_edit import EDITABLE
from crmdesk.gui.pages.customer_table import CustomerTable
from crmdesk.gui.pages.list_layout import ListLayout
from crmdesk.gui.tables import TableColumn, TableModel
from crmdesk.i18n import _
from crmdesk.progress import Progress
from crmdesk.words.labels import field_label

SAMPLED: Final = 32  # rows that a column's first width is taken from
WIDEST: Final = 240
_ORDINALS: Final = "¹²³⁴⁵⁶⁷⁸⁹"
SECRET: Final = frozenset(  # what judges a customer, not to be read while presenting
    {"tier", "tier_given", "tier_reason", "stage", "stage_given", "stage_reason", "intent",
     "receivable", "balance", "profit", "order_profit_total", "year_money", "confidence", "referred_by"}
)  # fmt: skip


class ColumnedTable(CustomerTable):
    """Columns that the user arranges; the query's order stands in the header."""

    def __init__(self, model: TableModel, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(model, parent, name="customer_table")
        self._desk = desk
        self._query = CustomerQuery()
        self._all_columns: tuple[ListColumn, ...] = ()
        self._presented = False
        self._arranged = ListLayout(self, desk, "customers")
        desk.listed_columns = self.keys_shown

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
        secret = self.secret_keys() if self._desk.presenting else frozenset()
        return tuple(column for column in self._all_columns if column.key not in secret)

    def secret_keys(self) -> frozenset[str]:
        """The keys of the columns that judge a customer; all those that are only shown where somebody asked do."""
        return SECRET.union(column.key for column in self._all_columns if column.asked or column.kind == "tier")

    def hidden(self) -> frozenset[str]:
        """The keys of the columns that are not shown: hidden ones, and those that nobody switched on."""
        layout = self._arranged.layout
        return layout.hidden.union(c.key for c in self._all_columns if c.asked and c.key not in layout.asked)

    def hide_column(self, key: str, hidden: bool) -> None:
        """Show or hide a column."""
        self._arranged.hide(key, hidden=hidden)
        self._show_columns()

    def keys_shown(self) -> list[str]:
        """The keys of the shown columns as they stand on the screen, from the left."""
        header, columns = self.horizontalHeader(), self.table().columns()
        return [columns[header.logicalIndex(place)].key for place in range(len(columns))]

    def keys_from_current(self) -> list[str]:
        """The keys of the shown columns from the current one on, as they stand on the screen."""
        return self.keys_shown()[self.horizontalHeader().visualIndex(max(self.currentIndex().column(), 0)) :]

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

        if self._desk.editable and not self._desk.presenting:
            self._offer_schemes(menu.addMenu(_("Tiers by other rules")))

    def _offer_schemes(self, menu: QMenu) -> None:
        """Read as the menu opens: rules are no part of the first paint."""

        def fill() -> None:
            from crmdesk.operations import schemes

            menu.clear()
            for scheme in self._desk.read(schemes.offered_schemes):
                action = menu.addAction(scheme.name)
                action.setCheckable(True)
                action.setChecked(scheme.beside)
                action.toggled.connect(lambda on, code=scheme.code: self.put_beside(code, on=on))

        menu.aboutToShow.connect(fill)

    def put_beside(self, code: str, *, on: bool) -> None:
        """Have the levels that other rules give stand beside the tier, or no longer."""
        from crmdesk.operations import schemes

        database = self._desk.database

        def work(_progress: Progress) -> Changes:
            beside = [scheme.code for scheme in schemes.offered_schemes(database) if scheme.beside]
            others = [one for one in beside if one != code]
            return schemes.put_beside(database, [*others, code] if on else others)

        # Not on the undo menu, so no toast offers to take it back.
        self._desk.run(work, done=self._desk.changed.emit, busy_text=_("Working out tiers and stages"))

    def _offer_column(self, menu: QMenu, column: ListColumn, hidden: frozenset[str]) -> None:
        action = menu.addAction(column.header or field_label(column.key))
        action.setCheckable(True)
        action.setChecked(column.key not in hidden)
        action.setEnabled(column.key != "name")
        action.toggled.connect(lambda on: self.hide_column(column.key, not on))

    def _head_sort(self) -> None:
        if any(column.header != self._header(column.key) for column in self.table().columns()):
            self._show_columns()

    def _header(self, key: str) -> str:
        places = [name for name, _down in self._query.sort]
        mark = _ORDINALS[places.index(key)] if len(places) > 1 and key in places[:9] else ""
        own = next((c.header for c in self._all_columns if c.key == key), "")
        return (own or field_label(key)) + mark

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
            texts = {model.text(row, number) for row in range(min(model.rowCount(), SAMPLED))}
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            padding = 36 if column.kind in ("tier", "stage", "intent") else 32
            head = metrics.horizontalAdvance(column.header) + 30
            self.setColumnWidth(number, min(max(widest + padding, head), WIDEST))

    def _table_column(self, column: ListColumn) -> TableColumn:
        key = column.key
        editable = key in EDITABLE or key.startswith("extra:")
        return TableColumn(key, self._header(key), column.kind, 0, editable)
