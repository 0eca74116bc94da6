"""What wins a customer, in one column of its card: the talks before an order, and who brought whom."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection
from crmdesk.gui.pages.detail_referrals import ReferralSection
from crmdesk.gui.pages.detail_talks import TalkSection


class Won(QWidget):
    """Each part is there while it has something to say; with none of them the whole is gone."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("won")
        self._desk = desk
        self.talks = TalkSection(desk, self)
        self.referrals = ReferralSection(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in self.parts():
            column.addWidget(part)
            part.filled.connect(self._show_or_hide)
        self.hide()

    def parts(self) -> tuple[CardSection, ...]:
        """From top to bottom."""
        return self.talks, self.referrals

    def show_card(self, card: CustomerCard) -> None:
        """Read and show what there is of the card's customer."""
        for part in self.parts():
            part.show_customer(card.customer.id, card.figures.stage)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        # It names who brought whom, and what was offered: not while somebody looks on.
        self.setVisible(not self._desk.presenting and not all(part.isHidden() for part in self.parts()))
