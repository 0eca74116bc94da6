"""The card beside the list: what it needs is loaded by a job, then it is built and filled in moments of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk

if TYPE_CHECKING:
    from crmdesk.gui.pages.detail import DetailPanel
    from crmdesk.gui.pages.note_box import Note


class CardBeside(QWidget):
    """The room for the card. `chosen()` gives whom the list has chosen; the page and its tabs share `drafts`."""

    left = Signal()  # Esc in the note box
    tab_wanted = Signal(object)  # id

    def __init__(self, desk: Desk, chosen: Callable[[], int | None], drafts: dict[int, Note], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._chosen, self._drafts = desk, chosen, drafts
        self.built: DetailPanel | None = None
        self.setMinimumWidth(380)
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)

    def card(self) -> DetailPanel:
        """The card, filled; built at once where nobody has built it yet."""
        card = self._build()
        chosen = self._chosen()
        if chosen is not None and card.customer_id() is None:
            card.show_customer(chosen)
        return card

    @property
    def filled(self) -> bool:
        """Whether a customer stands there."""
        return self.built is not None and self.built.customer_id() is not None

    def bring(self) -> None:
        """Bring the card of whom the list has chosen; the libraries for it are loaded where no click waits for them."""
        chosen, database = self._chosen(), self._desk.database
        if chosen is not None:
            self._desk.run(
                lambda _progress: _first_card(database, chosen),
                done=lambda _card: self._take(),
                failed=lambda _error: self._take(),
            )

    def _take(self) -> None:
        if self._desk.database is not None:
            self._build()
            QTimer.singleShot(0, self, self._fill)

    def _fill(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._desk.database is not None:
            self.card().show_customer(chosen)

    def _build(self) -> DetailPanel:
        if self.built is None:
            from crmdesk.gui.pages.detail import DetailPanel

            self.built = DetailPanel(self._desk, self, drafts=self._drafts)
            self._room.addWidget(self.built)
            self.built.left.connect(self.left)
            self.built.tab_wanted.connect(self.tab_wanted)
        return self.built


def _first_card(database: Any, customer_id: int) -> object:  # noqa: ANN401 -- see Desk.database
    import crmdesk.gui.pages.detail  # noqa: F401 -- loaded here, not while the window waits
    from crmdesk.operations import customers

    return customers.customer_card(database, customer_id)
