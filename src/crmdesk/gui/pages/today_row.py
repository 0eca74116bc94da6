"""One line of today's list: who, why in one sentence, and what to do about it."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crmdesk.domain.attention import TodayItem
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.next_date import offer_days
from crmdesk.gui.widgets.pieces import Chip, Clickable, Elided, MenuButton, button, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.phrases import say

_AGREED: Final = ("today_promise", "today_due")  # reasons that may be read by the one whom they are about


def speaks_of_money(item: TodayItem) -> bool:
    """Whether the reason holds an amount."""
    return any(name.endswith("money") for name in item.reason.values)


def reason_text(item: TodayItem, *, presenting: bool) -> str:
    """Why a customer is due; with a customer looking on only what was agreed is said, no judgement and no worth."""
    if presenting and not item.reason.code.startswith(_AGREED):
        return _("Time to be in touch")
    return say(item.reason)


class TodayRow(Clickable):
    """A customer that is due. The chosen row shows its buttons."""

    completed = Signal(object)  # TodayItem
    moved = Signal(object, object)  # TodayItem, date
    opened = Signal(object)  # TodayItem

    def __init__(self, desk: Desk, item: TodayItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setObjectName(f"today_row_{item.customer_id}")
        self._desk = desk
        self._chosen = False
        self._name = Elided(self, bold=True)
        self._reason = Elided(self, "red" if item.promise and item.overdue_days > 0 else "muted")
        self._tier, self._stage = Chip("tier", self), Chip("stage", self)
        self._worth = text_label(self, "muted")
        self._done = button(self, "row_done", lambda: self.completed.emit(item), "link")
        self._move = MenuButton(self, "row_move", self._fill_menu, "link")
        self._lay_out()
        self.retranslate()
        self.set_chosen(False)

    def set_chosen(self, chosen: bool) -> None:
        """Mark the row as the one whose card is shown."""
        self._chosen = chosen
        self.mark(chosen)
        if self._desk.presenting:
            self.retranslate()
        self._done.setVisible(chosen)
        self._move.setVisible(chosen)

    def sentence(self) -> str:
        """Why this customer stands here."""
        return reason_text(self.item, presenting=self._desk.presenting)

    def retranslate(self) -> None:
        """Put the texts again."""
        item, hidden = self.item, self._desk.presenting
        mark = "! " if item.promise and item.overdue_days > 0 else ""
        name = formats.veiled(item.name) if hidden and not self._chosen else item.name
        self._name.set_full(mark + name)
        self._name.hug()
        self._reason.set_full(self.sentence())
        self._tier.set_value(None if hidden else item.tier)
        self._stage.set_value(None if hidden else item.stage)
        # A reason that speaks of money has said it already.
        known = not speaks_of_money(item) and (item.worth or 0) * 2 >= MONEY_UNIT
        worth = _("{money} an order").format(money=formats.whole_money(item.worth or 0)) if known and not hidden else ""
        self._worth.setText(worth)
        self._done.setText(_("Complete"))
        self._move.say(_("Reschedule"))
        self.setAccessibleName(f"{name}: {self.sentence()}")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._name, 100)
        for chip in (self._tier, self._stage):
            top.addWidget(chip)
        top.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._reason, 1)
        below.addWidget(self._worth)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(top)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._done)
        row.addWidget(self._move)

    def _fill_menu(self, menu: QMenu) -> None:
        offer_days(menu, self._desk, self._take, self.item.due_on)

    def _take(self, day: date | None) -> None:
        if day is not None:
            self.moved.emit(self.item, day)
