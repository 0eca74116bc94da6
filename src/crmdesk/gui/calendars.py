"""How a calendar looks: its weekends as calm as its other days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QBoxLayout, QCalendarWidget, QTableView, QWidget

from crmdesk.gui.palette import tokens_of
from crmdesk.i18n import _, current_language


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
        view.setAccessibleName(_("Day"))
    if current_language() == "zh":
        _year_first(calendar)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)


def _year_first(calendar: QCalendarWidget) -> None:
    """2026 十一月: Qt puts the month first in every language."""
    bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    month, year = (calendar.findChild(QWidget, f"qt_calendar_{part}") for part in ("monthbutton", "yearbutton"))
    layout = bar.layout() if bar is not None else None
    if isinstance(layout, QBoxLayout) and month is not None and year is not None:
        layout.removeWidget(year)
        layout.insertWidget(layout.indexOf(month), year)
