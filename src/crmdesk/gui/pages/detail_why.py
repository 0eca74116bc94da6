"""为什么是 B ▸: the reasons for tier and stage in sentences, and how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.record import CustomerCard, TimelineEntry
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

MOST_MOVES = 12


def move_text(entry: TimelineEntry, today: date) -> str:
    """A change of tier or stage in words."""
    what = label(entry.kind, entry.detail)
    text = f"{formats.short_day(entry.on, today)}  {label('timeline', entry.kind)} → {what}"
    return _("{what}: {reason}").format(what=text, reason=say(entry.reason)) if entry.reason else text


def told_moves(timeline: Sequence[TimelineEntry], *, presenting: bool) -> list[TimelineEntry]:
    """The changes of tier and stage, newest first; of several on a day (an import, its undo) the last one."""
    kinds = ("stage",) if presenting else ("stage", "tier")
    last: dict[tuple[date, str], TimelineEntry] = {}
    for entry in timeline:
        if entry.kind in kinds:
            last.setdefault((entry.on, entry.kind), entry)
    return list(last.values())


class Why(QWidget):
    """A line that opens."""

    tier_wanted = Signal()  # 我来定
    stage_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._open = False
        self._toggle = button(self, "why_toggle", self._flip, "link")
        self._body = QWidget(self)
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(4, 0, 0, 4)
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
        """Show a customer's reasons."""
        self._card = card
        self.retranslate()

    def sentences(self) -> list[str]:
        """The reasons, tier first; while presenting none about the tier."""
        card = self._card
        if card is None:
            return []
        figures, hidden = card.figures, self._desk.presenting
        found = [] if hidden else [say(figures.tier_reason)]
        stage = label("stage", figures.stage)
        found.append(_("{what}: {reason}").format(what=stage, reason=say(figures.stage_reason)))
        if figures.confidence and not hidden:
            found.append(_("Confidence: {confidence}").format(confidence=label("confidence", figures.confidence)))
        return found

    def retranslate(self) -> None:
        """Put the texts again."""
        card = self._card
        if card is None:
            return
        mark = "▾" if self._open else "▸"
        self._toggle.setText(f"{self._question(card)} {mark}")
        clear_layout(self._lines)
        for sentence in self.sentences():
            self._add(sentence, "")
        for entry in told_moves(card.timeline, presenting=self._desk.presenting)[:MOST_MOVES]:
            self._add(move_text(entry, self._desk.today), "small")
        self._add_verbs(card)

    def _question(self, card: CustomerCard) -> str:
        if self._desk.presenting:
            return _("Why {stage}").format(stage=label("stage", card.figures.stage))
        if card.figures.tier is None:
            return _("Why no tier")
        return _("Why {tier}").format(tier=label("tier", card.figures.tier))

    def _add(self, text: str, role: str) -> None:
        made = text_label(self._body, role, wrap=True)
        made.setText(text)
        self._lines.addWidget(made)

    def _add_verbs(self, card: CustomerCard) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        tier = button(self._body, "why_tier", self.tier_wanted.emit, "link")
        tier.setText(_("Decide the tier myself") if not card.standing.tier_override else _("Change my decision"))
        tier.setVisible(not self._desk.presenting)
        stage = button(self._body, "why_stage", self.stage_wanted.emit, "link")
        stage.setText(_("Lock the stage") if not card.standing.stage_lock else _("Change the locked stage"))
        row.addWidget(tier)
        row.addWidget(stage)
        row.addStretch(1)
        self._lines.addLayout(row)

    def _flip(self) -> None:
        self._open = not self._open
        self._body.setVisible(self._open)
        self.retranslate()
