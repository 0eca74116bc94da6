"""A new customer: a name and Enter. A phone says at once whether somebody has it already."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.pages.patience import when_free
from crmdesk.i18n import _
from crmdesk.operations import duplicates, listing
from crmdesk.words import formats
from crmdesk.words.phrases import say

SHORTEST_TOLD = 2  # letters from which similar names are looked up


class AddCustomerDialog(SmallForm):
    """Name and phone; the rest is added on the card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("add_customer_dialog", _("New customer"), _("Add"), parent)
        self._desk = desk
        self._name, self._phone = QLineEdit(self), QLineEdit(self)
        self._name.setPlaceholderText(_("A name is enough"))
        self.add_row(_("Name"), self._name, "new_name")
        self.add_row(_("Phone"), self._phone, "new_phone")
        self._known = QLabel(self)
        self._known.setObjectName("new_known")
        self._known.setProperty("role", "muted")
        self._known.setWordWrap(True)
        self._rows.addRow("", self._known)
        for field in (self._name, self._phone):
            field.textChanged.connect(self.check)
            field.textChanged.connect(lambda _text: when_free(self, self._look_up))
        self.check()
        self._name.setFocus()

    def complete(self) -> bool:
        """A name is enough."""
        return bool(self._name.text().strip())

    def customer(self) -> Customer:
        """The customer as typed; a phone is normalised where it can be read."""
        return Customer(name=self._name.text().strip(), points=self._points())

    def _points(self) -> tuple[Point, ...]:
        text = self._phone.text().strip()
        if not text:
            return ()
        from crmdesk.domain.phone import read_phones

        found = read_phones(text).value
        return tuple(Point(*point) for point in found) if found else (Point("phone", text),)

    def _look_up(self) -> None:
        phone, name = (field.text().strip() for field in (self._phone, self._name))
        told: dict[int, str] = {}
        if max(len(phone), len(name)) >= SHORTEST_TOLD:
            for one in self._desk.read(duplicates.similar_customers, name, phone):
                told[one.customer_id] = _("{name} ({reason})").format(name=one.name, reason=say(one.reason))
        for text in (phone, name):
            for match in self._desk.read(listing.find_customers, text, 4) if len(text) >= SHORTEST_TOLD else ():
                told.setdefault(match.customer_id, match.name)
        known = formats.names(list(dict.fromkeys(told.values())))
        self._known.setText(_("Already there: {names}").format(names=known) if told else "")
