"""Overruling an exclusion: the reason is kept, and asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.dialogs.until_field import UntilField
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import passports
from crmdesk.words.policies import exclusion_name


class ReasonForm(SmallForm):
    """A reason, and until when it holds. The verb waits for the reason."""

    def __init__(self, title: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__("reason_form", title, _("Save"), parent)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(_("Opens three more shops in spring"))
        self._until = UntilField(None, today, self)
        self.add_row(_("Reason"), self._reason, "overrule_reason")
        self.add_row(_("Holds"), self._until, "overrule_until")
        self._reason.textChanged.connect(self.check)
        self.check()

    def complete(self) -> bool:
        """A reason is needed: nobody remembers it later."""
        return bool(self.reason())

    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.text().strip()

    def until(self) -> date | None:
        """The last day it holds; None: until it is taken back."""
        return self._until.until()


def ask_to_overrule(desk: Desk, parent: QWidget, customer_id: int, exclusion: str) -> None:
    """Ask why a customer may be a key account all the same, and keep it as one step."""
    title = _("Overrule: {what}").format(what=exclusion_name(exclusion))
    form = ReasonForm(title, desk.today, parent)
    if desk.prompts.run(form):
        reason, until = form.reason(), form.until()
        act(desk, lambda db: passports.waive(db, customer_id, exclusion, reason, until))
