"""A customer's card: next step and note box on top, then why, rhythm, facts and the timeline."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_column import CardColumn
from crmdesk.gui.pages.deeds import CardDeeds, completed_by
from crmdesk.gui.pages.detail_add import AddMenu
from crmdesk.gui.pages.detail_alike import WhoLike
from crmdesk.gui.pages.detail_cases import Cases
from crmdesk.gui.pages.detail_facts import Facts
from crmdesk.gui.pages.detail_gifts import GiftSection
from crmdesk.gui.pages.detail_head import DetailHead
from crmdesk.gui.pages.detail_next import NextStep
from crmdesk.gui.pages.detail_offers import OfferSection
from crmdesk.gui.pages.detail_plan import PlanSection
from crmdesk.gui.pages.detail_referrals import ReferralSection
from crmdesk.gui.pages.detail_renewals import RenewalSection
from crmdesk.gui.pages.detail_satisfaction import SatisfactionSection
from crmdesk.gui.pages.detail_talks import TalkSection
from crmdesk.gui.pages.detail_why import Why
from crmdesk.gui.pages.detail_win_back import WinBackSection
from crmdesk.gui.pages.note_box import Note, NoteBox
from crmdesk.gui.pages.rhythm_strip import RhythmStrip
from crmdesk.gui.pages.timeline import Timeline, told_openly
from crmdesk.gui.pages.timeline_deeds import TimelineDeeds
from crmdesk.gui.patience import AGAIN, is_busy, when_free
from crmdesk.gui.room import HoldsHeight, lines
from crmdesk.gui.widgets.pieces import line, text_label
from crmdesk.i18n import _
from crmdesk.operations import customers, tiers

if TYPE_CHECKING:
    from crmdesk.gui.pages.detail_things import Things

WON: Final = (TalkSection, PlanSection, ReferralSection)  # what wins a customer, from the talks before an order on
CARE: Final = (WinBackSection, OfferSection, RenewalSection, SatisfactionSection, GiftSection, Cases)  # what keeps one
LOWEST_BODY: Final = 6  # lines of reasons and facts; in a lower window the page scrolls


class DetailPanel(HoldsHeight):
    """The card of one customer, beside the list or in a tab of its own."""

    left = Signal()  # Esc in the note box
    tab_wanted = Signal(object)  # id

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, own_tab: bool = False, drafts: dict[int, Note] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setProperty("card", True)
        self.setMinimumWidth(380)
        self._desk = desk
        self._id: int | None = None
        self._card: CustomerCard | None = None
        self._as_of = (desk.today, True)
        self._drafts: dict[int, Note] = {} if drafts is None else drafts
        self._deeds = CardDeeds(desk)
        # Each part begins where it will stand: moved later, it would be styled a second time with all it holds.
        self._top, self._scroll = QWidget(self), QScrollArea(self)
        self._body = QWidget(self._scroll)
        self._scroll.setWidget(self._body)
        self.head = DetailHead(desk, self._top, own_tab=own_tab)
        self.next_step = NextStep(desk, self._top)
        self.note = NoteBox(desk, self._top)
        self._nobody = text_label(self, "muted", "detail_nobody")
        self._adder = AddMenu(self._body)
        self.why = Why(desk, self._body)
        self.alike = WhoLike(desk, self._body)
        self.won = CardColumn("won", desk, self._body, WON)
        self.care = CardColumn("care", desk, self._body, CARE)
        self.strip = RhythmStrip(self._body)
        self._strip_heading = text_label(self._body, "heading")
        self.facts = Facts(self._body, self._adder)
        self.timeline = Timeline(self._body)
        self._lay_out(wide=own_tab)
        self._connect()
        self.retranslate()
        self._show_nobody()
        self._allow(desk.editable)

    def customer_id(self) -> int | None:
        """Whose card is shown."""
        return self._id

    def customer_name(self) -> str:
        """The customer's name."""
        customer = self._card.customer if self._card else None
        return (customer.name or customer.code) if customer else ""

    def show_customer(self, customer_id: int) -> None:
        """Show a customer; a text begun for the one before is kept."""
        if customer_id != self._id:
            self.keep_draft()
            self._id = customer_id
            self._read(start=True)

    def refresh(self, changes: Changes | None) -> None:
        """Read the card anew where the step touched this customer."""
        touched = changes is None or changes.customers is None or self._id in changes.customers
        if self._id is not None and touched:
            self._read(start=False)

    def focus_note(self) -> None:
        """Go to the note box."""
        self.note.edit.setFocus()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._nobody.setText(_("Choose a customer"))
        self._strip_heading.setText(_("Purchase rhythm"))
        parts = (self.head, self.next_step, self.note, self._adder, self.why, self.alike, self.facts, self.timeline)
        for part in parts:
            part.retranslate()
        if self._card is not None:
            self._show_card(self._card)

    def showEvent(self, event: QShowEvent) -> None:
        """The timeline's height depends on the width it really has."""
        super().showEvent(event)
        self.timeline.retranslate()

    def _read(self, *, start: bool) -> None:
        assert self._id is not None
        try:
            card = self._desk.read(customers.customer_card, self._id)
            self._as_of = self._desk.read(tiers.as_of_day)
        except Refused as refusal:
            if is_busy(refusal):
                QTimer.singleShot(AGAIN, self, lambda: self._read_again(start=start))
            else:  # deleted, perhaps by an undo: the card goes with it
                self._show_nobody()
            return
        self._card = card
        if start:
            rhythm = card.figures.rhythm_days
            self.note.start(card.next_follow_up.kind if card.next_follow_up else "", rhythm, self._drafts.get(self._id))
            _tell_plan(self._desk, self.note, card)
            self.timeline.start()
            self._scroll.verticalScrollBar().setValue(0)
        self._show_card(card)

    def _read_again(self, *, start: bool) -> None:
        if self._id is not None and self._desk.database is not None:
            self._read(start=start)

    def _show_card(self, card: CustomerCard) -> None:
        today, presenting = self._desk.today, self._desk.presenting
        self._nobody.hide()
        self._top.show()
        self._scroll.show()
        self.head.show_card(card)
        self.next_step.show_card(card)
        self.why.show_card(card)
        self.why.setVisible(not presenting)
        self.alike.show_card(card)
        self.won.show_card(card)
        self.care.show_card(card)
        self._adder.show_customer(card.customer, presenting=presenting)
        self.facts.show_customer(card.customer, presenting=presenting)
        day, is_today = self._as_of
        self.strip.show_days(card.purchase_days, day, card.figures.rhythm_days, as_of=not is_today)
        self.strip.setVisible(self.strip.tells())
        self._strip_heading.setVisible(self.strip.tells())
        self.timeline.show_entries(told_openly(card.timeline, presenting=presenting), today)

    def _show_nobody(self) -> None:
        self._id, self._card = None, None
        self._top.hide()
        self._scroll.hide()
        self._nobody.show()

    # --- what the user does ---

    def _save_note(self, note: Note) -> None:
        if self._card is not None:
            self._deeds.log(self._card, note, partial(self._note_kept, self._card.customer.id))

    def _complete(self) -> None:
        if self._card is not None:
            self._deeds.complete(self._card, self.note.note(), partial(self._note_kept, self._card.customer.id))

    def _note_kept(self, customer_id: int, _changes: Changes) -> None:
        self._drafts.pop(customer_id, None)
        if customer_id == self._id and self._card is not None:
            self.note.start("", self._card.figures.rhythm_days)

    def _reschedule(self, day: date) -> None:
        if self._card is not None:
            self._deeds.reschedule(self._card, day)

    def _plan(self, day: date) -> None:
        if self._card is not None:
            self._deeds.plan(self._card, day)

    def _resume(self) -> None:
        if self._card is not None:
            self._deeds.follow_again(self._card)

    def _commit_fact(self, key: str, text: str) -> None:
        if self._card is not None and not self._deeds.keep_fact(self._card, key, text):
            self._show_card(self._card)

    def _add_thing(self, code: str) -> None:
        card = self._card
        if card is not None:
            when_free(self, lambda: self._things().ask(code, card))

    def _edit_contact(self, key: str) -> None:
        if self._card is not None:
            self._things().edit_contact(self._card, int(key.partition(":")[2]))

    def _things(self) -> Things:
        # The forms are not needed for the first paint.
        from crmdesk.gui.pages.detail_things import Things

        return Things(self._desk, self, self.facts.add)

    def forget_draft(self) -> None:
        """Empty the note box."""
        self.note.start()

    def keep_draft(self) -> None:
        """Keep a text that was begun, for when this customer is shown again."""
        if self._id is not None and self._card is not None:
            self._drafts[self._id] = self.note.note()

    def _lay_out(self, *, wide: bool) -> None:
        top = QVBoxLayout(self._top)
        top.setContentsMargins(16, 14, 16, 10)
        top.setSpacing(10)
        for part in (self.head, line(self._top), self.next_step, self.note):
            top.addWidget(part)
        self._lay_out_body(wide=wide)
        self._scroll.setObjectName("detail_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumHeight(lines(self, LOWEST_BODY))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._nobody, 1, Qt.AlignmentFlag.AlignCenter)

    def _lay_out_body(self, *, wide: bool) -> None:
        """One column beside the list; in a tab of its own the timeline stands beside the facts."""
        facts, happened = QVBoxLayout(), QVBoxLayout()
        for column in (facts, happened):
            column.setSpacing(14)
        for part in (self.why, self.alike, self.won, self.care, self._strip_heading, self.strip, self.facts):
            facts.addWidget(part)
        happened.addWidget(self.timeline)
        body = QHBoxLayout(self._body) if wide else QVBoxLayout(self._body)
        body.setContentsMargins(16, 4, 16, 16)
        body.setSpacing(32 if wide else 14)
        for column in (facts, happened):
            if wide:
                column.addStretch(1)
            body.addLayout(column, int(wide))
        if not wide:
            body.addStretch(1)

    def _allow(self, editable: bool) -> None:
        """While a long step runs, or the file is read-only, there is nothing to press."""
        for part in (self.next_step, self._adder):
            part.setEnabled(editable)
        self.facts.allow(editable)

    def _connect(self) -> None:
        self._desk.editable_changed.connect(self._allow)
        self.head.tab_wanted.connect(lambda: self.tab_wanted.emit(self._id))
        self.note.saved.connect(self._save_note)
        self.note.left.connect(self.left)
        self.next_step.completed.connect(self._complete)
        self.next_step.moved.connect(self._reschedule)
        self.next_step.planned.connect(self._plan)
        self.next_step.resumed.connect(self._resume)
        TimelineDeeds(self._desk, self.timeline, self.next_step, self)
        self.facts.committed.connect(self._commit_fact)
        self.facts.wanted.connect(self._edit_contact)
        self._adder.fact.connect(self.facts.add)
        self._adder.thing.connect(self._add_thing)
        self.why.tier_wanted.connect(partial(self._add_thing, "tier"))
        self.why.stage_wanted.connect(partial(self._add_thing, "stage"))


def _tell_plan(desk: Desk, note: NoteBox, card: CustomerCard) -> None:
    """Let the box propose what a plan asks for next."""
    if any(due.origin == Origin.PLAN for due in card.follow_ups):
        from crmdesk.operations.plans import next_planned

        note.know_plan(desk.read(next_planned, card.customer.id, completed_by(card, desk.today)))
