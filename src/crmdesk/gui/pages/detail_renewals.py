"""到期和补货 in a card: what ends when, and what the customer usually would have bought again by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.domain.renewal import CONTRACT, SUPPLY, Habit, Renewal
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.pages.win_back_link import AWAY
from crmdesk.i18n import _
from crmdesk.operations import renewals
from crmdesk.operations.renewals import RenewalState
from crmdesk.words import care

MOST_HABITS = 2
LATE_SHARE = 5  # a fifth of the usual interval: sooner is no news
FORGOTTEN = 3  # usual intervals: later it is no supply that runs out but a customer that left


class RenewalSection(CardSection):
    """Contracts and supplies by their end; below them at most two products that are late by the customer's habit."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("renewals", desk, parent)
        self._found: tuple[RenewalState, ...] = ()
        self._habits: tuple[Habit, ...] = ()

    def read(self) -> None:
        """What runs, and the habits."""
        self._found = self._desk.read(renewals.renewals_of, self._customer)
        self._habits = self._desk.read(renewals.habits_of, self._customer)

    def heading(self) -> str:
        """到期和补货."""
        return _("Ends and runs out")

    def fill(self) -> None:
        """A line for each."""
        for state in self._found:
            self._add_renewal(state)
        for habit in self._late():
            text = _("{product}: usually every {usual} days, now {days}").format(
                product=habit.product, usual=habit.usual, days=habit.usual + habit.late(self._desk.today)
            )
            remind = (_("Remind me…"), partial(self._note, habit))
            self.add_line(text, "muted", link=remind, name="remind_supply")

    def _late(self) -> list[Habit]:
        """Products that are late with a customer who still comes, and not only for them."""
        # The one product's habit is the rhythm, which the card tells already; of who left altogether it is no news.
        if len(self._habits) < 2 or self._stage in AWAY:
            return []
        noted = {state.renewal.name for state in self._found}
        today = self._desk.today
        late = [
            one
            for one in self._habits
            if one.usual // LATE_SHARE < one.late(today) < FORGOTTEN * one.usual and one.product not in noted
        ]
        return late[:MOST_HABITS]

    def _add_renewal(self, state: RenewalState) -> None:
        renewal, today = state.renewal, self._desk.today
        text = f"{care.renewal_name(renewal)} · {care.end_text(renewal, state.ends_on, today)}"
        near = state.ends_on is not None and state.ends_on - timedelta(days=renewal.notice_days) <= today
        verbs: list[Verb] = [(_("Change…"), partial(self._change, renewal))]
        if renewal.kind == CONTRACT:
            verbs.insert(0, (_("Renewed…"), partial(self._renew, renewal)))
            verbs.append((_("Not renewed"), partial(self._keep, replace(renewal, closed_on=today))))
        else:
            verbs.insert(0, (_("Refilled today"), partial(self._keep, replace(renewal, since_on=today))))
            verbs.append((_("No longer needed"), partial(self._keep, replace(renewal, closed_on=today))))
        verbs.append((_("Delete"), partial(self._delete, renewal.id)))
        self.add_line_with_menu(text, "amber" if near else "", _("Change"), verbs, f"renewal_{renewal.id}")

    def _renew(self, renewal: Renewal) -> None:
        before = renewal.ends_on or self._desk.today
        until = self._desk.prompts.ask_date(_("Renewed until"), _year_later(before))
        if until is not None:
            self._keep(replace(renewal, ends_on=until))

    def _change(self, renewal: Renewal) -> None:
        from crmdesk.gui.dialogs.renewal_form import ask_to_change

        ask_to_change(self._desk, self, renewal)

    def _note(self, habit: Habit) -> None:
        from crmdesk.gui.dialogs.renewal_form import ask_renewal

        ask_renewal(self._desk, self, Renewal(self._customer, SUPPLY, habit.product, lasts_days=habit.usual))

    def _keep(self, renewal: Renewal) -> None:
        act(self._desk, lambda db: renewals.change_renewal(db, renewal))

    def _delete(self, renewal: int) -> None:
        act(self._desk, lambda db: renewals.delete_renewal(db, renewal))


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
