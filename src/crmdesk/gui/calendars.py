"""How a calendar looks: its weekends as calm as its other days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget

from crmdesk.gui.palette import tokens_of


def calm_calendar(calendar: QCalendarWidget) -> None:
    """No red weekends: red is for a broken promise and for overdue money."""
    quiet = QTextCharFormat()
    quiet.setForeground(QColor(tokens_of(calendar.palette()).muted))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, quiet)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setGridVisible(False)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
