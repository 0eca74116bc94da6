"""How a calendar looks: its weekends as calm as its other days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView

from crmdesk.gui.palette import tokens_of
from crmdesk.i18n import _


def calm_calendar(calendar: QCalendarWidget) -> None:
    """No red weekends: red is for a broken promise and for overdue money."""
    quiet = QTextCharFormat()
    quiet.setForeground(QColor(tokens_of(calendar.palette()).muted))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, quiet)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setGridVisible(False)
    view = calendar.findChild(QTableView)
    if view is not None:  # Qt leaves it without a name for who cannot see it
        view.setAccessibleName(_("Date"))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
