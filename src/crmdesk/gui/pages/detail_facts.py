"""The facts of a card: those that have content, and the one that is being added."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.gui.pages.detail_fact_row import FactRow
from crmdesk.gui.pages.detail_values import Fact, fact_of, facts_of
from crmdesk.gui.widgets.pieces import clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words.labels import label


class Facts(QWidget):
    """Rows of facts. A row that is being edited survives a refresh."""

    committed = Signal(str, str)  # key, text
    wanted = Signal(str)  # a contact's key

    def __init__(self, parent: QWidget, adder: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self._customer = Customer()
        self._presenting = False
        self._allowed = True
        self._heading = text_label(self, "heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(adder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.retranslate()

    def show_customer(self, customer: Customer, *, presenting: bool) -> None:
        """Show a customer's facts."""
        same = customer.id == self._customer.id
        self._customer, self._presenting = customer, presenting
        if same and any(row.editing() for row in self.rows()):
            return
        clear_layout(self._rows)
        for fact in facts_of(customer, presenting=presenting):
            self._add_row(fact)

    def allow(self, editable: bool) -> None:
        """Whether a click opens a fact."""
        self._allowed = editable
        for row in self.rows():
            row.allow(editable)

    def rows(self) -> list[FactRow]:
        """The shown rows."""
        items = [self._rows.itemAt(number) for number in range(self._rows.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [row for row in widgets if isinstance(row, FactRow)]

    def row(self, key: str) -> FactRow | None:
        """A row by its key."""
        return next((row for row in self.rows() if row.fact.key == key), None)

    def add(self, key: str) -> None:
        """Open a fact for typing; one without content gets an empty row first."""
        row = self.row(key)
        if row is None:
            row = self._add_row(self._empty_fact(key))
        row.open()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Facts"))
        if not any(row.editing() for row in self.rows()):
            self.show_customer(self._customer, presenting=self._presenting)

    def _empty_fact(self, key: str) -> Fact:
        group, _colon, name = key.partition(":")
        if group == "new":
            return Fact(key, label("point", name), "", "")
        if group == "extra":
            return Fact(key, name, "", "")
        return fact_of(self._customer, key)

    def _add_row(self, fact: Fact) -> FactRow:
        row = FactRow(fact, self)
        row.allow(self._allowed)
        row.committed.connect(self._commit)
        row.wanted.connect(self.wanted)
        self._rows.addWidget(row)
        return row

    def _commit(self, key: str, text: str) -> None:
        row = self.row(key)
        if row is not None and not row.fact.text and not text:
            # Nothing was typed into the row that was being added: it goes as it came.
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
            return
        self.committed.emit(key, text)
