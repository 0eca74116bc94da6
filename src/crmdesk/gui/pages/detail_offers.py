"""优惠 in a card: what holds until when, what was used, and how the newest offer did with everybody."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from crmdesk.domain.offer import LAPSED, Offer, OfferRate, OfferState, rate_of
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.patience import while_there
from crmdesk.i18n import _
from crmdesk.operations import offers
from crmdesk.words.offers import offer_rate_text, offer_text

SHOWN: Final = 3


class OfferSection(CardSection):
    """There for whom something was offered; offers of attempts to win back stand with those."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("offers", desk, parent)
        self._found: tuple[OfferState, ...] = ()
        self._rates: tuple[OfferRate, ...] = ()

    def read(self) -> None:
        """The offers; how they did with everybody is asked for where nobody waits for it."""
        found = self._desk.read(offers.offers_of, self._customer)
        self._found = tuple(one for one in found if not one.offer.won_back)
        if self._found:
            self._ask_rates()

    def heading(self) -> str:
        """优惠."""
        return _("Offers")

    def fill(self) -> None:
        """The newest, each with what came of it; then how the newest did so far."""
        for one in self._found[:SHOWN]:
            verbs: list[Verb] = [
                (_("Change…"), partial(self._change, one.offer)),
                (_("Delete"), partial(self._delete, one.offer.id)),
            ]
            role = "muted" if one.state == LAPSED else ""
            self.add_line_with_menu(
                offer_text(one, self._desk.today), role, _("Change"), verbs, f"offer_{one.offer.id}"
            )
        told = offer_rate_text(rate_of(self._rates, self._found[0].offer.text)) if self._found else ""
        if told:
            self.add_line(_("{plan}: {told}").format(plan=self._found[0].offer.text, told=told), "small")

    def _ask_rates(self) -> None:
        database = self._desk.database

        def arrived(found: tuple[OfferRate, ...]) -> None:
            if found != self._rates:  # they are everybody's: the next card mostly finds them as they were
                self._rates = found
                self.retranslate()
                self.filled.emit()

        told = while_there(self, arrived)
        self._desk.run(lambda _progress: offers.offer_rates(database), done=told, failed=lambda _error: None)

    def _change(self, offer: Offer) -> None:
        from crmdesk.gui.dialogs.offer_form import ask_to_change

        ask_to_change(self._desk, self, offer)

    def _delete(self, offer: int) -> None:
        act(self._desk, lambda db: offers.delete_offer(db, offer))
