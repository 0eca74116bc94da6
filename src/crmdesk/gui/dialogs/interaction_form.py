"""An entry of the log, written anew: the day, the way, what came of it, what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from crmdesk.domain.interaction import Interaction, InteractionKind, Outcome
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.i18n import _
from crmdesk.words.labels import label


class InteractionForm(SmallForm):
    """Day, way of contact, outcome and words."""

    def __init__(self, before: Interaction, parent: QWidget | None = None) -> None:
        super().__init__("interaction_form", _("Log entry"), _("Save"), parent)
        self._before = before
        self._summary = QPlainTextEdit(before.summary, self)
        self._summary.setTabChangesFocus(True)
        self._summary.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 18)
        self._day = date_field(self, before.at.date())
        self._kind, self._outcome = QComboBox(self), QComboBox(self)
        for kind in InteractionKind:
            self._kind.addItem(label("interaction", kind), str(kind))
        self._outcome.addItem(_("Not said"), "")
        for outcome in Outcome:
            self._outcome.addItem(label("outcome", outcome), str(outcome))
        self._kind.setCurrentIndex(max(self._kind.findData(str(before.kind)), 0))
        self._outcome.setCurrentIndex(max(self._outcome.findData(str(before.outcome)), 0))
        self.add_row(_("What was said"), self._summary, "interaction_summary")
        self.add_row(_("Day"), self._day, "interaction_day")
        self.add_row(_("Way of contact"), self._kind, "interaction_kind")
        self.add_row(_("Outcome"), self._outcome, "interaction_outcome")

    def interaction(self) -> Interaction:
        """The entry as typed; its time of day stays."""
        return replace(
            self._before,
            at=datetime.combine(field_date(self._day), self._before.at.time()),
            kind=str(self._kind.currentData()),
            outcome=str(self._outcome.currentData()),
            summary=self._summary.toPlainText().strip(),
        )
