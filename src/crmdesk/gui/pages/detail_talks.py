"""洽谈 in a card: needs, what hurts, offers and objections, and how long one has been talking by now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.domain.stage import Stage
from crmdesk.domain.talk import NEEDS, Talk
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.card_section import CardSection, Verb
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.patience import while_there
from crmdesk.i18n import _
from crmdesk.operations import talks
from crmdesk.words import formats
from crmdesk.words.conversion import underway_sentence
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from crmdesk.domain.conversion import Underway
    from crmdesk.progress import Progress

BEFORE: Final = frozenset({Stage.PROSPECT.value, Stage.IN_TALKS.value})
SHOWN: Final = 6  # of those that were said; older ones stand in the timeline


class TalkSection(CardSection):
    """There for who is in talks, and for whom something of a talk is noted."""

    filled = Signal()  # how long it takes has arrived, and may be the first thing to say

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("talks", desk, parent)
        self._found: tuple[Talk, ...] = ()
        self._underway: Underway | None = None
        self._asked = 0

    def read(self) -> None:
        """What was said; how long it takes is asked for where nobody waits for it."""
        self._asked += 1  # before the reading, which may be refused: an answer on its way is of another customer
        self._found = self._desk.read(talks.talks_of, self._customer)
        self._underway = None
        if self._stage in BEFORE:
            self._ask_how_long(self._asked, self._customer)

    def heading(self) -> str:
        """洽谈."""
        return label("stage", Stage.IN_TALKS)

    def fill(self) -> None:
        """What is needed, what is open, what is settled; then how long one talks, beside what is usual."""
        said = [one for one in self._found if one.kind != NEEDS]
        if not said and self._stage not in BEFORE:
            return  # the needs of who buys already stand among the facts
        for one in self._found[: SHOWN + 1]:
            self._add_talk(one)
        if self._underway is not None:
            self.add_line(underway_sentence(self._underway), "muted")
        if said or self._stage == Stage.IN_TALKS:
            self.add_verb((_("Note what was said…"), self._note), "note_talks")

    def _add_talk(self, one: Talk) -> None:
        parts = [one.text, formats.money(one.amount) if one.amount is not None else ""]
        parts.append(formats.short_day(one.said_on, self._desk.today) if one.said_on else "")
        text = _("{kind}: {told}").format(kind=label("talk", one.kind), told=" · ".join(filter(None, parts)))
        if one.kind == NEEDS:
            self.add_line(text)
            return
        if one.settled_on is not None:
            text = f"{text} → {one.answer or _('settled')}"
        settle: list[Verb] = [(_("Settled…"), partial(self._settle, one))] if one.open else []
        verbs: list[Verb] = [
            *settle,
            (_("Change…"), partial(self._change, one)),
            (_("Delete"), partial(self._delete, one.id)),
        ]
        self.add_line_with_menu(text, "" if one.open else "muted", _("Change"), verbs, f"talk_{one.id}")

    def _ask_how_long(self, asked: int, customer_id: int) -> None:
        database = self._desk.database

        def work(_progress: Progress) -> Underway | None:
            from crmdesk.operations.conversion import underway

            return underway(database, customer_id)

        def arrived(found: Underway | None) -> None:
            if asked == self._asked and found is not None:
                self._underway = found
                self.retranslate()
                self.filled.emit()

        self._desk.run(work, done=while_there(self, arrived), failed=lambda _error: None)

    def _note(self) -> None:
        from crmdesk.gui.dialogs.talk_forms import ask_talks

        ask_talks(self._desk, self, self._customer)

    def _settle(self, one: Talk) -> None:
        from crmdesk.gui.dialogs.talk_forms import ask_to_settle

        ask_to_settle(self._desk, self, one)

    def _change(self, one: Talk) -> None:
        from crmdesk.gui.dialogs.talk_forms import ask_to_change

        ask_to_change(self._desk, self, one)

    def _delete(self, talk: int) -> None:
        act(self._desk, lambda db: talks.delete_talk(db, talk))
