"""What counts: money, points from several numbers, or one's own judgement; over which time, returns or not."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from crmdesk.domain.money import decimal_text
from crmdesk.domain.policy_edit import with_scale
from crmdesk.domain.tier_policy import Part
from crmdesk.gui.pages.policy_fields import FIELD_WIDTH, Card, Editor, choice, decimal
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _
from crmdesk.words.policies import INDICATOR_NAMES, indicator_name

_WINDOWS: Final = (0, 90, 180, 365, 730)
_MOST_PARTS: Final = 6  # more numbers than that, and nobody can say why somebody is an A


class ScoreCard(Card):
    """The scale, its parts, the window."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(_("What counts"), parent)
        self._editor = editor
        policy = editor.policy()
        scales = [
            (_("what they bring"), "value"),
            (_("points from several numbers"), "points"),
            (_("the intent you noted"), "intent"),
        ]
        self.row(_("Customers are judged by"), choice(self, "scale", scales, policy.scale, self._scale))
        if policy.scale == "value":
            measures = [
                (_("profit, else money paid"), "auto"),
                (_("money paid"), "monetary"),
                (_("profit"), "profit"),
            ]
            self.row(_("Measured by"), choice(self, "measure", measures, policy.measure, self._measure))
        if policy.scale == "points":
            self._add_parts()
        if policy.scale != "intent":
            windows = [(_("all the time"), 0)]
            windows += [(_("the last {days} days").format(days=days), days) for days in _WINDOWS[1:]]
            if policy.window not in _WINDOWS:
                windows.append((_("the last {days} days").format(days=policy.window), policy.window))
            self.row(_("Purchases of"), choice(self, "window", windows, policy.window, self._window))
            returns = QCheckBox(_("Subtract returns and refunds"), self)
            returns.setObjectName("returns")
            returns.setChecked(policy.returns == "net")
            returns.toggled.connect(lambda on: editor.put(returns="net" if on else "ignore"))
            self.rows.addWidget(returns)

    def _add_parts(self) -> None:
        """A row per number; its weight beside it."""
        self.note(
            _(
                "Each number gives 1 to 5 points, by fifths of your customers or by four limits of your own, growing "
                "(days, times, yuan; shares as 0.2); what is unknown does not count."
            )
        )
        parts = self._editor.policy().parts
        names = [(indicator_name(code), code) for code in INDICATOR_NAMES]
        for place, part in enumerate(parts):
            box = choice(self, f"part_{place}", names, part.indicator, partial(self._take, place))
            weight = decimal(self, f"weight_{place}", (0.5, 10), part.weight, partial(self._weigh, place), step=0.5)
            weight.setPrefix("× ")
            weight.setAccessibleName(_("Weight"))
            away = button(self, f"part_away_{place}", partial(self._drop, place), "link")
            away.setText(_("Drop it"))
            away.setEnabled(len(parts) > 1)
            self.row(_("Number {number}").format(number=place + 1), box, weight, away)
            self.row(_("Its limits"), self._limits_field(place, part))
        if len(parts) < _MOST_PARTS:
            more = button(self, "part_more", self._add, "link")
            more.setText(_("＋ Another number"))
            self.rows.addWidget(more)

    def _limits_field(self, place: int, part: Part) -> QLineEdit:
        """Four limits with commas between, or nothing for fifths of the customers."""
        field = QLineEdit(_(", ").join(map(_limit_text, part.limits)), self)
        field.setObjectName(f"part_limits_{place}")
        field.setPlaceholderText(_("by fifths, or 30, 60, 90, 180"))
        field.setMinimumWidth(2 * FIELD_WIDTH)
        field.editingFinished.connect(lambda: self._limit(place, field.text()))
        return field

    def _limit(self, place: int, text: str) -> None:
        self._put_part(place, replace(self._editor.policy().parts[place], limits=_numbers(text)))

    def _scale(self, scale: str) -> None:
        if scale != self._editor.policy().scale:
            self._editor.reshape(with_scale(self._editor.policy(), scale))

    def _measure(self, measure: str) -> None:
        self._editor.put(parts=(Part(measure),))

    def _window(self, days: int) -> None:
        self._editor.put(window=days)

    def _take(self, place: int, code: str) -> None:
        # Own limits belong to the number they were written for.
        self._put_part(place, replace(self._editor.policy().parts[place], indicator=code, limits=()))

    def _weigh(self, place: int, weight: float) -> None:
        self._put_part(place, replace(self._editor.policy().parts[place], weight=weight))

    def _put_part(self, place: int, part: Part) -> None:
        parts = list(self._editor.policy().parts)
        parts[place] = part
        self._editor.put(parts=tuple(parts))

    def _drop(self, place: int) -> None:
        policy = self._editor.policy()
        self._editor.reshape(replace(policy, parts=policy.parts[:place] + policy.parts[place + 1 :]))

    def _add(self) -> None:
        policy = self._editor.policy()
        used = {part.indicator for part in policy.parts}
        code = next(code for code in INDICATOR_NAMES if code not in used)
        self._editor.reshape(replace(policy, parts=(*policy.parts, Part(code))))


def _limit_text(limit: float) -> str:
    """The number as it is typed: no digit less, for what stands in the field is taken back as it is left."""
    return decimal_text(Decimal(repr(limit)))


def _numbers(text: str) -> tuple[float, ...]:
    """The numbers between commas. Words give a single one, which no rules take: the page says what is wrong."""
    parts = [part for part in re.split("[,，、;；\\s]+", text.strip()) if part]
    try:
        return tuple(float(part) for part in parts)
    except ValueError:
        return (0.0,)
