"""培育计划 in a card: the step it stands at, or why it waits and how it is to go on."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.domain.plan import ENDED, PAUSED, PlanRate
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import customers, plans
from crmdesk.operations.plans import RunState
from crmdesk.words import formats
from crmdesk.words.plans import rate_text, run_text


class PlanSection(CardSection):
    """There for who is in a plan, or was."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("plan", desk, parent)
        self._found: tuple[RunState, ...] = ()
        self._rates: dict[str, PlanRate] = {}
        self._name = ""

    def read(self) -> None:
        """The plans with the customer; of one that was begun also how it did with others."""
        self._found = self._desk.read(plans.runs_of, self._customer)
        self._rates = self._desk.read(plans.plan_rates) if self._found else {}
        if any(state.run.state == PAUSED for state in self._found):
            known = self._desk.read(customers.get_customer, self._customer)
            self._name = known.salutation or known.name or known.code

    def heading(self) -> str:
        """培育计划."""
        return _("Nurture plan")

    def fill(self) -> None:
        """What is open; with nothing open the last one, and a way to the next."""
        if not self._found:
            return
        still = [state for state in self._found if state.run.state != ENDED]
        for state in still or self._found[:1]:
            self._add_run(state)
        told = rate_text(self._rates.get(self._found[0].run.plan))
        self.add_line(_("{plan}: {told}").format(plan=self._found[0].run.name, told=told), "small")
        if not still:
            self.add_verb((_("Start a plan…"), self._start), "start_plan")

    def _add_run(self, state: RunState) -> None:
        run, today = state.run, self._desk.today
        text = run_text(run, state.due_on, self._name, today)
        if state.came_on is not None and run.state == ENDED:
            text = _("{told} · ordered on {day}").format(told=text, day=formats.short_day(state.came_on, today))
        on: Verb = (_("Go on"), partial(self._do_to, plans.resume_plan, run.id))
        end: Verb = (_("End it"), partial(self._do_to, plans.end_plan, run.id))
        if run.state == PAUSED:
            self.add_choice(text, "amber", ((on, f"resume_plan_{run.id}"), (end, f"end_plan_{run.id}")))
        elif run.state == ENDED:
            self.add_line(text, "muted")
        else:
            wait: Verb = (_("Let it wait"), partial(self._do_to, plans.pause_plan, run.id))
            self.add_line_with_menu(text, "", _("Change"), (wait, end), f"plan_{run.id}")

    def _do_to(self, work: plans.OnRun, run_id: int) -> None:
        act(self._desk, lambda db: work(db, run_id))

    def _start(self) -> None:
        from crmdesk.gui.dialogs.plan_start import ask_to_start

        ask_to_start(self._desk, self, [("", [self._customer])])
