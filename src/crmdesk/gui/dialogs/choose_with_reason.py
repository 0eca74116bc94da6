"""我来定: one's own word on a tier or a stage, with the reason that is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.i18n import _


class ChooseWithReason(SmallForm):
    """A choice of codes by their names, and a line for the reason."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: str, reason: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("choose_with_reason", title, _("Save"), parent)
        self._choice, self._reason = QComboBox(self), QLineEdit(reason, self)
        for code, text in choices:
            self._choice.addItem(text, code)
        self._choice.setCurrentIndex(max(self._choice.findData(chosen), 0))
        self._reason.setPlaceholderText(_("Once a year, that is how he is"))
        self.add_row(title, self._choice, "decision")
        self.add_row(_("Reason"), self._reason, "decision_reason")

    def choice(self) -> str:
        """The chosen code, "" for handing it back."""
        return str(self._choice.currentData())

    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.text().strip()
