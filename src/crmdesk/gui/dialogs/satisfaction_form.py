"""满意度: what the customer answered when asked."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.domain.satisfaction import SCORES, Satisfaction
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import satisfaction
from crmdesk.words import care


class SatisfactionForm(SmallForm):
    """A score from 5 to 1, the customer's own words, the day."""

    def __init__(self, customer_id: int, today: date, parent: QWidget | None = None) -> None:
        super().__init__("satisfaction_form", _("Satisfaction"), _("Save"), parent)
        self._customer = customer_id
        self._score, self._words = QComboBox(self), QLineEdit(self)
        for score in SCORES:
            self._score.addItem(care.score_label(score), score)
        self._score.setCurrentIndex(SCORES.index(4))
        self._day = date_field(self, today)
        self._words.setPlaceholderText(_("what they said, in one line"))
        self.add_row(_("Score"), self._score, "satisfaction_score")
        self.add_row(_("In their words"), self._words, "satisfaction_words")
        self.add_row(_("Day"), self._day, "satisfaction_day")

    def answer(self) -> Satisfaction:
        """The answer as chosen."""
        words = self._words.text().strip()
        return Satisfaction(self._customer, field_date(self._day), int(self._score.currentData()), words)


def ask_satisfaction(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask what was answered, and keep it as one step."""
    form = SatisfactionForm(customer_id, desk.today, parent)
    if desk.prompts.run(form):
        answer = form.answer()
        act(desk, lambda db: satisfaction.note_answer(db, answer))
