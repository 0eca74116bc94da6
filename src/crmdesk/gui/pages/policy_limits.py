"""What holds a customer back or keeps a tier from flapping, and who is no key account."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crmdesk.domain.tier_policy import Exclusion
from crmdesk.gui.pages.policy_fields import Card, Editor, choice, decimal, whole
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _, translatable
from crmdesk.words.policies import exclusion_name

# A limit is shown as days, as a share in percent, or as a plain number; the others have none.
_DAYS: Final = ("needs", "new")
_SHARES: Final = ("power", "loyalty", "small")
_NUMBERS: Final = ("complaints", "cross_selling")
_LISTED: Final = ("industry", "thin_region", "full_region", "off_region")
_LIST_WIDTH: Final = 215  # pixels: several names are seen
_BESIDE_TICK: Final = 14  # pixels between a tick and its words
_EXPLAINED: Final = {
    "needs": translatable("Unclear, or noted longer ago than this"),
    "power": translatable("Noted as low, or overdue debts above this share of a year's purchasing power"),
    "loyalty": translatable("Loyalty below this share"),
    "potential": translatable("Noted as low by you"),
    "new": translatable("Customer for less than this, or fewer than three purchases"),
    "small": translatable("Average order below this share of the shop's usual order"),
    "complaints": translatable("More complaints per order than this, from the second on"),
    "industry": translatable("Industry none of these"),
    "cross_selling": translatable("Fewer product groups left to sell than this"),
    "thin_region": translatable("Too few customers in these regions"),
    "full_region": translatable("Saturated regions"),
    "off_region": translatable("Regions you aim at: none of these"),
}


class LimitsCard(Card):
    """Caps by stage, the lift by potential, band and least stay."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(_("What holds back"), parent)
        self._editor = editor
        policy = editor.policy()
        caps = (
            ("new_cap", _("Came only once: at best"), policy.new_cap),
            ("quiet_cap", _("Gone quiet: at best"), policy.quiet_cap),
            ("lost_cap", _("Lost: at best"), policy.lost_cap),
            ("excluded_cap", _("Kept from being a key account: at best"), policy.excluded_cap),
        )
        last = len(policy.levels) - 1
        offered = [
            (name if place else _("{level} (no limit)").format(level=name), place)
            for place, name in enumerate(policy.levels)
        ]
        for name, text, cap in caps:
            self.row(text, choice(self, name, offered, min(cap, last), partial(self._put, name)))
        lift = QCheckBox(_("A high potential lifts by one level"), self)
        lift.setObjectName("potential_lift")
        lift.setChecked(policy.potential > 0)
        lift.toggled.connect(lambda on: editor.put(potential=int(on)))
        self.rows.addWidget(lift)
        band = whole(self, "band", (0, 50), round(policy.steady.band * 100), self._band, "%")
        stay = whole(self, "least_stay", (0, 365), policy.steady.least_stay, self._stay, _(" days"))
        self.row(_("Close to a limit nobody moves: within"), band)
        self.row(_("A level stays at least"), stay)

    def _put(self, name: str, cap: int) -> None:
        self._editor.put(**{name: cap})

    def _band(self, percent: int) -> None:
        self._editor.put(steady=replace(self._editor.policy().steady, band=percent / 100))

    def _stay(self, days: int) -> None:
        self._editor.put(steady=replace(self._editor.policy().steady, least_stay=days))


class ExclusionsCard(Card):
    """A switch for each exclusion, its limit or its list beside it."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(_("Who is no key account ★"), parent)
        self._editor = editor
        self.note(_("What is not known never counts against anybody; the card then says what to ask."))
        for code in _EXPLAINED:
            self._add(editor.policy().exclusion(code))

    def _add(self, one: Exclusion) -> None:
        switch = QCheckBox(exclusion_name(one.code), self)
        switch.setObjectName(f"exclusion_{one.code}")
        switch.setChecked(one.on)
        switch.toggled.connect(partial(self._switch, one.code))
        across = QHBoxLayout()
        across.addWidget(switch, 1)
        field = self._field(one)
        if field is not None:
            field.setAccessibleName(_(_EXPLAINED[one.code]))
            field.setEnabled(one.on)
            switch.toggled.connect(field.setEnabled)
            across.addWidget(field)
        told = text_label(self, "small", wrap=True)
        told.setText(_(_EXPLAINED[one.code]))
        told.setIndent(switch.iconSize().width() + _BESIDE_TICK)
        together = QVBoxLayout()  # nearer to its switch than to the next one
        together.setSpacing(0)
        together.addLayout(across)
        together.addWidget(told)
        self.rows.addLayout(together)

    def _field(self, one: Exclusion) -> QWidget | None:
        name, changed = f"limit_{one.code}", partial(self._limit, one.code)
        if one.code in _DAYS:
            return whole(self, name, (1, 1825), round(one.limit) or 90, changed, _(" days"))
        if one.code in _SHARES:
            return whole(self, name, (0, 100), round(one.limit * 100), partial(self._share, one.code), "%")
        if one.code in _NUMBERS:
            return decimal(self, name, (0, 20), one.limit, changed)
        if one.code in _LISTED:
            field = QLineEdit(_(", ").join(one.listed), self)
            field.setObjectName(name)
            field.setPlaceholderText(_("Names, with commas between"))
            field.setMinimumWidth(_LIST_WIDTH)
            field.editingFinished.connect(lambda: self._list(one.code, field.text()))
            return field
        return None

    def _switch(self, code: str, on: bool) -> None:
        self._change(replace(self._editor.policy().exclusion(code), on=on))

    def _limit(self, code: str, limit: float) -> None:
        self._change(replace(self._editor.policy().exclusion(code), limit=limit))

    def _share(self, code: str, percent: int) -> None:
        self._limit(code, percent / 100)

    def _list(self, code: str, text: str) -> None:
        names = tuple(part.strip() for part in re.split("[,，、;；]", text) if part.strip())
        self._change(replace(self._editor.policy().exclusion(code), listed=names))

    def _change(self, changed: Exclusion) -> None:
        kept = self._editor.policy().exclusions
        known = any(one.code == changed.code for one in kept)
        others = tuple(changed if one.code == changed.code else one for one in kept)
        self._editor.put(exclusions=others if known else (*others, changed))
