"""挽回 in a card: what is being tried, what was, and which way did it how often with the others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.domain.win_back import GONE, WAITING, WON, Outcome, WinBack, WinBackRates
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.pages.win_back_link import AWAY
from crmdesk.gui.patience import while_there
from crmdesk.i18n import _
from crmdesk.operations import win_backs
from crmdesk.words import care, formats

SHOWN = 3  # attempts; older ones are told by their number


class WinBackSection(CardSection):
    """There for who is quiet or lost, and for whom one tried."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("win_back", desk, parent)
        self._found: tuple[tuple[WinBack, Outcome], ...] = ()
        self._rates: WinBackRates | None = None

    def read(self) -> None:
        """The attempts; with somebody who is away how each way did so far is asked for where nobody waits for it."""
        self._found = self._desk.read(win_backs.attempts_of, self._customer)
        if self._stage in AWAY:
            self._ask_rates()

    def heading(self) -> str:
        """挽回."""
        return _("Win back")

    def fill(self) -> None:
        """The attempts, and the way to begin one where none is under way."""
        for attempt, outcome in self._found[:SHOWN]:
            self._add_attempt(attempt, outcome)
        if len(self._found) > SHOWN:
            self.add_line(_("{count} earlier ones").format(count=len(self._found) - SHOWN), "small")
        waiting = any(outcome.state == WAITING for _attempt, outcome in self._found)
        if self._stage in AWAY and not waiting:
            told = "" if self._rates is None else care.best_text(self._rates) or _("Nobody tried yet")
            begin = (_("Try to win back…"), self._begin)
            self.add_line(told, "muted", link=begin, name="begin_win_back")

    def _add_attempt(self, attempt: WinBack, outcome: Outcome) -> None:
        today = self._desk.today
        until = ""
        if attempt.offer and attempt.offer_until is not None:
            until = _("until {day}").format(day=formats.short_day(attempt.offer_until, today))
        offer = " ".join(part for part in (attempt.offer, until) if part)
        begun = f"{formats.short_day(attempt.begun_on, today)} {care.method_label(attempt.method)}"
        text = " · ".join(part for part in (begun, offer, care.outcome_text(outcome, today)) if part)
        verbs = [(_("Change…"), partial(self._change, attempt))]
        verbs += [
            (care.result_label(result), partial(self._keep, replace(attempt, result=result)))
            for result in (WON, GONE)
            if outcome.state != result
        ]
        verbs.append((_("Delete"), partial(self._delete, attempt.id)))
        role = "" if outcome.state in (WAITING, WON) else "muted"
        self.add_line_with_menu(text, role, _("Change"), verbs, f"win_back_{attempt.id}")

    def _ask_rates(self) -> None:
        database = self._desk.database

        def arrived(found: WinBackRates) -> None:
            if found != self._rates:  # they are everybody's: the next card mostly finds them as they were
                self._rates = found
                self.retranslate()
                self.filled.emit()

        told = while_there(self, arrived)
        self._desk.run(lambda _progress: win_backs.win_back_rates(database), done=told, failed=lambda _error: None)

    def _begin(self) -> None:
        from crmdesk.gui.dialogs.win_back_form import ask_win_back

        ask_win_back(self._desk, self, self._customer)

    def _change(self, attempt: WinBack) -> None:
        from crmdesk.gui.dialogs.win_back_form import ask_to_change

        ask_to_change(self._desk, self, attempt)

    def _keep(self, attempt: WinBack) -> None:
        act(self._desk, lambda db: win_backs.change_win_back(db, attempt))

    def _delete(self, attempt: int) -> None:
        act(self._desk, lambda db: win_backs.delete_win_back(db, attempt))
