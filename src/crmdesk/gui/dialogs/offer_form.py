"""优惠: what is offered, until when; how the same offer did so far stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from crmdesk.domain.offer import Offer, OfferRate, rate_of
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.dialogs.until_field import UntilField
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.patience import while_there
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import offers
from crmdesk.words.offers import offer_rate_text

USUAL: Final = timedelta(days=30)


class OfferForm(SmallForm):
    """The words, the day it was made, the last day it holds. Words used before are completed."""

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__("offer_form", _("Offer"), _("Save"), parent)
        self._before = offer
        self._rates: Sequence[OfferRate] = ()
        self._text = QLineEdit(offer.text, self)
        self._text.setPlaceholderText(_("50 off from 500"))
        self._rate = text_label(self, "small", "offer_rate", wrap=True)
        self._until = UntilField(offer.until, offer.given_on, self)
        self._day = date_field(self, offer.given_on)
        self.add_row(_("What is offered"), self._text, "offer_text")
        self._rows.addRow("", self._rate)
        self.add_row(_("Offer holds"), self._until, "offer_until")
        self.add_row(_("Made on"), self._day, "offer_day")
        self._text.textChanged.connect(self._show_rate)
        self._text.textChanged.connect(self.check)
        self._day.dateChanged.connect(self.check)
        self._show_rate()
        self.check()

    def complete(self) -> bool:
        """Words, and an end that is not before the beginning."""
        until = self._until.until()
        return bool(self._text.text().strip()) and (until is None or until >= field_date(self._day))

    def offer(self) -> Offer:
        """As it stands now."""
        text = self._text.text().strip()
        return replace(self._before, text=text, until=self._until.until(), given_on=field_date(self._day))

    def show_rates(self, rates: Sequence[OfferRate]) -> None:
        """Tell how offers did."""
        self._rates = rates
        completer = QCompleter([rate.text for rate in rates], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._text.setCompleter(completer)
        self._show_rate()

    def _show_rate(self, _text: str = "") -> None:
        told = offer_rate_text(rate_of(self._rates, self._text.text()))
        self._rate.setText(told)
        self._rows.setRowVisible(self._rate, bool(told))


def ask_offer(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask what is offered, and keep it as one step. A month is proposed: an offer without an end presses nobody."""
    form = OfferForm(Offer(customer_id, "", desk.today, desk.today + USUAL), parent)
    _fetch_rates(desk, form)
    if desk.prompts.run(form):
        offer = form.offer()
        act(desk, lambda db: offers.make_offer(db, offer))


def ask_to_change(desk: Desk, parent: QWidget, offer: Offer) -> None:
    """Put it right, as one step."""
    form = OfferForm(offer, parent)
    _fetch_rates(desk, form)
    if desk.prompts.run(form):
        changed = form.offer()
        act(desk, lambda db: offers.change_offer(db, changed))


def _fetch_rates(desk: Desk, form: OfferForm) -> None:
    """They are made of all offers there ever were: the form does not wait for them."""
    database = desk.database
    told = while_there(form, form.show_rates)
    desk.run(lambda _progress: offers.offer_rates(database), done=told, failed=lambda _error: None)
