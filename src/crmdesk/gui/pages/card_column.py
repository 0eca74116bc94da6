"""Parts of a card below each other: what wins a customer, or what keeps one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection

Section = TypeVar("Section", bound=CardSection)


class CardColumn(QWidget):
    """Each part is there while it has something to say; with none of them the whole is gone."""

    def __init__(
        self, name: str, desk: Desk, parent: QWidget, kinds: Sequence[Callable[[Desk, QWidget], CardSection]]
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._desk = desk
        self._parts: dict[type[CardSection], CardSection] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for kind in kinds:
            part = kind(desk, self)
            self._parts[type(part)] = part
            column.addWidget(part)
            part.filled.connect(self._show_or_hide)
        self.hide()

    def part(self, kind: type[Section]) -> Section:
        """The part of a kind. Raises KeyError for one that was not handed in."""
        part = self._parts[kind]
        assert isinstance(part, kind)
        return part

    def show_card(self, card: CustomerCard) -> None:
        """Read and show what there is of the card's customer."""
        for part in self._parts.values():
            part.show_customer(card.customer.id, card.figures.stage)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        # Offers, complaints, who brought whom: notes to oneself, not for who looks on.
        silent = all(part.isHidden() for part in self._parts.values())
        self.setVisible(not self._desk.presenting and not silent)
