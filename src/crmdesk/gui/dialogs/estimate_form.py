"""One's own judgement of a customer: potential, purchasing power, needs, loyalty; dated, with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, field_money
from crmdesk.gui.dialogs.until_field import UntilField
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _, translatable
from crmdesk.operations import passports
from crmdesk.words.labels import label

SUBJECTS: Final = {
    "potential": translatable("Potential"),
    "power": translatable("Purchasing power a year"),
    "loyalty": translatable("Would they switch to another supplier"),
    "needs": translatable("Needs"),
}
# The answers of each subject: codes of `operations.passports.estimate` with their words.
_ANSWERS: Final = {
    "potential": (("high", "intent"), ("medium", "intent"), ("low", "intent")),
    "power": (("high", "intent"), ("medium", "intent"), ("low", "intent")),
    "loyalty": (("high", "stays"), ("medium", "stays"), ("low", "stays")),
    "needs": (("", "needs"), ("unclear", "needs")),
}
_WORDS: Final = {
    "stays.high": translatable("No, they stay"),
    "stays.medium": translatable("Perhaps"),
    "stays.low": translatable("Yes, easily"),
    "needs.": translatable("Clear, as noted below"),
    "needs.unclear": translatable("Not clear"),
}


class EstimateForm(SmallForm):
    """What is judged, how, an amount for purchasing power, why, until when."""

    def __init__(self, today: date, parent: QWidget | None = None, subject: str = "potential") -> None:
        super().__init__("estimate_form", _("Note your judgement"), _("Save"), parent)
        self._subject, self._level = QComboBox(self), QComboBox(self)
        self._amount, self._reason = QLineEdit(self), QLineEdit(self)
        self._until = UntilField(None, today, self)
        for code, text in SUBJECTS.items():
            self._subject.addItem(_(text), code)
        self._subject.setCurrentIndex(self._subject.findData(subject))
        self._amount.setPlaceholderText(_("An amount a year: 30000, 30k …"))
        self._reason.setPlaceholderText(_("Opens three more shops in spring"))
        self.add_row(_("About"), self._subject, "estimate_subject")
        self.add_row(_("Judgement"), self._level, "estimate_level")
        self.add_row(_("Amount"), self._amount, "estimate_amount")
        self.add_row(_("Reason"), self._reason, "estimate_reason")
        self.add_row(_("Holds"), self._until, "estimate_until")
        self._subject.currentIndexChanged.connect(self._suit)
        self._amount.textChanged.connect(self.check)
        self._suit()

    def values(self) -> dict[str, Any]:
        """The arguments of `passports.estimate` after the customer."""
        return {
            "kind": self._about(),
            "level": str(self._level.currentData()),
            "amount": field_money(self._amount) if self._about() == "power" else None,
            "reason": self._reason.text().strip(),
            "until": self._until.until(),
        }

    def complete(self) -> bool:
        """An amount that was typed can be read."""
        return self._about() != "power" or not self._amount.text().strip() or field_money(self._amount) is not None

    def _about(self) -> str:
        return str(self._subject.currentData())

    def _suit(self) -> None:
        """Each subject has its own answers; only purchasing power has an amount."""
        about = self._about()
        self._level.clear()
        for code, group in _ANSWERS[about]:
            words = _WORDS.get(f"{group}.{code}")
            self._level.addItem(_(words) if words else label(group, code), code)
        self._rows.setRowVisible(self._amount, about == "power")
        self.check()


def ask_estimate(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask for a judgement and keep it as one step."""
    form = EstimateForm(desk.today, parent)
    if desk.prompts.run(form):
        values = form.values()
        act(desk, lambda db: passports.estimate(db, customer_id, **values))
