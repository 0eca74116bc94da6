"""Asks for a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from crmdesk.gui.calendars import calm_calendar
from crmdesk.gui.looks import set_look
from crmdesk.i18n import _


class PickDate(QDialog):
    """A calendar; Enter takes the marked day."""

    def __init__(self, title: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._calendar = QCalendarWidget(self)
        self._calendar.setObjectName("calendar")
        self._calendar.setAccessibleName(title)
        calm_calendar(self._calendar)
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.activated.connect(self.accept)
        buttons = QDialogButtonBox(self)
        take = buttons.addButton(_("Take this day"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setDefault(True)
        set_look(take, "primary")
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._calendar)
        layout.addWidget(buttons)

    def day(self) -> date:
        """The marked day."""
        day = self._calendar.selectedDate()
        return date(day.year(), day.month(), day.day())
