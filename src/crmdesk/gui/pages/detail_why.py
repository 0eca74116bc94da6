"""为什么是 B ▸: why this tier and what would change it in two lines, and the whole passport once it is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import is_busy, while_there
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.words.labels import label
from crmdesk.words.passports import little_left, way_down, way_up
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.passport import Passport
    from crmdesk.gui.pages.detail_why_passport import PassportBody
    from crmdesk.progress import Progress

PAUSE: Final = 150  # milliseconds: who runs through the list by keys asks for no passport in between
NO_TIERS: Final = "tier_none_by_choice"
NEVER_BOUGHT: Final = ("tier_none_no_purchases", "tier_none_only_name")


class Why(QWidget):
    """Two lines that open. The passport is worked out on the job thread, for it tries orders on a copy."""

    tier_wanted = Signal()  # 我来定
    stage_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._found: Passport | None = None
        self._asked = 0
        self._open = False
        self._toggle = button(self, "why_toggle", self._flip, "link")
        self._reason = text_label(self, "", "why_reason", wrap=True)
        self._way = text_label(self, "accent", "why_way", wrap=True)
        self._little = text_label(self, "amber", "why_little", wrap=True)
        self._body = QWidget(self)
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(0, 2, 0, 4)
        self._passport: PassportBody | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        head = QHBoxLayout()
        head.addWidget(self._toggle)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self._reason, self._little, self._way, self._body):
            column.addWidget(part)
        self._body.hide()
        desk.editable_changed.connect(self._allow)

    def show_card(self, card: CustomerCard) -> None:
        """Show a customer's reasons; the ways up and down follow a moment later."""
        if self._card is None or card.customer.id != self._card.customer.id:
            self._found = None
        self._card = card
        self._asked += 1
        self._pause.start()
        self.retranslate()

    def passport(self) -> Passport | None:
        """The passport shown, None until it has arrived."""
        return self._found

    def sentences(self) -> list[str]:
        """Why, what would change it, and where the customer stands; while presenting nothing about the tier."""
        card = self._card
        if card is None:
            return []
        figures, hidden = card.figures, self._desk.presenting or _no_tiers(card)
        stage = label("stage", figures.stage)
        told = _("{what}: {reason}").format(what=stage, reason=say(figures.stage_reason))
        if hidden:
            return [told]
        return [told, *self._ways()] if _never_bought(card) else [say(figures.tier_reason), *self._ways(), told]

    def retranslate(self) -> None:
        """Put the texts again."""
        card = self._card
        if card is None:
            return
        self._toggle.setText(f"{self._question(card)} {'▾' if self._open else '▸'}")
        self._reason.setText(self.sentences()[0])
        # What a customer leaves is nothing for his own eyes.
        little = None if self._desk.presenting else card.figures.unprofitable
        self._little.setText(little_left(little) if little else "")
        self._little.setVisible(bool(little))
        ways = [] if self._desk.presenting or _no_tiers(card) else self._ways()
        self._way.setText(ways[0] if ways else "")
        self._way.setVisible(bool(ways))
        if self._open:
            self._shown_body().show_passport(card, self._found, stage_only=self._desk.presenting or _no_tiers(card))

    def _ways(self) -> list[str]:
        """The nearest way up and down, the better news first."""
        found = self._found
        if found is None:
            return []
        up = [say(way_up(found.up))] if found.up else []
        return up + ([say(way_down(found.down))] if found.down else [])

    def _question(self, card: CustomerCard) -> str:
        if self._desk.presenting or _no_tiers(card) or _never_bought(card):
            return _("Why {stage}").format(stage=label("stage", card.figures.stage))
        if card.figures.tier is None:
            return _("Why no tier")
        return _("Why {tier}").format(tier=label("tier", card.figures.tier))

    def _ask(self) -> None:
        card, database, asked = self._card, self._desk.database, self._asked
        if card is None or database is None:
            return
        customer_id = card.customer.id

        def work(_progress: Progress) -> Passport | Phrase:
            from crmdesk.operations import passports

            try:
                return _in_known_words(database, passports.passport(database, customer_id))
            except Refused as refusal:
                return refusal.phrase  # deleted meanwhile, or a step is being saved: the card is read again after it

        def arrived(found: Passport | Phrase) -> None:
            if asked != self._asked:
                return
            if isinstance(found, Phrase):
                if is_busy(Refused(found.code)):
                    self._pause.start()
            elif found != self._found:
                self._found = found
                self.retranslate()

        self._desk.run(work, done=while_there(self, arrived), failed=self._desk.tell_error)

    def _shown_body(self) -> PassportBody:
        if self._passport is None:
            # Most cards are never opened, and the passport's words are many.
            from crmdesk.gui.pages.detail_why_passport import PassportBody

            self._passport = PassportBody(self._desk, self._body)
            self._passport.tier_wanted.connect(self.tier_wanted)
            self._passport.stage_wanted.connect(self.stage_wanted)
            self._inside.addWidget(self._passport)
            self._allow(self._desk.editable)
        return self._passport

    def _allow(self, editable: bool) -> None:
        if self._passport is not None:
            self._passport.allow(editable)

    def _flip(self) -> None:
        self._open = not self._open
        self._body.setVisible(self._open)
        self.retranslate()


def _in_known_words(database: Any, found: Passport) -> Passport:  # noqa: ANN401 -- as the desk's
    """A list of names has no tiers: what the first order would give is a letter that nobody has seen yet."""
    from crmdesk.operations import tiers

    if found.up is None or not found.up.first:
        return found
    anybody = any(level.customers for level in tiers.tier_summary(database).levels)
    return found if anybody else replace(found, up=None)


def _never_bought(card: CustomerCard) -> bool:
    """Whether there is no tier because nothing was bought: nobody asks why then, the stage says it."""
    return card.figures.tier_reason.code in NEVER_BOUGHT


def _no_tiers(card: CustomerCard) -> bool:
    """Whether the user keeps no tiers: then nothing in the card speaks of them."""
    return card.figures.tier_reason.code == NO_TIERS
