"""第一次聊的: what one asks a customer first. Nothing is required; what is left empty is asked next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from crmdesk.domain.first_contact import FirstContact
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _, translatable
from crmdesk.operations import first_contact
from crmdesk.words.labels import field_label, label

# Offered, never enforced: any other words are as good.
DECIDES: Final = (
    translatable("The boss"),
    translatable("The boss's family"),
    translatable("Purchasing"),
    translatable("The shop manager"),
    translatable("Several together"),
)
WANTED: Final = (
    translatable("At once"),
    translatable("Within a month"),
    translatable("Within three months"),
    translatable("This year"),
    translatable("No hurry"),
)


WIDE = 26  # in heights of a line: its examples are sentences


class FirstContactForm(SmallForm):
    """Needs, budget, who decides, when, size, industry, how they found us."""

    def __init__(
        self, told: FirstContact, offered: Mapping[str, Sequence[str]], parent: QWidget | None = None, name: str = ""
    ) -> None:
        title = _("First talk with {name}").format(name=name) if name else _("First talk")
        super().__init__("first_contact_form", title, _("Save"), parent)
        self.setMinimumWidth(WIDE * self.fontMetrics().height())
        self._told = told
        self._lines = {code: QLineEdit(told.answers.get(code, ""), self) for code in ("needs", "budget", "size")}
        self._lines["needs"].setPlaceholderText(_("What do they need, and how often?"))
        self._lines["budget"].setPlaceholderText(_("5000, 30k …"))
        self._lines["size"].setPlaceholderText(_("Seats, staff, or large"))
        self._boxes = {
            "decides": self._box([_(text) for text in DECIDES], told.answers.get("decides", "")),
            "wanted": self._box([_(text) for text in WANTED], told.answers.get("wanted", "")),
            "industry": self._box(offered.get("industry", ()), told.industry),
            "source": self._box(offered.get("source", ()), told.source),
        }
        for code in ("needs", "budget", "decides", "wanted", "size"):
            self.add_row(label("answer", code), self._lines.get(code) or self._boxes[code], f"first_{code}")
        self.add_row(field_label("industry"), self._boxes["industry"], "first_industry")
        self.add_row(_("How they found us"), self._boxes["source"], "first_source")
        self._lines["needs"].setFocus()

    def told(self) -> FirstContact:
        """The answers as typed."""
        texts = {code: line.text().strip() for code, line in self._lines.items()}
        texts |= {code: box.currentText().strip() for code, box in self._boxes.items()}
        industry, source = texts.pop("industry"), texts.pop("source")
        return FirstContact(texts, industry, source)

    def _box(self, offered: Sequence[str], text: str) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(list(offered))
        box.setCurrentText(text)
        return box


def ask_first_contact(desk: Desk, parent: QWidget, customer_id: int, name: str) -> None:
    """Ask for what the first talk told, and keep it as one step."""
    told = desk.read(first_contact.first_contact, customer_id)
    form = FirstContactForm(told, desk.read(first_contact.used_words), parent, name)
    if desk.prompts.run(form):
        typed = form.told()
        act(desk, lambda db: first_contact.keep_first_contact(db, customer_id, typed))
