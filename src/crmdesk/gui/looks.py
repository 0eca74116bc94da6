"""Gives a widget a look of the style sheet, also when it is shown already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget

from crmdesk.gui.palette import tokens_of


def set_look(widget: QWidget, look: str, value: object = True) -> None:
    """Set a property that the style sheet knows (`primary`, `quiet`, `card`, …); it looks only when asked anew."""
    widget.setProperty(look, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def calm_calendar(calendar: QCalendarWidget) -> None:
    """No red weekends: red is for a broken promise and for overdue money."""
    quiet = QTextCharFormat()
    quiet.setForeground(QColor(tokens_of(calendar.palette()).muted))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, quiet)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setGridVisible(False)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
