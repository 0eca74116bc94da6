"""An order written down by hand: a day and an amount are enough. A day to ask how it went may come with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from crmdesk.domain.amounts import read_quantity
from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.domain.order import Order, OrderLine
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import orders

ASK_AFTER = (0, 3, 7, 14, 30)  # days after an order; 0: not at all


class OrderForm(SmallForm):
    """Day, amount, product and quantity. `before` is an order to change; several products of one stay as they are.

    `ask_after`: after how many days one asks how it went, as chosen last (0 not at all); None does not offer it.
    """

    def __init__(
        self,
        customer_id: int,
        today: date,
        products: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        before: Order | None = None,
        ask_after: int | None = None,
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
        self._ask = QComboBox(self)
        for days in ASK_AFTER:
            self._ask.addItem(_("after {days} days").format(days=days) if days else _("not at all"), days)
        self._ask.setVisible(ask_after is not None)
        if ask_after is not None:
            self._ask.setCurrentIndex(max(self._ask.findData(ask_after), 0))
            self.add_row(_("Ask how it went"), self._ask, "order_ask")
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

    def ask_after(self) -> int:
        """After how many days to ask how it went; 0 not at all."""
        return int(self._ask.currentData())

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


def ask_order(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask for an order and keep it, with the follow-up that asks how it went; the choice is remembered for the next."""
    after = desk.settings.after_sale_days
    form = OrderForm(customer_id, desk.today, desk.read(orders.product_names), parent, ask_after=after)
    if not desk.prompts.run(form):
        return
    order, after = form.order(), form.ask_after()
    desk.set_settings(after_sale_days=after)
    ask_on = (order.ordered_on or desk.today) + timedelta(days=after) if after else None
    act(desk, lambda db: orders.add_order(db, order, ask_on))
