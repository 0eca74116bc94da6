"""What the small forms share: rows, the button with a verb, fields for money and days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.amounts import read_amount
from crmdesk.gui.calendars import calm_calendar
from crmdesk.gui.looks import set_look
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _

FORM_WIDE = 20  # in heights of a line, so that what stands in the fields is read at any size of text


class SmallForm(QDialog):
    """A form of a few rows with one verb; the verb waits until `complete()`."""

    def __init__(self, name: str, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(FORM_WIDE * self.fontMetrics().height())
        self._rows = QFormLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(10)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        buttons = QDialogButtonBox(self)
        self._verb = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self._verb.setObjectName(f"{name}_save")
        set_look(self._verb, "primary")
        self._verb.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        # Cancel says what it does; Esc and the window's own cross may be a slip.
        buttons.rejected.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        self._unsaved = text_label(self, "accent", wrap=True)
        self._unsaved.hide()
        self._first: list[str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(16)
        column.addLayout(self._rows)
        column.addWidget(self._unsaved)
        column.addWidget(buttons)

    def add_row(self, heading: str, field: QWidget, name: str) -> None:
        """A field with its heading."""
        field.setObjectName(name)
        field.setAccessibleName(heading)
        if isinstance(field, QSpinBox):
            field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # a number needs no whole line
        self._rows.addRow(heading, field)
        if self._rows.rowCount() == 1:
            field.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Remember what stood there before the user typed."""
        super().showEvent(event)
        if self._first is None:
            self._first = self._texts_now()

    def reject(self) -> None:
        """Esc closes a form that holds nothing new; else it says so first, and closes the second time."""
        if self._first in (None, self._texts_now()) or self._unsaved.isVisible():
            super().reject()
        else:
            self._unsaved.setText(_("Not saved yet. Esc once more throws it away"))
            self._unsaved.show()

    def _texts_now(self) -> list[str]:
        return [field.text() for field in self.findChildren(QLineEdit)]

    def complete(self) -> bool:
        """Whether enough is filled in to be kept."""
        return True

    def check(self, *_changed: object) -> None:
        """Let the verb know."""
        self._verb.setEnabled(self.complete())


def date_field(parent: QWidget, day: date) -> QDateEdit:
    """A field for a day with a calendar."""
    field = QDateEdit(QDate(day.year, day.month, day.day), parent)
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy-MM-dd")
    calm_calendar(field.calendarWidget())
    return field


def field_date(field: QDateEdit) -> date:
    """The day in a field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


def field_money(field: QLineEdit) -> int | None:
    """The amount in a field as int money; None where it is empty or no number."""
    read = read_amount(field.text())
    return read.value if not read.code else None
