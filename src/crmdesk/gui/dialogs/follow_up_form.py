"""What is to happen, and when; told to the customer, it is a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import InteractionKind
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.i18n import _
from crmdesk.words.formats import clock_time
from crmdesk.words.labels import label

FIRST_HOUR: Final = 7
LAST_HOUR: Final = 21


class FollowUpForm(SmallForm):
    """Day, way of contact, what to do, promised or not."""

    def __init__(self, due: FollowUp, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("follow_up_form", _("Follow-up"), _("Save"), parent)
        self._before = due
        self._summary = QLineEdit(due.summary, self)
        self._day = date_field(self, max(due.due_on, desk.today))
        self._hour = QComboBox(self)
        self._hour.addItem(_("Any time"), "")
        for half in range(2 * FIRST_HOUR, 2 * LAST_HOUR + 1):
            at = time(half // 2, half % 2 * 30)
            self._hour.addItem(clock_time(at), at.isoformat("minutes"))
        self._hour.setCurrentIndex(max(self._hour.findData(due.due_at.isoformat("minutes") if due.due_at else ""), 0))
        self._kind = QComboBox(self)
        for kind in InteractionKind:
            self._kind.addItem(label("interaction", kind), str(kind))
        self._kind.setCurrentIndex(max(self._kind.findData(str(due.kind)), 0))
        self._promise = QCheckBox(_("Promised to the customer"), self)
        self._promise.setChecked(due.promise)
        self.add_row(_("What to do"), self._summary, "follow_up_summary")
        self.add_row(_("Day"), self._day, "follow_up_day")
        self.add_row(_("Hour"), self._hour, "follow_up_hour")
        self.add_row(_("Way of contact"), self._kind, "follow_up_kind")
        self.add_row("", self._promise, "follow_up_promise")
        self._promise.setAccessibleName(self._promise.text())
        self._summary.setFocus()

    def follow_up(self) -> FollowUp:
        """The follow-up as typed."""
        promise, hour = self._promise.isChecked(), str(self._hour.currentData())
        return replace(
            self._before,
            due_on=field_date(self._day),
            due_at=time.fromisoformat(hour) if hour else None,
            kind=str(self._kind.currentData()),
            summary=self._summary.text().strip(),
            promise=promise,
            origin=Origin.PROMISE if promise else Origin.BY_HAND,
        )
