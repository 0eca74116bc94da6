"""A new customer: a name and Enter. A phone says at once whether somebody has it already."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.pasted import looks_pasted
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.patience import when_free
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import duplicates, listing
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

SHORTEST_TOLD = 2  # letters from which similar names are looked up


class AddCustomerDialog(SmallForm):
    """Name and phone; the rest is added on the card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("add_customer_dialog", _("New customer"), _("Add"), parent)
        self._desk = desk
        self._name, self._phone = QLineEdit(self), QLineEdit(self)
        self._name.setPlaceholderText(_("A name is enough"))
        self._name.setToolTip(_("Paste a card, an address line or a piece of chat, and the fields fill themselves"))
        self.add_row(_("Name"), self._name, "new_name")
        self.add_row(_("Phone"), self._phone, "new_phone")
        self._known = text_label(self, "muted", "new_known", wrap=True)
        self._rows.addRow("", self._known)
        self._recognised = text_label(self, name="new_recognised", wrap=True)
        self._rows.addRow("", self._recognised)
        self._rest = Customer()  # what a pasted text told beside name and phone
        self._name.textChanged.connect(self._take_pasted)
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
        return replace(self._rest, name=self._name.text().strip(), points=(*self._points(), *self._rest.points))

    def _take_pasted(self, text: str) -> None:
        """A card, address line or piece of chat fills the fields; what else it tells is shown, and kept with it."""
        if not text:
            self._remember(Customer())
        if not looks_pasted(text):
            return
        from crmdesk.operations.pasting import recognise

        found = _named(recognise(text).customer())
        phones = [point.value for point in found.points if point.kind == "phone"]
        self._remember(replace(found, points=tuple(point for point in found.points if point.kind != "phone")))
        self._phone.setText(formats.names(phones, len(phones)) if phones else self._phone.text())
        self._name.setText(found.name or text.strip().splitlines()[0])

    def _remember(self, rest: Customer) -> None:
        self._rest = rest
        people = [" ".join(filter(None, (contact.name, contact.title))) for contact in rest.contacts]
        reach = [f"{label('point', point.kind)} {point.value}" for point in rest.points]
        told = [*people, *reach, rest.address, rest.notes.replace("\n", " ")]
        self._recognised.setText(" · ".join(part for part in told if part))

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


def _named(found: Customer) -> Customer:
    """Words without a meaning of their own, beside a phone or an address, are taken for the name."""
    first, _newline, rest = found.notes.partition("\n")
    if found.name or not first or not (found.points or found.address):
        return found
    return replace(found, name=first, notes=rest)
