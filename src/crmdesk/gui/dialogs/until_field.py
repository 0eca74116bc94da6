"""A last day that may be left open: a decision holds until then, or until it is taken back."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from crmdesk.gui.dialogs.form_parts import date_field, field_date
from crmdesk.i18n import _

PROPOSED = timedelta(days=90)  # a season: long enough to matter, short enough to be looked at again


class UntilField(QWidget):
    """A tick and a day; without the tick there is no last day."""

    def __init__(self, until: date | None, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._ends = QCheckBox(_("Only until"), self)
        self._ends.setObjectName("until_ends")
        self._ends.setChecked(until is not None)
        self._day = date_field(self, until or today + PROPOSED)
        self._day.setObjectName("until_day")
        self._day.setAccessibleName(_("Last day"))
        self._day.setMinimumDate(QDate(today.year, today.month, today.day))
        self._day.setEnabled(until is not None)
        self._ends.toggled.connect(self._day.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._ends)
        row.addWidget(self._day)
        row.addStretch(1)

    def until(self) -> date | None:
        """The last day, None where it holds until it is taken back."""
        return field_date(self._day) if self._ends.isChecked() else None
