"""礼物 in a card: what was given lately, and what a year of it came to."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from crmdesk.domain.gift import Gift, cost_of
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import gifts
from crmdesk.words.effort import gift_text, gifts_text

SHOWN: Final = 3  # the newest; what they came to tells of the others


class GiftSection(CardSection):
    """There once something was given."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("gifts", desk, parent)
        self._found: tuple[Gift, ...] = ()

    def read(self) -> None:
        """What was given."""
        self._found = self._desk.read(gifts.gifts_of, self._customer)

    def heading(self) -> str:
        """礼物."""
        return _("Gifts")

    def fill(self) -> None:
        """The newest, then a year's sum."""
        for gift in self._found[:SHOWN]:
            verbs: list[Verb] = [
                (_("Change…"), partial(self._change, gift)),
                (_("Delete"), partial(self._delete, gift)),
            ]
            self.add_line_with_menu(gift_text(gift, self._desk.today), "", _("Change"), verbs, f"gift_{gift.id}")
        told = gifts_text(*cost_of(self._found, self._desk.today))
        if told and len(self._found) > 1:
            self.add_line(told, "small")

    def _change(self, gift: Gift) -> None:
        from crmdesk.gui.dialogs.gift_form import ask_to_change

        ask_to_change(self._desk, self, gift)

    def _delete(self, gift: Gift) -> None:
        act(self._desk, lambda db: gifts.delete_gift(db, gift.id))
