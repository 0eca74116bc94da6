"""生日节日: birthdays, festivals, years with us; one line each under the day's list, with a greeting to copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.care_day import FESTIVAL, LUNAR, CareDay
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.today_date import lunar_day
from crmdesk.gui.widgets.pieces import button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.greetings import care_text, festival_label, greeting
from crmdesk.words.labels import label


def when_text(day: CareDay, desk: Desk) -> str:
    """When it is: "明天 11-23 农历十月十五"."""
    lunar = (lunar_day(day.on) or label("calendar", LUNAR)) if day.calendar == LUNAR else ""
    parts = (formats.ago(day.on, desk.today), formats.short_day(day.on, desk.today), lunar)
    when = " ".join(dict.fromkeys(part for part in parts if part))
    return " · ".join(part for part in (care_text(day), when) if part)


class CareDays(QWidget):
    """Hidden while there is nothing to greet for."""

    opened = Signal(object)  # id of a customer
    reached = Signal(QWidget)  # the keys came to this link

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("care_days")
        self._desk = desk
        self._days: tuple[CareDay, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 8, 4)
        self._column.setSpacing(4)
        self.hide()

    def days(self) -> tuple[CareDay, ...]:
        """What is shown."""
        return self._days

    def show_days(self, days: tuple[CareDay, ...]) -> None:
        """Show the coming ones."""
        self._days = days
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        clear_layout(self._column)
        self.setVisible(bool(self._days))
        if not self._days:
            return
        head = text_label(self, "heading", "care_heading")
        head.setText(_("Birthdays and festivals ({count})").format(count=len(self._days)))
        self._column.addWidget(head)
        for day in self._days:
            self._column.addWidget(self._row(day))

    def _row(self, day: CareDay) -> QWidget:
        row = QWidget(self)
        line = FlowLayout(row, spacing=10)
        if day.kind == FESTIVAL:
            name: QWidget = text_label(row)
            name.setText(festival_label(day.name))  # type: ignore[attr-defined]
        else:
            name = self._link(row, self._desk.veil(day.name), partial(self.opened.emit, day.customer_id))
        line.addWidget(name)
        when = text_label(row, "muted")
        when.setText(when_text(day, self._desk))
        line.addWidget(when)
        line.addWidget(self._link(row, _("Copy a greeting"), partial(self._copy, day)))
        return row

    def _link(self, row: QWidget, text: str, clicked: Callable[[], object]) -> QWidget:
        made = button(row, "care_link", clicked, "link")
        made.setText(text)
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys may come here from the card beside: then nothing else moves the link into sight."""
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit(watched)
        return super().eventFilter(watched, event)

    def _copy(self, day: CareDay) -> None:
        self._desk.prompts.copy(greeting(day))
        self._desk.told.emit(_("Copied"))
