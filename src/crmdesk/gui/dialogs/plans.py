"""培育计划: the plans there are, what became of each, starting and editing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.plan import PAUSED, Plan
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.plan_form import PlanForm
from crmdesk.gui.dialogs.plan_start import Whom, ask_to_start
from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.gui.patience import while_there
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _
from crmdesk.operations import plans
from crmdesk.words.plans import rate_text, steps_text


class PlansDialog(RecordList):
    """A row for each plan; the marked one is started with the chosen customers, changed or deleted."""

    def __init__(self, desk: Desk, whom: Sequence[Whom], parent: QWidget | None = None) -> None:
        sentence = _("Steps that come one after the other; once the customer answers, the plan waits for your word.")
        super().__init__("plans", _("Plans"), sentence, _("Start…") if whom else "", parent)
        self.resize(820, 440)
        self._desk, self._whom = desk, whom
        self._new = button(self, "new_plan", self.make, "")
        self._new.setText(_("New plan…"))
        self._edit = button(self, "edit_plan", self.edit, "")
        self._edit.setText(_("Change…"))
        self._remove = button(self, "delete_plan", self.delete, "")
        self._waiting = button(self, "waiting_plans", self._show_waiting, "link")
        for place, verb in enumerate((self._new, self._edit, self._remove, self._waiting)):
            self._buttons.insertWidget(place, verb)
        self._view.selectionModel().selectionChanged.connect(lambda _on, _off: self._name_remove())
        self.read()

    def read(self) -> None:
        """Show what there is."""
        found = self._desk.read(plans.list_plans)
        rates = self._desk.read(plans.plan_rates)
        lines = [
            Line((plan.name, steps_text(plan), rate_text(rates.get(plan.key)) or _("not begun yet")), plan)
            for plan in found
        ]
        self.show_lines((_("Nurture plan"), _("Steps"), _("What became of it")), lines, "", stretched=(2,))
        waiting = sum(rate.paused for rate in rates.values())
        self._waiting.setText(_("{count} waiting for your word").format(count=waiting))
        self._waiting.setVisible(bool(waiting))
        self._name_remove()

    def act(self, target: object) -> None:
        """Start the marked one."""
        if self._desk.editable and isinstance(target, Plan) and ask_to_start(self._desk, self, self._whom, target.key):
            self.accept()

    def make(self) -> None:
        """A plan of one's own."""
        self._keep(Plan("", ()))

    def edit(self) -> None:
        """Change the marked one; who is in it goes on as begun."""
        plan = self._plan()
        if plan is not None:
            self._keep(plan)

    def delete(self) -> None:
        """Delete the marked one, or give a ready one its own steps back."""
        plan, database = self._plan(), self._desk.database
        if plan is not None and plan.id and self._desk.editable:
            number = plan.id
            self._do(lambda: plans.delete_plan(database, number))

    def _keep(self, plan: Plan) -> None:
        form, database = PlanForm(plan, self), self._desk.database
        if self._desk.editable and self._desk.prompts.run(form):
            changed = form.plan()
            self._do(lambda: plans.keep_plan(database, changed))

    def _plan(self) -> Plan | None:
        line = self._marked()
        return line.target if line is not None and isinstance(line.target, Plan) else None

    def _name_remove(self) -> None:
        plan = self._plan()
        self._remove.setText(_("As it came") if plan is not None and plan.ready else _("Delete"))
        self._remove.setEnabled(plan is not None and bool(plan.id))

    def _show_waiting(self) -> None:
        waiting = [state.run.customer_id for state in self._desk.read(plans.list_runs) if state.run.state == PAUSED]
        self.accept()
        self._desk.customers_wanted.emit(CustomerQuery(ids=tuple(dict.fromkeys(waiting))))

    def _do(self, work: Callable[[], Changes]) -> None:
        self._desk.act(lambda _progress: work(), done=while_there(self, lambda _changes: self.read()))
