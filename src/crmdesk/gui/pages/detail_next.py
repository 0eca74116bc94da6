"""The next step of a customer: what is due, done with one button or moved to another day."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.next_date import offer_days
from crmdesk.gui.widgets.pieces import MenuButton, button, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.care_sentences import due_text
from crmdesk.words.labels import label

_LINK_PAD: Final = 2  # pixels above the words of a link, by the style sheet


def next_text(card: CustomerCard, today: date, *, presenting: bool = False) -> str:
    """The next step in words: when and what; that it is to win them back is not said before them."""
    due = card.next_follow_up
    if due is None:
        stopped = card.standing.stopped_on
        return _("Not followed since {day}").format(day=stopped.isoformat()) if stopped else _("Nothing planned")
    when = formats.ago(due.due_on, today)
    if due.due_on < today:
        when = _("{days} overdue").format(days=formats.days((today - due.due_on).days))
    about = due_text(due, presenting=presenting) if due.summary else ""
    what = about or label("interaction", due.kind)
    more = _("and {count} more").format(count=len(card.follow_ups) - 1) if len(card.follow_ups) > 1 else ""
    return " · ".join(part for part in (when, what, more) if part)


class NextStep(QWidget):
    """What is next in a line or two, with its verbs."""

    completed = Signal()
    moved = Signal(object)  # date
    planned = Signal(object)  # date: nothing was planned before
    resumed = Signal()
    dropped = Signal(object)  # id of the follow-up that is not to come; a signal's int has 32 bits

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("next_step")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._heading = text_label(self, "muted")
        # What is due may be a sentence: cut in one line it would hide what was promised.
        self._text = text_label(self, "", "next_text", wrap=True)
        self._done = button(self, "next_done", self.completed.emit, "link")
        self._move = MenuButton(self, "next_move", self._offer, "link")
        self._resume = button(self, "next_resume", self.resumed.emit, "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words in (self._heading, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            words.setContentsMargins(0, _LINK_PAD, 0, 0)  # on one line with the verbs, however many lines it takes
        row.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        for verb in (self._done, self._move, self._resume):
            row.addWidget(verb, 0, Qt.AlignmentFlag.AlignTop)

    def show_card(self, card: CustomerCard) -> None:
        """Show a customer's next step."""
        self._card = card
        self.retranslate()

    def text(self) -> str:
        """The line without its heading."""
        return self._text.text()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Next step"))
        self._done.setText(_("Complete"))
        self._resume.setText(_("Follow again"))
        card = self._card
        if card is None:
            return
        due, stopped = card.next_follow_up, card.standing.stopped_on is not None
        self._text.setText(next_text(card, self._desk.today, presenting=self._desk.presenting))
        self._text.setProperty("role", "red" if due and due.promise and due.due_on < self._desk.today else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._move.say(_("Reschedule") if due else _("Plan"))
        self._done.setVisible(due is not None)
        self._move.setVisible(not stopped or due is not None)
        self._resume.setVisible(stopped and due is None)

    def _offer(self, menu: QMenu) -> None:
        due = self._card.next_follow_up if self._card else None
        offer_days(menu, self._desk, self._take, due.due_on if due else None)
        if due is not None:
            drop = menu.addAction(_("Delete this follow-up"))
            drop.triggered.connect(lambda _checked=False: self.dropped.emit(due.id))

    def _take(self, day: date | None) -> None:
        if day is None or self._card is None:
            return
        (self.moved if self._card.next_follow_up else self.planned).emit(day)
