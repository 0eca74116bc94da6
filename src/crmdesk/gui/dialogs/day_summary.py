"""今日小结: the day as text, to send to the boss."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from crmdesk.domain.attention import DaySummary
from crmdesk.gui.looks import set_look
from crmdesk.i18n import _
from crmdesk.words.summary import day_summary_text


class DaySummaryDialog(QDialog):
    """The summary in a box where it can still be changed; one button copies it and closes."""

    def __init__(self, summary: DaySummary, copy: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("day_summary_dialog")
        self.setWindowTitle(_("Day's summary"))
        self._copy = copy
        self.text = QPlainTextEdit(day_summary_text(summary), self)
        self.text.setTabChangesFocus(True)
        self.text.setObjectName("summary_text")
        self.text.setAccessibleName(_("Day's summary"))
        self.text.setMinimumSize(440, 300)
        buttons = QDialogButtonBox(self)
        take = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("summary_copy")
        set_look(take, "primary")
        take.setDefault(True)
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.text)
        column.addWidget(buttons)

    def _take(self) -> None:
        self._copy(self.text.toPlainText())
        self.accept()
