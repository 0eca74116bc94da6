"""介绍 in a card: who brought this customer, and whom it brought with what that came to."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.referral import Brought, Referrals
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.operations import referrals
from crmdesk.words import formats
from crmdesk.words.conversion import brought_sentence, stranger_sentence

SHOWN: Final = 3  # of those who were brought, the most valuable


class ReferralSection(CardSection):
    """There for who was brought, and for who brought somebody."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("referrals", desk, parent)
        self._found = Referrals()

    def read(self) -> None:
        """Who brought whom."""
        self._found = self._desk.read(referrals.referrals_of, self._customer)

    def heading(self) -> str:
        """介绍."""
        return _("Referrals")

    def fill(self) -> None:
        """Who brought this one, then whom it brought."""
        found = self._found
        if found.referrer is not None:
            number, name = found.referrer
            there = button(self, "show_referrer", lambda: self._desk.customer_wanted.emit(number), "link")
            there.setText(_("Brought by {name}").format(name=name))
            self._add_row(there, QWidget(self), self._change(_("Change…")))
        elif found.word:
            self._add_row(self._said(stranger_sentence(found)), self._change(_("Say who…")))
        if found.brought:
            there = button(self, "show_brought", self._show_brought, "link")
            there.setText(brought_sentence(found))
            self._add_row(there, QWidget(self))
            more = len(found.brought) - SHOWN
            told = [
                *map(_told, found.brought[:SHOWN]),
                *([_("{count} other customers").format(count=more)] if more > 0 else []),
            ]
            self.add_line(" · ".join(told), "small")

    def _said(self, text: str) -> QWidget:
        label = text_label(self, wrap=True)
        label.setText(text)
        return label

    def _change(self, text: str) -> QWidget:
        verb = button(self, "change_referrer", self._ask, "link")
        verb.setText(text)
        return verb

    def _add_row(self, first: QWidget, *rest: QWidget) -> None:
        """Parts side by side; a text, or nothing, takes the room that is left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (first, *rest):
            row.addWidget(part, int(isinstance(part, QLabel) or type(part) is QWidget))
        self._lines.addLayout(row)

    def _ask(self) -> None:
        from crmdesk.gui.dialogs.referrer_form import ask_referrer

        if self._desk.editable:
            ask_referrer(self._desk, self, self._customer)

    def _show_brought(self) -> None:
        ids = tuple(one.customer_id for one in self._found.brought)
        self._desk.customers_wanted.emit(CustomerQuery(ids=ids, sort=(("order_total", True),)))


def _told(one: Brought) -> str:
    if one.money:
        return f"{one.name} {formats.money(one.money)}"
    return one.name if one.bought else _("{name} did not buy yet").format(name=one.name)
