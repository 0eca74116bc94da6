"""均匀排开: how many a day, from when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _

MOST_PER_DAY = 200


class SpreadDialog(SmallForm):
    """The number a day and the first day; a line tells how long it takes."""

    def __init__(self, count: int, first_day: date, per_day: int, parent: QWidget | None = None) -> None:
        super().__init__("spread_dialog", _("Spread evenly"), _("Spread"), parent)
        self._count = count
        self._day = date_field(self, first_day)
        self._per_day = QSpinBox(self)
        self._per_day.setRange(1, MOST_PER_DAY)
        self._per_day.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
        self._per_day.setMinimumWidth(88)
        self._per_day.setValue(per_day)
        self._span = text_label(self, "muted")
        self.add_row(_("A day at most"), self._per_day, "spread_per_day")
        self.add_row(_("From"), self._day, "spread_from")
        self._rows.addRow("", self._span)
        self._per_day.valueChanged.connect(self._tell)
        self._tell()

    def first_day(self) -> date:
        """The first day."""
        return field_date(self._day)

    def per_day(self) -> int:
        """How many a day."""
        return self._per_day.value()

    def _tell(self) -> None:
        days = -(-self._count // self._per_day.value())
        text = _("{count} follow-ups over {days} days, no Sundays")
        self._span.setText(text.format(count=self._count, days=days))
