"""像谁 ▸: for a prospect or new customer the past customers most like, and what became of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import is_busy, when_free, while_there
from crmdesk.gui.widgets.pieces import Elided, button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing, say

if TYPE_CHECKING:
    from crmdesk.domain.look_alike import Alike, LookAlike
    from crmdesk.progress import Progress

SHOWN: Final = 5
STILL_NEW: Final = 1  # purchase days up to which others tell more than the customer's own history


class WhoLike(QWidget):
    """A line that opens. It asks only once it is open, and is not there where there is nobody to be like."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alike")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._found: LookAlike | Phrase | None = None
        self._asked = 0
        self._open = False
        self._toggle = button(self, "alike_toggle", self._flip, "link")
        self._body = QWidget(self)
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 4)
        self._lines.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(self._toggle)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._body)
        self._body.hide()

    def show_card(self, card: CustomerCard) -> None:
        """Show the line where it has something to say."""
        if self._card is None or card.customer.id != self._card.customer.id:
            self._found = None
        self._card = card
        tells = self._tells(card)
        self.setVisible(tells)
        if tells and self._open:
            self._ask()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._toggle.setText(_("Who is this like") + (" ▾" if self._open else " ▸"))
        clear_layout(self._lines)
        if self._found is None:
            return
        from crmdesk.words.look_alike import look_alike_phrases

        phrases = [self._found] if isinstance(self._found, Phrase) else look_alike_phrases(self._found)
        for phrase in phrases:
            told = text_label(self._body, wrap=True)
            told.setText(say(phrase))
            self._lines.addWidget(told)
        for one in () if isinstance(self._found, Phrase) else self._found.alike[:SHOWN]:
            self._add_alike(one)
        verb = button(self._body, "alike_first_talk", self._ask_first_talk, "link")
        verb.setText(_("Note the first talk…"))
        self._lines.addWidget(self._row(verb, QWidget(self._body)))

    def _tells(self, card: CustomerCard) -> bool:
        if self._desk.presenting or (card.figures.purchase_days or 0) > STILL_NEW:
            return False  # it names others; and somebody who comes tells enough himself
        from crmdesk.operations.look_alike import can_compare

        try:
            return self._desk.read(can_compare)
        except Refused:
            return False  # a step is being saved; the card is read again after it

    def _flip(self) -> None:
        self._open = not self._open
        self._body.setVisible(self._open)
        if self._open:
            self._ask()
        self.retranslate()

    def _ask(self) -> None:
        card, database = self._card, self._desk.database
        if card is None:
            return
        self._asked += 1
        asked, customer_id = self._asked, card.customer.id

        def work(_progress: Progress) -> LookAlike | Phrase:
            from crmdesk.operations.look_alike import look_alike

            try:
                return look_alike(database, customer_id)
            except Refused as refusal:
                if is_busy(refusal):
                    raise
                return refusal.phrase

        def arrived(found: LookAlike | Phrase) -> None:
            if asked == self._asked:
                self._found = found
                self.retranslate()

        self._desk.run(work, done=while_there(self, arrived))

    def _add_alike(self, one: Alike) -> None:
        from crmdesk.words.look_alike import trait_label

        name = button(self._body, f"alike_{one.customer_id}", partial(self._show, one.customer_id), "link")
        name.setText(one.name)
        came = one_thing(_("came {count} times").format(count=one.purchase_days)) if one.purchase_days else ""
        shared = _(", ").join(map(trait_label, one.shared))
        parts = [formats.percent(one.likeness), label("stage", one.stage), came, shared]
        about = Elided(self._body)
        about.setProperty("role", "small")
        about.set_full(" · ".join(filter(None, parts)))
        self._lines.addWidget(self._row(name, about))

    def _row(self, verb: QWidget, beside: QWidget) -> QWidget:
        holder = QWidget(self._body)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(verb)
        row.addWidget(beside, 1)
        return holder

    def _show(self, customer_id: int) -> None:
        self._desk.customer_wanted.emit(customer_id)

    def _ask_first_talk(self) -> None:
        card = self._card
        if card is not None:
            when_free(self, lambda: self._first_talk(card))

    def _first_talk(self, card: CustomerCard) -> None:
        from crmdesk.gui.dialogs.first_contact import ask_first_contact

        ask_first_contact(self._desk, self, card.customer.id, card.customer.name)
