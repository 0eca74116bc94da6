"""An order written down by hand: a day and an amount are enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from crmdesk.domain.amounts import read_quantity
from crmdesk.domain.order import Order, OrderLine
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.i18n import _


class OrderForm(SmallForm):
    """Day, amount, product and quantity."""

    def __init__(
        self, customer_id: int, today: date, products: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__("order_form", _("Order"), _("Save"), parent)
        self._customer_id = customer_id
        self._amount, self._product = QLineEdit(self), QLineEdit(self)
        self._quantity, self._notes = QLineEdit(self), QLineEdit(self)
        self._day = date_field(self, today)
        completer = QCompleter(list(products), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._product.setCompleter(completer)
        self.add_row(_("Amount"), self._amount, "order_amount")
        self.add_row(_("Day"), self._day, "order_day")
        self.add_row(_("Product"), self._product, "order_product")
        self.add_row(_("Quantity"), self._quantity, "order_quantity")
        self.add_row(_("Notes"), self._notes, "order_notes")
        self._amount.textChanged.connect(self.check)
        self._amount.setFocus()
        self.check()

    def complete(self) -> bool:
        """An amount is enough."""
        return field_money(self._amount) is not None

    def order(self) -> Order:
        """The order as typed; a product makes one line of it."""
        amount = field_money(self._amount) or 0
        product = self._product.text().strip()
        lines = (
            (OrderLine(product=product, quantity=read_quantity(self._quantity.text()).value, amount=amount),)
            if product
            else ()
        )
        day, notes = field_date(self._day), self._notes.text().strip()
        return Order(self._customer_id, day, amount=amount, lines=lines, notes=notes)
