"""The tier passport unfolded: rule, numbers, what blocks, what to ask, ways up and down, history, one's own word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.record import CustomerCard, TimelineEntry
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.detail_why_answers import answer_field
from crmdesk.gui.pages.detail_why_tables import numbers_table, prices_table
from crmdesk.gui.patience import while_there
from crmdesk.gui.widgets.pieces import button, clear_layout, text_label
from crmdesk.i18n import _, current_language
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.passports import override, way_down, way_up
from crmdesk.words.phrases import say
from crmdesk.words.policies import exclusion_name, indicator_name, policy_name

if TYPE_CHECKING:
    from crmdesk.domain.passport import ExclusionState, Number, Passport
    from crmdesk.domain.tier_policy import TierPolicy

MOST_MOVES: Final = 12
MOST_GOODS: Final = 8  # products; the timeline holds the orders themselves
# What everybody understands at a glance; the others follow at a click.
FIRST_NUMBERS: Final = ("monetary", "profit", "frequency", "recency", "average_order", "rhythm")


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


def first_numbers(numbers: Sequence[Number]) -> list[Number]:
    """The numbers that the rules score by, else those that everybody understands; unknown ones are left out."""
    scored = [one for one in numbers if one.points is not None]
    chosen = {one.code for one in scored} or set(FIRST_NUMBERS)
    return [one for one in numbers if one.code in chosen and one.value is not None]


class PassportBody(QWidget):
    """The sections below the two lines. What was typed into an answer stays until the passport itself changes."""

    tier_wanted = Signal()
    stage_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passport")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._found: Passport | None = None
        self._all_numbers = False
        self._others: Sequence[tuple[TierPolicy, str | None]] = ()  # what other rules would say, once it was asked
        self._stage_only = False
        self._shown: object = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)

    def show_passport(self, card: CustomerCard, found: Passport | None, *, stage_only: bool) -> None:
        """Build the sections anew; `stage_only` while somebody looks on, or where the user keeps no tiers."""
        self._stage_only = stage_only
        if self._card is None or card.customer.id != self._card.customer.id:
            self._all_numbers = False
        if self._card is None or card.customer.id != self._card.customer.id or found != self._found:
            self._others = ()
        self._card, self._found = card, found
        moves = told_moves(card.timeline, presenting=stage_only)[:MOST_MOVES]
        mine = (card.customer.id, card.figures.stage_reason, self._tier_verb(card), self._stage_verb(card))
        shown = (mine, moves, found, self._all_numbers, self._others, stage_only, current_language())
        if shown == self._shown:
            return  # a phone was changed: what is being typed into an answer stays
        self._shown = shown
        clear_layout(self._lines)
        if found is not None and not stage_only:
            self._add_rule(found)
            self._add_to_do(found)
            self._add_numbers(found)
            self._add_goods(found)
            self._add_exclusions(card, found)
            self._add_ways(found)
            self._add_others(card)
        self._add_stage(card)
        self._add_history(moves)
        self._add_verbs(card)

    def allow(self, editable: bool) -> None:
        """Answers and verbs wait while the file cannot be written."""
        self.setEnabled(editable)

    # --- the sections ---

    def _add_rule(self, found: Passport) -> None:
        self._head(_("The rule"))
        if found.override:
            self._add(say(override(found.override)), "accent")
        for phrase in found.rule:
            self._add(say(phrase))
        if not found.rule and not found.override:
            self._add(say(found.reason))
        if found.confidence:
            sure = label("confidence", found.confidence)
            self._add(_("Confidence: {confidence}").format(confidence=sure), "small")

    def _add_numbers(self, found: Passport) -> None:
        known = [one for one in found.numbers if one.value is not None]
        if not known:
            return
        self._head(_("The numbers"))
        if found.source is not None:
            self._add(say(found.source), "small")
        shown = known if self._all_numbers else first_numbers(found.numbers)
        self._lines.addWidget(numbers_table(self, shown))
        if found.worth is not None:
            self._add(say(found.worth))
        unknown = [indicator_name(one.code) for one in found.numbers if one.value is None]
        if self._all_numbers and unknown:
            self._add(_("Not known yet: {names}").format(names=_(", ").join(unknown)), "small")
        text = _("Fewer numbers") if self._all_numbers else _("All numbers")
        self._link("why_all_numbers", text, self._flip_numbers)

    def _add_to_do(self, found: Passport) -> None:
        """How one of this level is treated, by the rules."""
        if found.to_do:
            self._head(_("How to treat it"))
        for phrase in found.to_do:
            self._add(say(phrase))

    def _add_goods(self, found: Passport) -> None:
        """What could still be sold, and the price given last: what one looks for while dialling."""
        if found.headroom:
            self._head(_("Could still buy"))
            self._add(_(", ").join(found.headroom[:MOST_GOODS]))
        if found.last_prices:
            self._head(_("Price given last"))
            self._lines.addWidget(prices_table(self, found.last_prices[:MOST_GOODS], self._desk.today))

    def _add_exclusions(self, card: CustomerCard, found: Passport) -> None:
        """Only the best level has key accounts; below it nothing is kept from anybody."""
        if not found.exclusions:
            return
        self._head(_("Key account"))
        if found.key_account:
            self._add(_("★ Key account: nothing speaks against it"))
        for one in found.exclusions:
            if one.state == "failed":
                self._add_blocked(card, one)
            elif one.state == "waived":
                self._add(
                    _("Overridden by you: {what} ({reason})").format(what=exclusion_name(one.code), reason=one.reason)
                )
            elif one.question is not None:
                self._add(say(one.question))
                self._lines.addWidget(answer_field(self, self._desk, card, one.code))

    def _add_blocked(self, card: CustomerCard, one: ExclusionState) -> None:
        text = _("No key account for now: {what} ({why})").format(what=exclusion_name(one.code), why=say(one.why))
        self._add(text, "amber")
        self._link(f"waive_{one.code}", _("Overrule this…"), partial(self._waive, card, one.code))

    def _add_ways(self, found: Passport) -> None:
        ways = [say(way_up(found.up))] if found.up else []
        ways += [say(way_down(found.down))] if found.down else []
        if ways:
            self._head(_("What would change it"))
        for way in ways:
            self._add(way)

    def _add_others(self, card: CustomerCard) -> None:
        """No customer is one label only: the level that each of the other ready rules would give."""
        if not self._others:
            self._link("why_others", _("What other rules would say"), partial(self._ask_others, card.customer.id))
            return
        self._head(_("By other rules"))
        for policy, tier in self._others:
            self._add(_("{what}: {reason}").format(what=policy_name(policy), reason=label("tier", tier)))

    def _ask_others(self, customer_id: int) -> None:
        from crmdesk.operations import policies

        database = self._desk.database
        self._desk.run(
            lambda _progress: policies.other_levels(database, customer_id),
            done=while_there(self, partial(self._show_others, customer_id)),
        )

    def _show_others(self, customer_id: int, others: Sequence[tuple[TierPolicy, str | None]]) -> None:
        card = self._card
        if card is not None and card.customer.id == customer_id:
            self._others = others
            self.show_passport(card, self._found, stage_only=self._stage_only)

    def _add_stage(self, card: CustomerCard) -> None:
        self._head(_("Stage"))
        stage = label("stage", card.figures.stage)
        self._add(_("{what}: {reason}").format(what=stage, reason=say(card.figures.stage_reason)))

    def _add_history(self, moves: Sequence[TimelineEntry]) -> None:
        if moves:
            self._head(_("How it came about"))
        for entry in moves:
            self._add(move_text(entry, self._desk.today), "small")

    def _add_verbs(self, card: CustomerCard) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.setContentsMargins(0, 6, 0, 0)
        verbs = (
            ("why_tier", self._tier_verb(card), self.tier_wanted.emit, not self._stage_only),
            ("why_stage", self._stage_verb(card), self.stage_wanted.emit, True),
        )
        for name, text, wanted, here in verbs:
            if here:
                verb = button(self, name, wanted, "link")
                verb.setText(text)
                row.addWidget(verb)
        row.addStretch(1)
        self._lines.addLayout(row)

    @staticmethod
    def _tier_verb(card: CustomerCard) -> str:
        return _("Change my decision") if card.standing.tier_override else _("Decide the tier myself")

    @staticmethod
    def _stage_verb(card: CustomerCard) -> str:
        return _("Change the locked stage") if card.standing.stage_lock else _("Lock the stage")

    # --- pieces ---

    def _head(self, text: str) -> None:
        if self._lines.count():
            self._lines.addSpacing(6)
        heading = text_label(self, "muted")
        heading.setText(text)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self._lines.addWidget(heading)

    def _add(self, text: str, role: str = "") -> None:
        made = text_label(self, role, wrap=True)
        made.setText(text)
        self._lines.addWidget(made)

    def _link(self, name: str, text: str, clicked: Callable[[], object]) -> None:
        row = QHBoxLayout()
        verb = button(self, name, clicked, "link")
        verb.setText(text)
        row.addWidget(verb)
        row.addStretch(1)
        self._lines.addLayout(row)

    def _flip_numbers(self) -> None:
        self._all_numbers = not self._all_numbers
        if self._card is not None:
            self.show_passport(self._card, self._found, stage_only=self._stage_only)

    def _waive(self, card: CustomerCard, code: str) -> None:
        from crmdesk.gui.dialogs.reason_form import ask_to_overrule

        ask_to_overrule(self._desk, self, card.customer.id, code)
