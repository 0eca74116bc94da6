"""我来定: one's own word on a tier or a stage, with the reason that is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.dialogs.until_field import UntilField
from crmdesk.i18n import _

WIDE: Final = 23  # in heights of a line: the heading may be a sentence, and the reason is one


class ChooseWithReason(SmallForm):
    """A choice of codes by their names, a line for the reason, and a last day where the choice can have one."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        chosen: str,
        reason: str,
        parent: QWidget | None = None,
        *,
        until: date | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__("choose_with_reason", title, _("Save"), parent)
        self.setMinimumWidth(WIDE * self.fontMetrics().height())
        self._choice, self._reason = QComboBox(self), QLineEdit(reason, self)
        for code, text in choices:
            self._choice.addItem(text, code)
        self._choice.setCurrentIndex(max(self._choice.findData(chosen), 0))
        self._reason.setPlaceholderText(_("Once a year, that is how he is"))
        self.add_row(title, self._choice, "decision")
        self.add_row(_("Reason"), self._reason, "decision_reason")
        self._until: UntilField | None = None
        if today is not None:  # a day to count from is given where the decision may end
            self._until = UntilField(until, today, self)
            self.add_row(_("Holds"), self._until, "decision_until")

    def choice(self) -> str:
        """The chosen code, "" for handing it back."""
        return str(self._choice.currentData())

    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.text().strip()

    def until(self) -> date | None:
        """The last day it holds; None: until it is taken back."""
        return self._until.until() if self._until is not None else None
