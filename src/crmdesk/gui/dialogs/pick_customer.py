"""Asks which customer is meant."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.looks import set_look
from crmdesk.gui.widgets.customer_field import CustomerField
from crmdesk.i18n import _


class PickCustomer(QDialog):
    """One field; Enter takes the best match."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pick_customer")
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.customer = CustomerField(desk, self)
        buttons = QDialogButtonBox(self)
        go_on = buttons.addButton(_("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_look(go_on, "primary")
        go_on.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.customer)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Only with a customer."""
        if self.customer.take_first():
            super().accept()
