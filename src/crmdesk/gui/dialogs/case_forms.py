"""售后投诉: noting a complaint or a request, and closing it with what was done."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.domain.case import Case
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import cases

_SATISFIED = (None, True, False)


class CaseForm(SmallForm):
    """What kind, and what happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("case_form", _("Note a complaint"), _("Save"), parent)
        self._cause, self._kind = QLineEdit(self), QComboBox(self)
        self._cause.setPlaceholderText(_("One bag was missing"))
        for code, text in (("complaint", _("Complaint")), ("service", _("Service request"))):
            self._kind.addItem(text, code)
        self.add_row(_("What happened"), self._cause, "case_cause")
        self.add_row(_("Kind"), self._kind, "case_kind")
        self._cause.textChanged.connect(self.check)
        self.check()

    def complete(self) -> bool:
        """Without a word on what happened nobody can put it right."""
        return bool(self.cause())

    def cause(self) -> str:
        """What happened."""
        return self._cause.text().strip()

    def kind(self) -> str:
        """complaint or service."""
        return str(self._kind.currentData())


class CloseCaseForm(SmallForm):
    """What was done, and whether the customer was satisfied."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__("close_case_form", _("Close: {cause}").format(cause=case.cause), _("Close it"), parent)
        self._action, self._satisfied = QLineEdit(self), QComboBox(self)
        self._action.setPlaceholderText(_("Brought the missing bag"))
        self._satisfied.addItems([_("Not asked"), _("Satisfied"), _("Not satisfied")])
        self.add_row(_("What was done"), self._action, "case_action")
        self.add_row(_("The customer"), self._satisfied, "case_satisfied")

    def action(self) -> str:
        """What was done."""
        return self._action.text().strip()

    def satisfied(self) -> bool | None:
        """None: not asked."""
        return _SATISFIED[self._satisfied.currentIndex()]


def ask_case(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask what happened and keep it as one step."""
    form = CaseForm(parent)
    if desk.prompts.run(form):
        cause, kind = form.cause(), form.kind()
        act(desk, lambda db: cases.open_case(db, customer_id, cause, kind=kind))


def ask_to_close(desk: Desk, parent: QWidget, case: Case) -> None:
    """Ask what was done and close the case as one step."""
    form = CloseCaseForm(case, parent)
    if desk.prompts.run(form):
        action, satisfied = form.action(), form.satisfied()
        act(desk, lambda db: cases.close_case(db, case.id, action, satisfied=satisfied))
