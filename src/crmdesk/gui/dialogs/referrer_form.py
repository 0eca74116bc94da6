"""介绍人: who brought a customer; found by typing, or a name that stands in no list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.domain.referral import Referrals
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.widgets.customer_field import CustomerField
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import referrals
from crmdesk.words.labels import field_label


class ReferrerForm(SmallForm):
    """One field; emptied, nobody brought them."""

    def __init__(self, desk: Desk, customer_id: int, known: Referrals, parent: QWidget | None = None) -> None:
        super().__init__("referrer_form", _("Who brought them"), _("Save"), parent)
        self._customer = customer_id
        self._who = CustomerField(desk, self)
        if known.referrer is not None:
            self._who.set_customer(*known.referrer)
        else:
            self._who.setText(known.word)
        self.add_row(field_label("referred_by"), self._who, "referrer")
        hint = text_label(self, "muted", "referrer_hint", wrap=True)
        hint.setText(_("Somebody who is no customer: just write the name"))
        self._rows.addRow("", hint)
        self._who.chosen.connect(self.check)

    def complete(self) -> bool:
        """Nobody brought himself."""
        return self._who.customer_id() != self._customer

    def word(self) -> str:
        """The name as typed."""
        return self._who.text().strip()

    def referrer_id(self) -> int | None:
        """The customer that was picked; None for a name alone."""
        return self._who.customer_id() if self.word() else None


def ask_referrer(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask who brought a customer, and keep it as one step."""
    form = ReferrerForm(desk, customer_id, desk.read(referrals.referrals_of, customer_id), parent)
    if desk.prompts.run(form):
        word, referrer = form.word(), form.referrer_id()
        act(desk, lambda db: referrals.set_referrer(db, customer_id, word, referrer))
