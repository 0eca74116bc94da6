"""满意度 in a card: the last answer in words, and how the ones before it were."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.domain.satisfaction import LOW, Satisfaction, average, trend
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import satisfaction
from crmdesk.words import care, formats

SHOWN = 8


class SatisfactionSection(CardSection):
    """There once the customer was asked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("satisfaction", desk, parent)
        self._found: tuple[Satisfaction, ...] = ()

    def read(self) -> None:
        """The answers."""
        self._found = self._desk.read(satisfaction.answers_of, self._customer)

    def heading(self) -> str:
        """满意度."""
        return _("Satisfaction")

    def fill(self) -> None:
        """The last answer, then all of them as a row of numbers."""
        if not self._found:
            return
        last = self._found[0]
        day = formats.short_day(last.asked_on, self._desk.today)
        text = " · ".join(part for part in (care.score_label(last.score), day, last.words) if part)
        verbs: list[Verb] = [(_("Asked again…"), self._ask), (_("Delete"), partial(self._delete, last.id))]
        self.add_line_with_menu(text, "amber" if last.score <= LOW else "", _("Change"), verbs, "satisfaction_last")
        if len(self._found) > 1:
            self.add_line(self._series(), "small")

    def _series(self) -> str:
        told = _("Asked {count} times, {average} on average: {scores}").format(
            count=len(self._found),
            average=average(self._found),
            scores=care.scores_text(one.score for one in self._found[:SHOWN]),
        )
        where = {-1: _("lower than before"), 1: _("higher than before")}.get(trend(self._found), "")
        return " · ".join(part for part in (told, where) if part)

    def _ask(self) -> None:
        from crmdesk.gui.dialogs.satisfaction_form import ask_satisfaction

        ask_satisfaction(self._desk, self, self._customer)

    def _delete(self, answer: int) -> None:
        act(self._desk, lambda db: satisfaction.delete_answer(db, answer))
