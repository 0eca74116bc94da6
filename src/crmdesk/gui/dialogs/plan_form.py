"""A plan as it is edited: its name, and a row for each step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.plan import MOST_DAYS, MOST_STEPS, Plan, PlanStep
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.words.labels import label

WIDE = 46  # in heights of a line: days, kind, what to say, and the cross
_KINDS = tuple(kind for kind in InteractionKind if kind != InteractionKind.NOTE)  # a note to oneself is no contact


class _Row(NamedTuple):
    after: QSpinBox
    kind: QComboBox
    text: QLineEdit
    cross: QPushButton


class PlanForm(SmallForm):
    """Each step: after how many days, by what way, what to say. A new step stands below the last."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("plan_form", _("Nurture plan"), _("Save"), parent)
        self.setMinimumWidth(WIDE * self.fontMetrics().height())
        self._before = plan
        self._name = QLineEdit(plan.name, self)
        self._name.setPlaceholderText(_("Before the season"))
        self._name.textChanged.connect(self.check)
        self._table = QWidget(self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(3, 1)
        self._steps: list[_Row] = []
        self._more = button(self, "plan_more", self._add_new, "link")
        self._more.setText(_("＋ One more step"))
        self._more.setAutoDefault(False)
        self.add_row(_("Name"), self._name, "plan_name")
        self.add_row(_("Steps"), self._table, "plan_steps")
        self._rows.addRow("", self._more)
        for step in plan.steps or (PlanStep(1),):
            self._add(step)
        self._lay_out()

    def plan(self) -> Plan:
        """As it stands now."""
        steps = tuple(
            PlanStep(row.after.value(), str(row.kind.currentData()), row.text.text().strip()) for row in self._steps
        )
        return replace(self._before, name=self._name.text().strip(), steps=steps)

    def complete(self) -> bool:
        """A name and a step."""
        return bool(self._name.text().strip() and self._steps)

    def _add_new(self) -> None:
        self._add(PlanStep(7))
        self._lay_out()
        self._steps[-1].text.setFocus()

    def _add(self, step: PlanStep) -> None:
        after, kind, text = QSpinBox(self._table), QComboBox(self._table), QLineEdit(step.text, self._table)
        after.setRange(0, MOST_DAYS)
        after.valueChanged.connect(partial(_say_days, after))
        after.setValue(step.after)
        _say_days(after, step.after)
        after.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
        after.setMinimumWidth(104)
        after.setAccessibleName(_("After"))
        for code in _KINDS:
            kind.addItem(label("interaction", code), str(code))
        kind.setCurrentIndex(max(kind.findData(step.kind), 0))
        kind.setAccessibleName(_("By what way"))
        text.setCursorPosition(0)  # a long one is read from its beginning
        text.setPlaceholderText(_("What to say or do"))
        text.setAccessibleName(_("What to say or do"))
        row = _Row(after, kind, text, button(self._table, "plan_less", lambda: None))
        row.cross.setText("✕")
        row.cross.setAutoDefault(False)
        row.cross.setAccessibleName(_("Leave this step out"))
        row.cross.clicked.connect(partial(self._remove, row))
        self._steps.append(row)

    def _remove(self, row: _Row, _checked: bool = False) -> None:
        self._steps.remove(row)
        for widget in row:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the rows one below the other again; the first counts from the beginning."""
        for old in self._table.findChildren(QWidget, "plan_after"):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, row in enumerate(self._steps):
            said = text_label(self._table, "muted", "plan_after")
            said.setText(_("after") if place else _("at first, after"))
            for column, widget in enumerate((said, *row)):
                self._grid.addWidget(widget, place, column)
        self._more.setEnabled(len(self._steps) < MOST_STEPS)
        self.check()


def _say_days(field: QSpinBox, days: int) -> None:
    field.setSuffix(_(" day") if days == 1 else _(" days"))
