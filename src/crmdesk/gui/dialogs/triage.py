"""过一遍: one customer at a time, by keys: how likely, when next, or not at all. Ten a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.record import CustomerCard
from crmdesk.domain.spread import spread_days
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.pages.detail_values import facts_of
from crmdesk.gui.pages.next_date import NextDate
from crmdesk.gui.widgets.pieces import Elided, button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.operations import customers, follow_ups, triage
from crmdesk.words.formats import ago, count
from crmdesk.words.labels import label

INTENTS: Final = ("high", "medium", "low")
STOP: Final = "stop"
FIRST_AFTER: Final = {"high": 1, "medium": 7, "low": 30}  # days from today to the first contact
PER_DAY: Final = 8
SHOWN_FACTS: Final = 8
SHOWN_LINES: Final = 2
WIDTH: Final = 620


class TriageDialog(QDialog):
    """Goes through the customers without an intent; every answer is a step of its own, so leaving loses nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("triage")
        self.setWindowTitle(_("Run through"))
        self.setMinimumSize(WIDTH, 520)
        self._desk = desk
        self._ids = desk.read(triage.waiting_for_a_word)
        self._at = 0
        self._intent = ""
        self._judged: Counter[str] = Counter()
        self._count = text_label(self, "muted", "triage_count")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, max(len(self._ids), 1))
        self._bar.setAccessibleName(_("Run through"))
        self.name = Elided(self, "display")
        self.name.setObjectName("triage_name")
        self._facts = QGridLayout()
        self._likely = {code: self._choice(code, place) for place, code in enumerate(INTENTS, start=1)}
        self.stop = button(self, "triage_stop", self._stop, "quiet")
        self.next_date = NextDate(desk, self)
        self.keep = button(self, "triage_keep", self._keep, "primary")
        self._close = button(self, "triage_close", self.accept, "")
        self._when = text_label(self, "muted")
        self._hint = text_label(self, "small", "triage_hint", wrap=True)
        self._card = QFrame(self)
        for one in (*self._likely.values(), self.stop, self.next_date, self.keep, self._close):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the dialog
        self._lay_out()
        self._say()
        self._show()

    def shown(self) -> int | None:
        """The id of the customer in sight; None at the end."""
        return self._ids[self._at] if self._at < len(self._ids) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 2 3 how likely, ↑ ↓ when next, Enter keeps, space passes, ← goes back, 0 stops following."""
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_1: partial(self._choose, "high"),
            Qt.Key.Key_2: partial(self._choose, "medium"),
            Qt.Key.Key_3: partial(self._choose, "low"),
            Qt.Key.Key_0: self._stop,
            Qt.Key.Key_Up: partial(self._shift, 1),
            Qt.Key.Key_Down: partial(self._shift, -1),
            Qt.Key.Key_Left: partial(self._go, -1),
            Qt.Key.Key_Right: partial(self._go, 1),
            Qt.Key.Key_Space: partial(self._go, 1),
            Qt.Key.Key_Return: self._keep,
            Qt.Key.Key_Enter: self._keep,
        }
        done = keys.get(Qt.Key(event.key()))
        if done is None:
            super().keyPressEvent(event)
        else:
            done()

    def _choose(self, intent: str) -> None:
        if self.shown() is None:
            return
        self._intent = intent
        for code, choice in self._likely.items():
            choice.setChecked(code == intent)
        first = self._desk.today + timedelta(days=FIRST_AFTER[intent])
        # Those of one kind are spread over the days, so that none of them fills up.
        self.next_date.propose(spread_days(self._judged[intent] + 1, first, PER_DAY)[-1])
        self.keep.setEnabled(True)

    def _shift(self, days: int) -> None:
        day = self.next_date.day() or self._desk.today
        self.next_date.choose(max(day + timedelta(days=days), self._desk.today))

    def _keep(self) -> None:
        customer = self.shown()
        if customer is None:
            self.accept()
        elif self._intent:
            self._do(self._intent, partial(triage.judge, self._desk.database, customer, self._intent, self._day()))
        else:
            self._go(1)

    def _stop(self) -> None:
        customer = self.shown()
        if customer is not None:
            self._do(STOP, partial(follow_ups.stop_following, self._desk.database, [customer]))

    def _do(self, code: str, work: partial[Changes]) -> None:
        self._judged[code] += 1
        self._desk.run(lambda _progress: work(), done=self._desk.changed.emit)
        self._go(1)

    def _day(self) -> date | None:
        return self.next_date.day()

    def _go(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._ids))
        self._show()

    def _show(self) -> None:
        customer = self.shown()
        self._intent = ""
        self._bar.setValue(self._at)
        self._count.setText(f"{count(min(self._at + 1, len(self._ids)))} / {count(len(self._ids))}")
        for choice in self._likely.values():
            choice.setChecked(False)
        for widget in (*self._likely.values(), self.stop, self.next_date, self._when, self._hint, self._count):
            widget.setVisible(customer is not None)
        self.keep.setText(_("Keep, next one") if customer is not None else _("Close"))
        self._close.setVisible(customer is not None)
        clear_layout(self._facts)
        if customer is None:
            self.name.set_full(_("That is all of them"))
            self._fact(0, "", self._result())
            return
        self._show_card(self._desk.read(customers.customer_card, customer))

    def _show_card(self, card: CustomerCard) -> None:
        customer = card.customer
        self.name.set_full(customer.name or customer.code)
        facts = [fact for fact in facts_of(customer, presenting=self._desk.presenting) if fact.shown]
        for place, fact in enumerate(facts[:SHOWN_FACTS]):
            self._fact(place, fact.heading, fact.shown)
        said = [entry for entry in card.timeline if entry.kind == "interaction" and entry.text]
        for place, entry in enumerate(said[:SHOWN_LINES]):
            self._fact(len(facts) + place, ago(entry.on, self._desk.today), entry.text)
        if customer.intent:
            self._choose(customer.intent)
        self.next_date.propose(card.next_follow_up.due_on if card.next_follow_up else None, anew=True)

    def _fact(self, row: int, heading: str, text: str) -> None:
        head, words = text_label(self._card, "muted"), Elided(self._card)
        head.setText(heading)
        words.set_full(text.replace("\n", " "))
        self._facts.addWidget(head, row, 0)
        self._facts.addWidget(words, row, 1)

    def _result(self) -> str:
        parts = [f"{label('intent', code)} {self._judged[code]}" for code in INTENTS if self._judged[code]]
        stopped = [f"{_('Stop following')} {self._judged[STOP]}"] if self._judged[STOP] else []
        return " · ".join([*parts, *stopped]) or _("Nobody is waiting for a word.")

    def _choice(self, code: str, key: int) -> QPushButton:
        choice = button(self, f"triage_{code}", partial(self._choose, code), "chip")
        choice.setCheckable(True)
        choice.setText(f"{key} {label('intent', code)}")
        return choice

    def _say(self) -> None:
        self.stop.setText("0 " + _("Stop following"))
        self._when.setText(_("Next"))
        self._close.setText(_("Go on later"))
        self._hint.setText(
            _("1 2 3 how likely · ↑ ↓ when next · Enter keeps and goes on · space passes · ← back · 0 stops following")
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._bar, 1)
        top.addWidget(self._count)
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(20)
        self._facts.setVerticalSpacing(7)
        self._card.setProperty("card", "true")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(self.name)
        inside.addLayout(self._facts)
        inside.addStretch(1)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for choice in self._likely.values():
            answers.addWidget(choice)
        answers.addSpacing(12)
        answers.addWidget(self._when)
        answers.addWidget(self.next_date)
        answers.addStretch(1)
        answers.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._card, 1)
        column.addLayout(answers)
        column.addWidget(self._hint)
        column.addLayout(verb_row(self, self.keep, self._close))
