"""The line above the customer list: how many, what it is narrowed by, and the verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list import CustomerList
from crmdesk.gui.pages.filters import Filters
from crmdesk.gui.pages.views import Views
from crmdesk.gui.room import ONE_HEAD, narrow
from crmdesk.gui.widgets.pieces import MenuButton, button, text_label
from crmdesk.i18n import _
from crmdesk.words import formats


class ListHead(QWidget):
    """Heading, filters, views, columns, export, ＋客户."""

    add_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, desk: Desk, shown: CustomerList, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = text_label(self, "title", "customers_title")
        self.filters = Filters(self)
        self.views = Views(desk, lambda: (self.filters.query(), shown.layout_now()), self)
        self.columns = MenuButton(self, "columns", shown.offer_columns)
        self.export = button(self, "export_customers", self.export_wanted.emit)
        self.add = button(self, "add_customer", self.add_wanted.emit, "")
        self._count = 0
        self._line, self._below = QHBoxLayout(), QVBoxLayout(self)
        self._lay_out()
        desk.editable_changed.connect(self.add.setEnabled)
        desk.presentation_changed.connect(lambda on: self.export.setVisible(not on))
        self.add.setEnabled(desk.editable)

    def show_count(self, count: int) -> None:
        """Say how many the list shows."""
        self._count = count
        self.heading.setText(f"{_('Customers')} {formats.count(count)}" if count else _("Customers"))

    def retranslate(self) -> None:
        """Put the texts again."""
        self.show_count(self._count)
        self.views.retranslate()
        self.columns.say(_("Columns"))
        self.export.setText(_("Export"))
        self.add.setText(_("＋ Customer"))
        self.add.setToolTip(_("A name and Enter"))
        self.filters.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filters stand between the heading and the verbs, or below them where that would squeeze them."""
        super().resizeEvent(event)
        below = narrow(self, ONE_HEAD)
        if below == (self._below.indexOf(self.filters) >= 0):
            return
        if below:
            self._line.removeWidget(self.filters)
            self._below.addWidget(self.filters)
        else:
            self._below.removeWidget(self.filters)
            self._line.insertWidget(1, self.filters, 100, Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        line = self._line
        line.setSpacing(10)
        line.addWidget(self.heading)
        line.addWidget(self.filters, 100, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        for verb in (self.views, self.columns, self.export, self.add):
            line.addWidget(verb)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(12)
        self._below.addLayout(line)
