"""开始计划: which plan, with whom, and what it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from crmdesk.domain.plan import Plan
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import plans
from crmdesk.words.phrases import one_thing
from crmdesk.words.plans import after_text, step_text

WIDE = 22  # of the steps, in heights of a line
Whom = tuple[str, Sequence[int]]
"""What a group of customers is called, and who they are."""


class StartPlanForm(SmallForm):
    """The plan with its steps; more than one group may be offered, or nobody has to be chosen."""

    def __init__(
        self, offered: Sequence[Plan], whom: Sequence[Whom], cap: int, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("start_plan_form", _("Start a plan"), _("Start"), parent)
        self._plans, self._whom, self._cap = list(offered), list(whom), cap
        self._plan, self._group = QComboBox(self), QComboBox(self)
        for plan in self._plans:
            self._plan.addItem(plan.name, plan.key)
        self._plan.setCurrentIndex(max(self._plan.findData(key), 0))
        for name, ids in self._whom:
            self._group.addItem(one_thing(_("{name}: {count} customers").format(name=name, count=len(ids))))
        self._steps = text_label(self, "", "plan_told", wrap=True)
        self._steps.setMinimumWidth(WIDE * self.fontMetrics().height())
        self._load = text_label(self, "small", "plan_load", wrap=True)
        self.add_row(_("Nurture plan"), self._plan, "start_plan")
        self._rows.addRow("", self._steps)
        self.add_row(_("With whom"), self._group, "start_whom")
        self._rows.addRow("", self._load)
        alone = len(self._whom) == 1 and len(self._whom[0][1]) == 1
        self._rows.setRowVisible(self._group, not alone)
        self._rows.setRowVisible(self._load, not alone)
        self._plan.currentIndexChanged.connect(self._tell)
        self._group.currentIndexChanged.connect(self._tell)
        self._tell()

    def plan(self) -> Plan:
        """The chosen plan."""
        return self._plans[self._plan.currentIndex()]

    def customers(self) -> Sequence[int]:
        """With whom."""
        return self._whom[max(self._group.currentIndex(), 0)][1]

    def _tell(self, _index: int = 0) -> None:
        steps = enumerate(self.plan().steps)
        self._steps.setText("\n".join(f"{after_text(one, first=not place)} · {step_text(one)}" for place, one in steps))
        # A form gives a text that wraps the height of what it thinks is its width; the last steps were cut.
        self._steps.setMinimumHeight(self._steps.heightForWidth(self._steps.minimumWidth()))
        days = -(-len(self.customers()) // max(self._cap, 1))
        told = _("At most {cap} first steps a day, so over {count} days. Who is in a plan already is left out.")
        self._load.setText(one_thing(told.format(cap=self._cap, count=days)))


def ask_to_start(desk: Desk, parent: QWidget, whom: Sequence[Whom], key: str = "") -> bool:
    """Ask which plan, and start it as one step; gives whether one was started."""
    offered, cap = desk.read(plans.list_plans), desk.settings.daily_cap
    form = StartPlanForm(offered, whom, cap, key, parent)
    if not desk.prompts.run(form):
        return False
    plan, customers = form.plan(), tuple(form.customers())
    act(desk, lambda db: plans.start_plan(db, plan, customers, cap))
    return True
