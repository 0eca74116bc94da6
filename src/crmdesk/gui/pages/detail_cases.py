"""售后投诉 in a card: what is still open, with its verb, and how many were closed. Not there without any."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.domain.case import Case
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection
from crmdesk.i18n import _
from crmdesk.operations import cases
from crmdesk.words import formats


class Cases(CardSection):
    """A line per open case."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("cases", desk, parent)
        self._found: tuple[Case, ...] = ()

    def read(self) -> None:
        """The cases."""
        self._found = self._desk.read(cases.cases_of, self._customer)

    def heading(self) -> str:
        """售后投诉."""
        return _("Complaints and service")

    def fill(self) -> None:
        """The open ones, then how many are closed."""
        for case in self._found:
            if case.closed_on is None:
                text = f"{formats.short_day(case.opened_on, self._desk.today)}  {case.cause}"
                self.add_line(text, link=(_("Close it…"), partial(self._close, case)), name=f"close_case_{case.id}")
        closed = sum(case.closed_on is not None for case in self._found)
        if closed:
            self.add_line(_("Closed: {count}").format(count=closed), "small")

    def _close(self, case: Case) -> None:
        from crmdesk.gui.dialogs.case_forms import ask_to_close

        ask_to_close(self._desk, self, case)
