"""The right side of 今天: the chosen customer, what to ask, and the box for what was said."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.attention import TodayItem
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import CustomerCard, TimelineEntry
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.note_box import Note, NoteBox
from crmdesk.gui.pages.rhythm_strip import RhythmStrip
from crmdesk.gui.pages.timeline import VIEWS, TimelineView, told_openly
from crmdesk.gui.pages.today_row import reason_text
from crmdesk.gui.pages.win_back_link import WinBackLink
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.room import HoldsHeight, lines
from crmdesk.gui.widgets.pieces import Chip, Elided, button, text_label
from crmdesk.i18n import _
from crmdesk.operations import customers, tiers
from crmdesk.words import formats
from crmdesk.words.phrases import say

LINES_BEFORE: Final = 5  # of what happened before the call
LOWEST_CONTEXT: Final = 3  # lines
READ_AFTER: Final = 30  # milliseconds: holding an arrow key down reads nobody's past


class TodayCard(HoldsHeight):
    """The chosen customer's card. Texts that were begun are kept per customer until they are saved."""

    saved = Signal(object, object)  # TodayItem, Note
    opened = Signal(object)  # TodayItem
    left = Signal()  # back to the list, where there is room for one of them only

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today_card")
        self.setProperty("card", True)
        self._desk = desk
        self._item: TodayItem | None = None
        self._drafts: dict[int, Note] = {}
        self._happened: list[TimelineEntry] = []  # what went before, the newest first
        self._back = button(self, "card_back", self.left.emit)
        self._name = Elided(self, "title")
        self._tier, self._stage = Chip("tier", self), Chip("stage", self)
        self._open = button(self, "card_open", self._tell_opened)
        self._reason = text_label(self, "", "card_reason", wrap=True)
        self._plan = text_label(self, "", "card_plan", wrap=True)
        self._last = text_label(self, "muted", "card_last", wrap=True)
        self._ask = text_label(self, "accent", "card_ask", wrap=True)
        self._phone = button(self, "copy_phone", lambda: self._copy("phone"), "")
        self._wechat = button(self, "copy_wechat", lambda: self._copy("wechat"), "")
        set_icon(self._phone, "copy", "muted", 16)
        set_icon(self._wechat, "copy", "muted", 16)
        set_icon(self._open, "external", "muted", 16)
        self.win_back = WinBackLink(desk, self)
        self.note = NoteBox(desk, self)
        self.note.saved.connect(self._tell_saved)
        self.strip = RhythmStrip(self)
        self._before = text_label(self, "muted")
        self.before = TimelineView(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(READ_AFTER)
        self._later.timeout.connect(self._read_context)
        self._lay_out()
        self.show_item(None)

    def item(self) -> TodayItem | None:
        """Whose card is shown."""
        return self._item

    def show_item(self, item: TodayItem | None) -> None:
        """Show a customer's card; what was begun for the one before is kept."""
        before = self._item
        if before is not None and item is not None and before.customer_id == item.customer_id:
            self._item = item
            self.retranslate()
            if item != before:  # an import may have changed what the rhythm says, and as of which day
                self._later.start()
            return
        self._keep_draft()
        self._item = item
        self.setVisible(item is not None)
        if item is not None:
            self.note.start(item.kind, None, self._drafts.get(item.customer_id))
            # What went before takes a library that the first paint does without.
            self.strip.show_days((), self._desk.today, None)
            self._happened = []
            self._later.start()
        self.retranslate()

    def offer_way_back(self, on: bool) -> None:
        """Show the button that leads back to the list."""
        self._back.setVisible(on)

    def forget_draft(self, customer_id: int) -> None:
        """What was begun for a customer is saved now."""
        self._drafts.pop(customer_id, None)
        if self._item is not None and self._item.customer_id == customer_id:
            self.note.start(self._item.kind)

    def drafts(self) -> dict[int, Note]:
        """Notes begun and not saved, by customer."""
        self._keep_draft()
        return self._drafts

    def retranslate(self) -> None:
        """Put the texts again."""
        self.note.retranslate()
        self.note.set_save_text(_("Save, next"))
        self._before.setText(_("What went before"))
        self.before.setAccessibleName(_("What went before"))
        self._open.setText(_("Open"))
        self._back.setText("‹")
        self._back.setAccessibleName(_("Back to the list"))
        self._back.setToolTip(f"{_('Back to the list')} (Esc)")
        item = self._item
        if item is None:
            return
        self._name.set_full(item.name)
        self._tier.set_value(None if self._desk.presenting else item.tier)
        self._stage.set_value(None if self._desk.presenting else item.stage)
        reason = reason_text(item, presenting=self._desk.presenting)
        self._reason.setText(reason)
        self._show(self._plan, item.summary if item.summary not in reason else "")
        self._show(self._last, say(item.last_line) if item.last_line else "")
        # What to ask is a note to oneself: "后来怎么不来了？" is not read out to who sits beside.
        self._show(self._ask, say(item.ask) if item.ask and not self._desk.presenting else "")
        self._show_point(self._phone, _("Copy phone"), formats.phone(item.phone))
        self._show_point(self._wechat, _("Copy WeChat"), item.wechat)
        self.win_back.show_item(item)
        self._show_context()

    def _read_context(self) -> None:
        item, database = self._item, self._desk.database
        if item is None or database is None:
            return
        from crmdesk.operations.plans import next_planned

        # On the job thread: the first such read loads a library, and no key may wait for that.
        self._desk.run(
            lambda _progress: (
                customers.customer_card(database, item.customer_id),
                next_planned(database, item.customer_id, item.follow_up_id),
                *tiers.as_of_day(database),
            ),
            done=self._take_context,
            failed=self._context_failed,
        )

    def _take_context(self, found: tuple[CustomerCard, date | None, date, bool]) -> None:
        card, planned, day, is_today = found
        if self._item is None or self._item.customer_id != card.customer.id:
            return
        self.note.know_rhythm(card.figures.rhythm_days)
        self.note.know_plan(planned)
        self.strip.show_days(card.purchase_days, day, card.figures.rhythm_days, as_of=not is_today)
        self._happened = [entry for entry in card.timeline if entry.kind in VIEWS[0][2]]
        self._show_context()

    def _context_failed(self, error: Exception) -> None:
        # Deleted in the meantime: the list is about to say so.
        if not isinstance(error, Refused):
            self._desk.tell_error(error)

    def _show_context(self) -> None:
        before = told_openly(self._happened, presenting=self._desk.presenting)[:LINES_BEFORE]
        self.strip.setVisible(self.strip.tells())
        self._before.setVisible(bool(before))
        self.before.show_entries(before, self._desk.today)

    def _show(self, widget: QWidget, text: str) -> None:
        widget.setText(text)  # type: ignore[attr-defined]
        widget.setVisible(bool(text))

    def _show_point(self, button: QWidget, verb: str, value: str) -> None:
        button.setVisible(bool(value))
        button.setText(f"{verb} {value}")  # type: ignore[attr-defined]
        button.setToolTip(plain_tip(value))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        for chip in (self._tier, self._stage):
            head.addWidget(chip)
        head.addWidget(self._open)
        points = FlowLayout(spacing=8)
        points.addWidget(self._phone)
        points.addWidget(self._wechat)
        points.addWidget(self.win_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addLayout(head)
        for widget in (self._reason, self._plan, self._last, self._ask):
            column.addWidget(widget)
        column.addLayout(points)
        column.addSpacing(4)
        column.addWidget(self.note)
        column.addWidget(self._lay_out_context(), 1)

    def _lay_out_context(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setObjectName("card_context")
        scroll.setWidgetResizable(True)
        # In a low window what went before gives way to the note box; in a lower one the page scrolls.
        scroll.setMinimumHeight(lines(self, LOWEST_CONTEXT))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addWidget(self._before)
        column.addWidget(self.before)
        column.addStretch(1)
        scroll.setWidget(body)
        return scroll

    def _keep_draft(self) -> None:
        if self._item is None:
            return
        if self.note.note().begun:
            self._drafts[self._item.customer_id] = self.note.note()
        else:
            self._drafts.pop(self._item.customer_id, None)

    def _copy(self, kind: str) -> None:
        if self._item is not None:
            self._desk.prompts.copy(getattr(self._item, kind))
            self._desk.told.emit(_("Copied"))

    def _tell_saved(self, note: object) -> None:
        if self._item is not None:
            self.saved.emit(self._item, note)

    def _tell_opened(self) -> None:
        if self._item is not None:
            self.opened.emit(self._item)
