"""An order written down by hand: a day and an amount are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from crmdesk.domain.amounts import read_quantity
from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.domain.order import Order, OrderLine
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.i18n import _


class OrderForm(SmallForm):
    """Day, amount, product and quantity. `before` is an order to change; several products of one stay as they are."""

    def __init__(
        self,
        customer_id: int,
        today: date,
        products: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        before: Order | None = None,
    ) -> None:
        super().__init__("order_form", _("Order"), _("Save"), parent)
        self._before = before or Order(customer_id, today)
        self._several = len(self._before.lines) > 1
        self._amount, self._product = QLineEdit(self), QLineEdit(self)
        self._quantity, self._notes = QLineEdit(self), QLineEdit(self)
        self._day = date_field(self, self._before.ordered_on or today)
        completer = QCompleter(list(products), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._product.setCompleter(completer)
        self.add_row(_("Amount"), self._amount, "order_amount")
        self.add_row(_("Day"), self._day, "order_day")
        if not self._several:
            self.add_row(_("Product"), self._product, "order_product")
            self.add_row(_("Quantity"), self._quantity, "order_quantity")
        self.add_row(_("Notes"), self._notes, "order_notes")
        for field in (self._product, self._quantity):
            field.setHidden(self._several)
        if before is not None:
            self._fill(before)
        self._amount.textChanged.connect(self.check)
        self._amount.setFocus()
        self.check()

    def complete(self) -> bool:
        """An amount is enough."""
        return field_money(self._amount) is not None

    def order(self) -> Order:
        """The order as typed; a product makes one line of it."""
        amount = field_money(self._amount) or 0
        day, notes = field_date(self._day), self._notes.text().strip()
        return replace(self._before, ordered_on=day, amount=amount, lines=self._lines(amount), notes=notes)

    def _fill(self, order: Order) -> None:
        self._amount.setText(decimal_text(from_money(order.amount)))
        self._notes.setText(order.notes)
        if len(order.lines) == 1:
            line = order.lines[0]
            self._product.setText(line.product or line.product_code)
            self._quantity.setText("" if line.quantity is None else decimal_text(from_quantity(line.quantity)))

    def _lines(self, amount: int) -> tuple[OrderLine, ...]:
        product = self._product.text().strip()
        if self._several:
            return self._before.lines
        if not product:
            return ()
        old = self._before.lines[0] if self._before.lines else OrderLine()
        # The code, group and price of another product would be wrong beside a new name.
        line = old if product in (old.product, old.product_code) else OrderLine(product=product)
        if amount != self._before.amount or line.amount is None:
            line = replace(line, amount=amount)
        return (replace(line, quantity=read_quantity(self._quantity.text()).value),)
