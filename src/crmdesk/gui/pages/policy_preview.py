"""试算: what the rules would do, beside them: levels, work a week, who moves; several schemes compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import Elided, button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.domain.policy_preview import PolicyMove, Preview

SHOWN: Final = 12  # moves by name; their number is told in full


class PolicyPreview(QFrame):
    """The answer to the rules beside it."""

    compare_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("policy_preview")
        self.setProperty("card", True)
        self._desk = desk
        self._found: Preview | None = None
        self._in_force = False
        self._compared: Sequence[tuple[str, float | None]] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 12, 16, 14)
        self._lines.setSpacing(6)
        self.retranslate()

    def show_preview(self, found: Preview | None, *, in_force: bool = False) -> None:
        """Show what was found; None: it is being worked out. `in_force`: these rules are applied already."""
        self._found, self._in_force, self._compared = found, in_force, ()
        self.retranslate()

    def show_compared(self, compared: Sequence[tuple[str, float | None]]) -> None:
        """Show how far other schemes agree: names and shares."""
        self._compared = compared
        self.retranslate()

    def sentences(self) -> list[str]:
        """What is told of the whole: moves, and the work a week."""
        found = self._found
        if found is None:
            return [_("Trying it out…")]
        told = [self._moves_told(found)]
        if found.key_accounts and not self._desk.presenting:
            told.append(_("Key accounts ★: {count}").format(count=found.key_accounts))
        return told

    def _moves_told(self, found: Preview) -> str:
        if not found.moved:
            return _("These rules are in force; nobody would move") if self._in_force else _("Nobody would move")
        if not found.levels:
            return one_thing(
                _("{count} customers lose their tier; nothing else of them changes").format(count=found.moved)
            )
        if self._in_force:
            # Applied rules keep their limits, and hold who lies close to one.
            told = _("These rules are in force. With limits found anew today {count} customers would move")
            return one_thing(told.format(count=found.moved))
        told = _("{count} customers would move: {up} up, {down} down")
        return one_thing(told.format(count=found.moved, up=found.moved_up, down=found.moved_down))

    def work(self) -> tuple[str, bool]:
        """The contacts a week that the rules ask for against those that can be made, and whether it is too much."""
        found = self._found
        if found is None or not found.levels:
            return "", False
        too_much = found.contacts_needed > found.contacts_possible
        text = _("{needed} contacts a week needed, {done} made so far, {possible} possible")
        told = text.format(
            needed=round(found.contacts_needed), done=round(found.contacts_done), possible=found.contacts_possible
        )
        return (
            told + _(". That is more than you can do: fewer in the upper levels, or more days between")
            if too_much
            else told
        ), too_much

    def retranslate(self) -> None:
        """Put everything again."""
        clear_layout(self._lines)
        self._add(_("What would come of it"), "heading")
        for sentence in self.sentences():
            self._add(sentence)
        found = self._found
        if found is not None:
            self._add_levels(found)
            told, too_much = self.work()
            if told:
                self._add(told, "amber" if too_much else "muted")
            moves = found.moves[:SHOWN] if found.levels else ()  # without tiers everybody loses the tier alike
            for move in moves:
                self._add_move(move)
            if moves and found.moved > SHOWN:
                self._add(_("and {count} more").format(count=found.moved - SHOWN), "small")
            self._add_comparison()
        self._lines.addStretch(1)

    def _add_levels(self, found: Preview) -> None:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(3)
        rows = [("", _("Customers"), _("Money"), _("Contacts a week"))] if found.levels else []
        rows += [
            (level.tier, formats.count(level.customers), formats.money(level.money), f"{level.contacts_per_week:.1f}")
            for level in found.levels
        ]
        rows.append((_("No tier"), formats.count(found.without_tier), "", ""))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = text_label(holder, "small" if not number and found.levels else "")
                cell.setText(text)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(cell, number, column, side)
        grid.setColumnStretch(4, 1)
        self._lines.addWidget(holder)

    def _add_move(self, move: PolicyMove) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        # A name as long as a company's is cut; the levels beside it are what one reads.
        name = Elided(self)
        name.set_full(self._desk.veil(move.name))
        step = text_label(self, "muted")
        step.setText(f"{move.old or _('No tier')} → {move.new or _('No tier')}")
        money = text_label(self, "small")
        money.setText("" if self._desk.presenting else formats.money(move.money))
        show = button(
            self, f"move_{move.customer_id}", partial(self._desk.customer_wanted.emit, move.customer_id), "link"
        )
        show.setText(_("Open"))
        show.setAccessibleName(_("Look at {name}").format(name=self._desk.veil(move.name)))
        row.addWidget(name, 1)
        for part in (step, money, show):
            row.addWidget(part)
        self._lines.addLayout(row)

    def _add_comparison(self) -> None:
        row = QHBoxLayout()
        verb = button(self, "policy_compare", self.compare_wanted.emit, "link")
        verb.setText(_("Compare with the other ready rules"))
        row.addWidget(verb)
        row.addStretch(1)
        self._lines.addSpacing(6)
        self._lines.addLayout(row)
        for name, share in self._compared:
            told = _("{name}: the same level for {share} of the customers")
            if share is not None:
                self._add(told.format(name=name, share=formats.percent(share)), "small")

    def _add(self, text: str, role: str = "") -> None:
        made = text_label(self, role, wrap=True)
        made.setText(text)
        self._lines.addWidget(made)
