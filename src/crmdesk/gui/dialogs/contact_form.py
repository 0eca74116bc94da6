"""A person at a customer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.domain.customer import Contact, Point
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.i18n import _
from crmdesk.words.labels import field_label, label

_FIELDS = ("name", "title", "salutation", "role", "notes")
_HEADINGS = {"name": "contact_name", "title": "contact_title", "salutation": "salutation", "notes": "notes"}
_POINTS = ("phone", "wechat", "email")


class ContactForm(SmallForm):
    """Name, job title, form of address, say, phone, WeChat, mail, notes; emptied, the contact goes."""

    def __init__(self, contact: Contact | None, parent: QWidget | None = None) -> None:
        super().__init__("contact_form", _("Contact"), _("Save"), parent)
        self._before = contact or Contact()
        self._new = contact is None
        self._texts: dict[str, QLineEdit] = {}
        for name in _FIELDS[:4]:
            heading = field_label(_HEADINGS[name]) if name in _HEADINGS else _("Say in the decision")
            self._add(name, heading, getattr(self._before, name))
        for kind in _POINTS:
            value = next((point.value for point in self._before.points if point.kind == kind), "")
            self._add(kind, label("point", kind), value)
        self._add("notes", field_label("notes"), self._before.notes)
        self.check()

    def complete(self) -> bool:
        """A new contact needs a name or a way to be reached."""
        contact = self.contact()
        return not self._new or bool(contact.name or contact.points)

    def contact(self) -> Contact:
        """The contact as typed; further phones it had stay."""
        texts: dict[str, Any] = {name: self._texts[name].text().strip() for name in _FIELDS}
        return replace(self._before, points=self._points(), **texts)

    def _points(self) -> tuple[Point, ...]:
        points: list[Point] = []
        for kind in _POINTS:
            of_kind = [point for point in self._before.points if point.kind == kind]
            text = self._texts[kind].text().strip()
            first = of_kind[0] if of_kind else Point(kind, "")
            points += [replace(first, value=_normal(kind, text))] if text else []
            points += of_kind[1:]
        return (*points, *(point for point in self._before.points if point.kind not in _POINTS))

    def _add(self, name: str, heading: str, text: str) -> None:
        field = self._texts[name] = QLineEdit(text, self)
        field.textChanged.connect(self.check)
        self.add_row(heading, field, f"contact_{name}")


def _normal(kind: str, text: str) -> str:
    if kind != "phone":
        return text
    from crmdesk.domain.phone import read_phones

    found = read_phones(text).value
    return found[0][1] if found else text
