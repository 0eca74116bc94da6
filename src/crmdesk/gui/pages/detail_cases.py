"""售后投诉 in a card: what is still open, with its verb, and how many were closed. Not there without any."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.case import Case
from crmdesk.domain.phrase import Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.operations import cases
from crmdesk.words import formats


class Cases(QWidget):
    """A line per open case."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cases")
        self._desk = desk
        self._found: tuple[Case, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def show_customer(self, customer_id: int) -> None:
        """Read and show a customer's cases; what others complain of is nobody's business while presenting."""
        try:
            self._found = self._desk.read(cases.cases_of, customer_id)
        except Refused:
            return  # a step is being saved; the card is read again after it
        self.setVisible(bool(self._found) and not self._desk.presenting)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        clear_layout(self._lines)
        heading = text_label(self, "heading")
        heading.setText(_("Complaints and service"))
        self._lines.addWidget(heading)
        for case in self._found:
            if case.closed_on is None:
                self._add_open(case)
        closed = sum(case.closed_on is not None for case in self._found)
        if closed:
            told = text_label(self, "small", "cases_closed")
            told.setText(_("Closed: {count}").format(count=closed))
            self._lines.addWidget(told)

    def _add_open(self, case: Case) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        what = text_label(self, "", wrap=True)
        what.setText(f"{formats.short_day(case.opened_on, self._desk.today)}  {case.cause}")
        verb = button(self, f"close_case_{case.id}", partial(self._close, case), "link")
        verb.setText(_("Close it…"))
        row.addWidget(what, 1)
        row.addWidget(verb)
        self._lines.addLayout(row)

    def _close(self, case: Case) -> None:
        from crmdesk.gui.dialogs.case_forms import ask_to_close

        if self._desk.editable:
            ask_to_close(self._desk, self, case)
