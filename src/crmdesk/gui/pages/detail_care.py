"""What keeps a customer, in one column of its card: win-back, what ends, satisfaction, complaints."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.detail_cases import Cases
from crmdesk.gui.pages.detail_renewals import RenewalSection
from crmdesk.gui.pages.detail_satisfaction import SatisfactionSection
from crmdesk.gui.pages.detail_win_back import WinBackSection


class Care(QWidget):
    """Each part is there while it has something to say; with none of them the whole is gone."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("care")
        self._desk = desk
        self.win_back = WinBackSection(desk, self)
        self.renewals = RenewalSection(desk, self)
        self.satisfaction = SatisfactionSection(desk, self)
        self.cases = Cases(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in self.parts():
            column.addWidget(part)
            part.filled.connect(self._show_or_hide)
        self.hide()

    def parts(self) -> tuple[WinBackSection, RenewalSection, SatisfactionSection, Cases]:
        """From top to bottom."""
        return self.win_back, self.renewals, self.satisfaction, self.cases

    def show_card(self, card: CustomerCard) -> None:
        """Read and show what there is of the card's customer."""
        for part in self.parts():
            part.show_customer(card.customer.id, card.figures.stage)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        # Winning back, complaints, satisfaction: notes to oneself, not for who looks on.
        self.setVisible(not self._desk.presenting and not all(part.isHidden() for part in self.parts()))
