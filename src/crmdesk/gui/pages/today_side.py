"""The room for the card on 今天: the rows are painted first, the card is built in an idle moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk

if TYPE_CHECKING:
    from crmdesk.domain.attention import TodayItem
    from crmdesk.gui.pages.note_box import Note
    from crmdesk.gui.pages.today_card import TodayCard


class TodaySide(QWidget):
    """Hands on what the card tells, from the moment there is one. `chosen()` gives whom the list has chosen."""

    saved = Signal(object, object)  # TodayItem, Note
    opened = Signal(object)  # TodayItem
    moved = Signal(int)  # rows up or down
    left = Signal()  # back to the list

    def __init__(self, desk: Desk, chosen: Callable[[], TodayItem | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._chosen = desk, chosen
        self._way_back = False
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        # Its note box, its timeline and every sentence they say take as long to load as the window itself.
        self.card = desk.idle.later(self._build, "crmdesk.gui.pages.today_card")

    def show_item(self, item: TodayItem | None) -> None:
        """Show a customer's card."""
        if self.card.built:
            self.card().show_item(item)

    def offer_way_back(self, on: bool) -> None:
        """Show the button that leads back to the list."""
        self._way_back = on
        if self.card.built:
            self.card().offer_way_back(on)

    def retranslate(self) -> None:
        """Put the texts again."""
        if self.card.built:
            self.card().retranslate()

    def drafts(self) -> dict[int, Note]:
        """Notes begun and not saved, by customer."""
        return self.card().drafts() if self.card.built else {}

    def _build(self) -> TodayCard:
        from crmdesk.gui.pages.today_card import TodayCard

        card = TodayCard(self._desk, self)
        self._room.addWidget(card)
        card.saved.connect(self.saved)
        card.opened.connect(self.opened)
        card.left.connect(self.left)
        card.note.left.connect(self.left)
        card.note.moved.connect(self.moved)
        card.offer_way_back(self._way_back)
        card.show_item(self._chosen())
        return card
