"""The levels: how many, what they are called, where each begins, how often its customers are contacted."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from crmdesk.domain.cadence import steps_of
from crmdesk.domain.policy_edit import LONGEST_NAME, MOST_LEVELS, with_count, with_cut, with_names
from crmdesk.gui.pages.policy_fields import Card, Editor, choice, decimal, whole
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _

_MOST_MONEY: Final = 100_000_000
_MOST_DAYS: Final = 730


class LevelsCard(Card):
    """A row for each level."""

    def __init__(self, editor: Editor, parent: QWidget, own_words: tuple[str, ...] = ()) -> None:
        super().__init__(_("Levels"), parent)
        self._editor = editor
        policy = editor.policy()
        counts = [(str(count), count) for count in range(2, MOST_LEVELS + 1)]
        self.row(_("How many"), choice(self, "level_count", counts, len(policy.levels), self._count))
        if policy.scale != "intent":
            offered = [
                (_("by shares of the money"), "shares"),
                (_("by shares of the customers"), "quantiles"),
                (_("by fixed limits"), "limits"),
            ]
            shown = offered if policy.scale == "value" else offered[1:]
            self.row(_("Divided"), choice(self, "level_cut", shown, policy.cut, self._cut))
        self._names: list[QLineEdit] = []
        self._cuts: list[QSpinBox | QDoubleSpinBox] = []
        self._days: list[QSpinBox] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._build_rows()
        self.rows.addLayout(self._grid)
        if own_words and own_words != policy.levels:
            taken = button(self, "level_own_words", lambda: editor.reshape(with_names(policy, own_words)), "link")
            taken.setText(_("Call them as your sheet does: {names}").format(names=_(", ").join(own_words)))
            self.rows.addWidget(taken)

    def _build_rows(self) -> None:
        policy = self._editor.policy()
        heads = (_("Name"), self._cut_heading(), _("Contact every"))
        for column, text in enumerate(heads):
            self._grid.addWidget(self._words(text, "small"), 0, column)
        cadence = steps_of(policy.cadence, len(policy.levels))
        for place, name in enumerate(policy.levels):
            field = QLineEdit(name, self)
            field.setObjectName(f"level_name_{place}")
            field.setAccessibleName(_("Name of level {number}").format(number=place + 1))
            field.setMaxLength(LONGEST_NAME)
            field.textChanged.connect(self._rename)
            self._names.append(field)
            self._grid.addWidget(field, place + 1, 0)
            self._grid.addWidget(self._cut_field(place), place + 1, 1)
            days = whole(self, f"level_days_{place}", (1, _MOST_DAYS), cadence[place], self._pace, _(" days"))
            days.setAccessibleName(heads[2])
            self._days.append(days)
            self._grid.addWidget(days, place + 1, 2)
        self._grid.setColumnStretch(0, 1)

    def _words(self, text: str, role: str = "muted") -> QLabel:
        made = text_label(self, role)
        made.setText(text)
        return made

    def _cut_heading(self) -> str:
        policy = self._editor.policy()
        if policy.scale == "intent":
            return _("Intent")
        if policy.cut == "limits":
            return _("From points") if policy.scale == "points" else _("From an amount of")
        return _("Up to the best … of the money") if policy.cut == "shares" else _("Up to the best … of the customers")

    def _cut_field(self, place: int) -> QWidget:
        policy = self._editor.policy()
        if policy.scale == "intent":
            return self._words(_("as noted"))
        if place >= len(policy.cuts):
            return self._words(_("all the others"))
        cut, name = policy.cuts[place], f"level_cut_{place}"
        made: QSpinBox | QDoubleSpinBox
        if policy.cut != "limits":
            made = whole(self, name, (1, 100), round(cut * 100), self._move, "%")
        elif policy.scale == "points":
            made = decimal(self, name, (1, 5), cut, self._move)
        else:
            made = whole(self, name, (0, _MOST_MONEY), round(cut), self._move)
            made.setGroupSeparatorShown(True)
            made.setPrefix("¥")
            made.setSingleStep(500)
        made.setAccessibleName(self._cut_heading())
        self._cuts.append(made)
        return made

    def _count(self, count: int) -> None:
        self._editor.reshape(with_count(self._editor.policy(), count))

    def _cut(self, cut: str) -> None:
        self._editor.reshape(with_cut(self._editor.policy(), cut))

    def _rename(self, _text: str) -> None:
        self._editor.put(levels=tuple(field.text().strip() for field in self._names))

    def _move(self, _value: float) -> None:
        part = 1 if self._editor.policy().cut == "limits" else 100
        self._editor.put(cuts=tuple(round(field.value() / part, 4) for field in self._cuts))

    def _pace(self, _days: int) -> None:
        self._editor.put(cadence=tuple(field.value() for field in self._days))
