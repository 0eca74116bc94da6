"""Money received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.domain.money import decimal_text, from_money
from crmdesk.domain.receipt import Receipt
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.i18n import _


class ReceiptForm(SmallForm):
    """Amount, day, how it came. `before` is a receipt to change."""

    def __init__(
        self, customer_id: int, today: date, parent: QWidget | None = None, *, before: Receipt | None = None
    ) -> None:
        super().__init__("receipt_form", _("Receipt"), _("Save"), parent)
        self._before = before or Receipt(customer_id, today, 0)
        self._amount, self._method, self._notes = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self._method.setPlaceholderText(_("WeChat, transfer, cash"))
        self._day = date_field(self, self._before.received_on)
        self.add_row(_("Amount"), self._amount, "receipt_amount")
        self.add_row(_("Day"), self._day, "receipt_day")
        self.add_row(_("How it came"), self._method, "receipt_method")
        self.add_row(_("Notes"), self._notes, "receipt_notes")
        if before is not None:
            self._amount.setText(decimal_text(from_money(before.amount)))
            self._method.setText(before.method)
            self._notes.setText(before.notes)
        self._amount.textChanged.connect(self.check)
        self._amount.setFocus()
        self.check()

    def complete(self) -> bool:
        """An amount is enough."""
        return field_money(self._amount) is not None

    def receipt(self) -> Receipt:
        """The receipt as typed."""
        amount = field_money(self._amount) or 0
        method, notes = self._method.text().strip(), self._notes.text().strip()
        return replace(self._before, received_on=field_date(self._day), amount=amount, method=method, notes=notes)
