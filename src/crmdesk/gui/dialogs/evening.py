"""补记: an evening's lines in one table: a name, Enter, what was said, Enter, the next one. One step keeps them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.interaction import Interaction, Outcome, Said
from crmdesk.domain.note_reading import kind_named, next_day_named
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.pages.next_date import NextDate, next_day
from crmdesk.gui.pages.note_box import KINDS, OUTCOMES, outcome_chip
from crmdesk.gui.widgets.customer_field import CustomerField
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.words.labels import label

ROWS: Final = 6  # at the start; there is always one more than are begun
WIDE: Final = 72  # in heights of a line
HIGH: Final = 24
NAME_WIDE: Final = 7
SAID_WIDE: Final = 9  # all five columns stand in a window of 800 pixels; in a wider one the line takes what there is
SHARES: Final = (4, 0, 10, 0, 0)  # whom, how, what was said, what came of it, when next
EVENING: Final = time(18)  # of a day that is over; what is written on the day itself has the time of writing


class EveningRow(QObject):
    """The five fields of a line. What is written says the next day and how one was in touch, as in the note box."""

    begun = Signal()  # something was typed or chosen
    done = Signal()  # Enter at the end of the line
    left = Signal()  # Enter after the name

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._own_kind = False
        self._day = desk.today
        self.customer = CustomerField(desk, parent)
        self.customer.setMinimumWidth(NAME_WIDE * parent.fontMetrics().height())
        self.kind = self._choices(
            "evening_kind", _("Way of contact"), [(str(k), label("interaction", k)) for k in KINDS]
        )
        self.text = QLineEdit(parent)
        self.text.setObjectName("evening_text")
        self.text.setMinimumWidth(SAID_WIDE * parent.fontMetrics().height())
        self.text.setAccessibleName(_("What was said"))
        results = [("", _("Not said")), *((str(one), outcome_chip(one)) for one in OUTCOMES)]
        self.outcome = self._choices("evening_outcome", _("Result"), results)
        self.next_date = NextDate(desk, parent)
        self.next_date.setAutoDefault(False)
        for field in (self.kind, self.outcome, self.next_date):
            keeps = field.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)  # the columns stand still while lines begin
            field.setSizePolicy(keeps)
        self._connect()
        self._read()

    def fields(self) -> tuple[QWidget, ...]:
        """The fields in the order of the columns."""
        return self.customer, self.kind, self.text, self.outcome, self.next_date

    def is_begun(self) -> bool:
        """Whether there is anything to keep: what was said, what came of it, or a next day that was chosen."""
        chosen = self.next_date.is_own() and self.next_date.day() is not None
        return bool(chosen or self.text.text().strip() or self.outcome.currentData())

    def happened_on(self, day: date) -> None:
        """Read the line as one of that day: 明天 is the day after it."""
        self._day = day
        self._read()

    def said(self, at: datetime) -> Said | None:
        """The line as it is kept; None where the customer is not known."""
        # Nobody saw which of several the first one is: a name that was not confirmed is asked for.
        customer = self.customer.customer_id() if self.customer.take_first(sure=True) else None
        if customer is None:
            return None
        kind, outcome = str(self.kind.currentData()), str(self.outcome.currentData())
        line = Interaction(customer, at, kind, outcome, self.text.text().strip())
        return Said(line, self.next_date.day(), proposed=not self.next_date.is_own() and self._named_day() is None)

    def _choices(self, name: str, heading: str, choices: list[tuple[str, str]]) -> QComboBox:
        made = QComboBox(self.parent())  # type: ignore[arg-type]
        made.setObjectName(name)
        made.setAccessibleName(heading)
        for code, text in choices:
            made.addItem(text, code)
        return made

    def _connect(self) -> None:
        self.customer.returnPressed.connect(self._named)
        self.customer.textEdited.connect(self._typed)
        self.customer.chosen.connect(self._typed)
        self.text.textEdited.connect(self._typed)
        self.text.returnPressed.connect(self.done)
        self.kind.activated.connect(self._choose_kind)
        self.outcome.activated.connect(self._typed)
        self.next_date.changed.connect(lambda: self._typed(None))

    def _named(self) -> None:
        if self.customer.take_first():
            self.left.emit()

    def _choose_kind(self, _index: int) -> None:
        self._own_kind = True

    def _typed(self, _what: object) -> None:
        self._read()
        self.begun.emit()

    def _read(self) -> None:
        for field in (self.kind, self.outcome, self.next_date):
            field.setVisible(self.is_begun() or bool(self.customer.text()))
        said, outcome, today = self.text.text(), str(self.outcome.currentData()), self._desk.today
        kind = "" if self._own_kind else kind_named(said)
        if kind:
            self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        named = self._named_day()
        # An empty line proposes nothing: six proposed days in an empty table would be noise.
        self.next_date.propose(named or next_day(outcome, today) if self.is_begun() else None)

    def _named_day(self) -> date | None:
        if self.outcome.currentData() == Outcome.STOP:
            return None
        named = next_day_named(self.text.text(), self._day)
        return named if named is not None and named >= self._desk.today else None


class EveningDialog(QDialog):
    """The table; `lines` holds what is to be kept once it is accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evening")
        self.setWindowTitle(_("Evening notes"))
        line = self.fontMetrics().height()
        self.resize(WIDE * line, HIGH * line)
        self._desk = desk
        self.lines: list[Said] = []
        self.rows: list[EveningRow] = []
        self.day = QComboBox(self)
        self.day.setObjectName("evening_day")
        self.day.setAccessibleName(_("Day"))
        for back, text in enumerate((_("Today"), _("Yesterday"), _("The day before yesterday"))):
            self.day.addItem(text, back)
        self.day.currentIndexChanged.connect(self._read_anew)
        self._says = text_label(self, "accent", "evening_says", wrap=True)
        self._says.hide()
        self.keep = button(self, "evening_keep", self._keep, "primary")
        self._cancel = button(self, "evening_cancel", lambda: self.done(QDialog.DialogCode.Rejected), "")
        self._cancel.setText(_("Cancel"))
        for one in (self.keep, self._cancel):
            one.setAutoDefault(False)  # Enter belongs to the lines; Ctrl+Enter keeps them
        self.keep.setShortcut("Ctrl+Return")
        self.keep.setToolTip("Ctrl+Enter")
        self._table = QGridLayout()
        self._lay_out()
        for _number in range(ROWS):
            self._add_row()
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """The first name is the first thing to write."""
        super().showEvent(event)
        self.rows[0].customer.setFocus()

    def reject(self) -> None:
        """Esc closes an empty table; else it says so first, and closes the second time."""
        if not self._begun() or self._says.property("leaving"):
            super().reject()
            return
        self._say(_("Not saved yet. Esc once more throws it away"))
        self._says.setProperty("leaving", True)

    def _begun(self) -> list[EveningRow]:
        return [row for row in self.rows if row.is_begun()]

    def _at(self) -> datetime:
        back = int(self.day.currentData())
        now = self._desk.clock.now()
        return datetime.combine(now.date() - timedelta(days=back), EVENING) if back else now

    def _keep(self) -> None:
        """Hand the lines over; a line for nobody is asked for first, and nothing is kept until then."""
        found = [(row, row.said(self._at())) for row in self._begun()]
        missing = next((row for row, line in found if line is None), None)
        if missing is not None:
            self._say(_("For whom? Type a name"))
            missing.customer.setFocus()
        elif found:
            self.lines = [line for _row, line in found if line is not None]
            self.accept()

    def _say(self, text: str) -> None:
        self._says.setText(text)
        self._says.show()

    def _add_row(self) -> None:
        row = EveningRow(self._desk, self._inside)
        row.happened_on(self._at().date())
        place = len(self.rows) + 1  # below the headings
        for column, field in enumerate(row.fields()):
            self._table.addWidget(field, place, column)
        row.left.connect(row.text.setFocus)
        row.done.connect(partial(self._go_on, len(self.rows)))
        row.begun.connect(self._count)
        self.rows.append(row)

    def _read_anew(self) -> None:
        for row in self.rows:
            row.happened_on(self._at().date())

    def _go_on(self, number: int) -> None:
        """From the end of a line to the next name."""
        if number + 1 == len(self.rows):
            self._add_row()
        self.rows[number + 1].customer.setFocus()

    def _count(self) -> None:
        count = len(self._begun())
        self.keep.setText(_("Keep {count} lines").format(count=count) if count else _("Keep"))
        self.keep.setEnabled(bool(count) and self._desk.editable)
        self._says.hide()
        self._says.setProperty("leaving", False)
        if self.rows[-1].is_begun():
            self._add_row()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        whose = QLabel(_("What happened on"), self)
        top.addWidget(whose)
        top.addWidget(self.day)
        hint = text_label(self, "small", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        hint.setText(_("A name, Enter, what was said, Enter. A day in the line becomes the next one"))
        top.addWidget(hint, 1)
        self._inside = QWidget(self)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._table)
        inside.addStretch(1)
        self._table.setHorizontalSpacing(8)
        self._table.setVerticalSpacing(8)
        names = (_("Customer"), _("How"), _("What was said"), _("Result"), _("Next"))
        for column, (name, share) in enumerate(zip(names, SHARES, strict=True)):
            head = text_label(self._inside, "small")
            head.setText(name)
            self._table.addWidget(head, 0, column)
            self._table.setColumnStretch(column, share)
        scroll = QScrollArea(self)
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(24, 20, 24, 16)
        column_of.setSpacing(12)
        column_of.addLayout(top)
        column_of.addWidget(scroll, 1)
        column_of.addWidget(self._says)
        column_of.addLayout(verb_row(self, self.keep, self._cancel))
