"""The rules as cards of plain controls; every change is tried out, and what makes no sense is said at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.cadence import NO_TIER_DAYS
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.gui.pages.policy_fields import Card
from crmdesk.gui.pages.policy_levels import LevelsCard
from crmdesk.gui.pages.policy_limits import ExclusionsCard, LimitsCard
from crmdesk.gui.pages.policy_playbook import PlaybookCard
from crmdesk.gui.pages.policy_score import ScoreCard
from crmdesk.gui.widgets.pieces import clear_layout, text_label
from crmdesk.i18n import _


class PolicyEditor(QWidget):
    """Holds the rules that are being written; `edited` tells of each that can be tried."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("policy_editor")
        self._policy = TierPolicy()
        self.own_words: tuple[str, ...] = ()  # what the customers' own sheets call their levels
        self._playbook: PlaybookCard | None = None
        self._mistake = text_label(self, "red", "policy_mistake", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._mistake)
        column.addLayout(self._cards)
        column.addStretch(1)
        self._mistake.hide()

    def policy(self) -> TierPolicy:
        """The rules as they stand: the last ones that make sense."""
        return self._policy

    def sound(self) -> bool:
        """Whether everything in the fields makes sense."""
        return self._mistake.isHidden()

    def show_policy(self, policy: TierPolicy) -> None:
        """Build the fields of these rules."""
        self._policy = policy
        self._playbook = None
        self._mistake.hide()
        clear_layout(self._cards)
        if not policy.has_levels:
            self._cards.addWidget(_without_tiers(self))
            return
        self._cards.addWidget(LevelsCard(self, self, self.own_words))
        self._cards.addWidget(ScoreCard(self, self))
        if policy.scale != "intent":
            self._cards.addWidget(LimitsCard(self, self))
            self._cards.addWidget(ExclusionsCard(self, self))
        self._playbook = PlaybookCard(self, self)
        self._cards.addWidget(self._playbook)

    def put(self, **values: Any) -> None:  # noqa: ANN401 -- fields of the rules
        """Take changed values; those that make no sense are said and not taken."""
        try:
            changed = replace(self._policy, **values)
        except ValueError:
            self._say_mistake(values)
            return
        self._mistake.hide()
        if changed != self._policy:
            self._policy = changed
            if self._playbook is not None and "levels" in values:
                self._playbook.name_levels()
            self.edited.emit()

    def reshape(self, policy: TierPolicy) -> None:
        """Take rules of another shape and build their fields; the one that was used keeps the focus."""
        used = self.window().focusWidget()
        name = used.objectName() if used is not None and self.isAncestorOf(used) else ""
        self.show_policy(policy)
        again = next((one for one in self.findChildren(QWidget, name) if not one.isHidden()), None) if name else None
        if again is not None:
            again.setFocus()
        self.edited.emit()

    def _say_mistake(self, values: dict[str, Any]) -> None:
        if "levels" in values:
            self._mistake.setText(_("Every level needs a name of its own"))
        elif "parts" in values:
            self._mistake.setText(_("Limits of a number are four, growing, with commas between; or none"))
        elif self._policy.cut == "limits":
            self._mistake.setText(_("Each level begins below the one above it"))
        else:
            self._mistake.setText(_("Each level reaches further than the one above it"))
        self._mistake.show()


def _without_tiers(parent: QWidget) -> Card:
    """What goes and what stays without tiers."""
    card = Card(_("No tiers"), parent)
    for sentence in (
        _("List, filters, charts and the report show no tier; cards and Today speak of the rhythm only."),
        _(
            "Stages, rhythm, follow-ups, notes and views stay; everybody is contacted at least every {days} days."
        ).format(days=NO_TIER_DAYS),
        _("What you decided yourself is kept, and is there again when you choose other rules."),
    ):
        card.row(sentence)
    return card
