"""The note box: one line of what was said, what came of it, when next. Enter saves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.interaction import Interaction, InteractionKind, Outcome, Said
from crmdesk.domain.plan import ANSWERS
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.next_date import NextDate, next_day
from crmdesk.gui.room import HoldsHeight
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label

OUTCOMES: Final = tuple(Outcome)
KINDS: Final = (
    InteractionKind.CALL,
    InteractionKind.WECHAT,
    InteractionKind.VISIT,
    InteractionKind.MEETING,
    InteractionKind.MAIL,
    InteractionKind.NOTE,
)
# Five in one line of a card: where the whole name is long, the chip says less and its tip says all.
_BRIEF: Final = {
    Outcome.WAIT: translatable("Wait"),
    Outcome.NOT_REACHED: translatable("No answer"),
    Outcome.STOP: translatable("Stop"),
}


def outcome_chip(outcome: Outcome) -> str:
    """A result in as few words as it is known by."""
    return _(_BRIEF[outcome]) if outcome in _BRIEF else label("outcome", outcome)


@dataclass(frozen=True, slots=True)
class Note:
    """What the user wrote: the line, how they were in touch, what came of it, when next."""

    text: str
    kind: str
    outcome: str
    next_on: date | None
    own_day: bool = False  # the user chose or wrote the day; a proposed one is proposed anew

    @property
    def begun(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.text or self.outcome)

    def said(self, customer_id: int, at: datetime, completes: int | None) -> Said:
        """The note as it is kept."""
        said = Interaction(customer_id, at, self.kind, self.outcome, self.text)
        return Said(said, self.next_on, completes, proposed=not self.own_day)


class NoteEdit(QPlainTextEdit):
    """A small text box: Enter hands in, Shift+Enter breaks the line, 1 to 5 choose an outcome while it is empty."""

    submitted = Signal()
    outcome_picked = Signal(int)
    moved = Signal(int)  # Up or Down in the empty box: to the line before or after
    left = Signal()  # Esc

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_edit")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._composing = False

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(240, self.fontMetrics().lineSpacing() * 2 + 18)

    def minimumSizeHint(self) -> QSize:
        """No less: Qt's own minimum for a scrolling box would be twice as high."""
        return QSize(120, self.sizeHint().height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed: its Enter and digits belong to the input method."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand in, pick an outcome, move; everything else is writing."""
        if self._composing or not self._handled(event):
            super().keyPressEvent(event)

    def _handled(self, event: QKeyEvent) -> bool:
        key, empty = event.key(), not self.toPlainText()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.submitted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif empty and plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self.outcome_picked.emit(key - Qt.Key.Key_1)
        elif empty and plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True


class NoteBox(HoldsHeight):
    """The note box with its outcomes and the next day. `saved` carries a Note; nothing is emptied until `start`."""

    saved = Signal(object)
    moved = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_box")
        self._desk = desk
        self._rhythm: int | None = None
        self._planned: date | None = None
        self._own_kind = False  # the user chose the way of contact; a line that begins with one changes nothing then
        self.edit = NoteEdit(self)
        self.next_date = NextDate(desk, self)
        self._kind = QComboBox(self)
        self._kind.setObjectName("note_kind")
        self._next_label = QLabel(self)
        self._save = QPushButton(self)
        self._save.setObjectName("note_save")
        self._save.setProperty("primary", True)
        self._outcomes = QButtonGroup(self)
        self._outcomes.setExclusive(False)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.start()

    def start(self, kind: str = "", rhythm_days: int | None = None, draft: Note | None = None) -> None:
        """An empty box for the next customer; `draft` is a note that was left, which comes back whole."""
        self._rhythm, self._own_kind, self._planned = rhythm_days, draft is not None, None
        outcome = draft.outcome if draft else ""
        self._check(OUTCOMES.index(Outcome(outcome)) if outcome else None)
        self.next_date.propose(None, anew=True)
        self.edit.setPlainText(draft.text if draft else "")
        kind = draft.kind if draft else kind or InteractionKind.CALL
        self._kind.setCurrentIndex(max(self._kind.findData(kind), 0))
        self._propose()
        if draft is not None and draft.own_day and draft.next_on != self.next_date.day():
            self.next_date.choose(draft.next_on)

    def know_rhythm(self, rhythm_days: int | None) -> None:
        """The customer's usual interval, which became known after `start`."""
        self._rhythm = rhythm_days
        self._propose()

    def know_plan(self, day: date | None) -> None:
        """The day that a plan asks for next, unless the customer answers; known after `start`."""
        self._planned = day
        self._propose()

    def text(self) -> str:
        """What is written so far."""
        return self.edit.toPlainText().strip()

    def outcome(self) -> str:
        """The chosen outcome's code, "" for none."""
        checked = self._outcomes.checkedButton()
        return OUTCOMES[self._outcomes.id(checked)] if checked else ""

    def pick_outcome(self, number: int) -> None:
        """Choose outcome 0 to 4; the same one again takes the choice back."""
        button = self._outcomes.button(number)
        self._check(None if button.isChecked() else number)
        self._propose()

    def save(self) -> None:
        """Hand the note over; an empty one without an outcome is nothing, and while nothing can be saved it waits."""
        if not self._desk.editable:
            return
        note = self.note()
        if note.begun:
            self.saved.emit(note)

    def note(self) -> Note:
        """The note as it stands."""
        chosen = self.next_date
        own = chosen.is_own() or self._named_day() is not None  # a day that was written is as good as a chosen one
        return Note(self.text(), str(self._kind.currentData()), self.outcome(), chosen.day(), own)

    def retranslate(self) -> None:
        """Put the texts again."""
        self.edit.setPlaceholderText(_("What was said? One line will do"))
        self.edit.setAccessibleName(_("What was said? One line will do"))
        self._say_next()
        self._save.setText(_("Save"))
        self._save.setToolTip(_("Enter"))
        self._kind.setAccessibleName(_("Way of contact"))
        self._fill_kinds()
        for number, outcome in enumerate(OUTCOMES):
            button = self._outcomes.button(number)
            whole = label("outcome", outcome)
            button.setText(f"{number + 1} {outcome_chip(outcome)}")
            button.setAccessibleName(f"{_('Result')}: {whole}")
            button.setToolTip(f"{whole} (Alt+{number + 1})")
        self.next_date.retranslate()

    def set_save_text(self, text: str) -> None:
        """What the button says where saving goes on to the next customer."""
        self._save.setText(text)

    def _fill_kinds(self) -> None:
        kept = self._kind.currentData()
        self._kind.clear()
        for kind in KINDS:
            self._kind.addItem(label("interaction", kind), str(kind))
        self._kind.setCurrentIndex(max(self._kind.findData(kept), 0))
        self._kind.setMinimumWidth(self._kind.sizeHint().width())

    def _lay_out(self) -> None:
        results = FlowLayout(spacing=5)
        for number, outcome in enumerate(OUTCOMES):
            button = QPushButton(self)
            button.setObjectName(f"outcome_{outcome}")
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.setShortcut(f"Alt+{number + 1}")
            self._outcomes.addButton(button, number)
            results.addWidget(button)
        end = FlowLayout(spacing=8)
        for widget in (self._kind, self._next_label, self.next_date):
            end.addWidget(widget)
        end.add_gap()
        end.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addLayout(results)
        column.addLayout(end)
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)  # in a dialog, Enter in another field would press the first of them
        order = (self.edit, *self._outcomes.buttons(), self._kind, self.next_date, self._save)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)  # as they stand, not as they were made

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._read)
        self._kind.activated.connect(self._choose_kind)
        self.next_date.changed.connect(self._say_next)
        self.edit.submitted.connect(self.save)
        self.edit.outcome_picked.connect(self.pick_outcome)
        self.edit.moved.connect(self.moved)
        self.edit.left.connect(self.left)
        self._save.clicked.connect(self.save)
        self._save.setEnabled(self._desk.editable)
        self._desk.editable_changed.connect(self._save.setEnabled)
        for number in range(len(OUTCOMES)):
            self._outcomes.button(number).clicked.connect(lambda on, number=number: self._clicked(number, on))

    def _clicked(self, number: int, checked: bool) -> None:
        self._check(number if checked else None)
        self._propose()
        self.edit.setFocus()

    def _check(self, number: int | None) -> None:
        for other in range(len(OUTCOMES)):
            self._outcomes.button(other).setChecked(other == number)

    def _choose_kind(self, _index: int) -> None:
        self._own_kind = True

    def _read(self) -> None:
        """A line that says how and when: 拜访……下周三再去."""
        from crmdesk.domain.note_reading import kind_named  # its patterns are made when somebody writes

        kind = "" if self._own_kind else kind_named(self.text())
        if kind:
            self._kind.setCurrentIndex(max(self._kind.findData(kind), 0))
        self._propose()

    def _named_day(self) -> date | None:
        if not self.text() or self.outcome() == Outcome.STOP:
            return None
        from crmdesk.domain.note_reading import next_day_named

        return next_day_named(self.text(), self._desk.today)

    def _propose(self) -> None:
        named = self._named_day()
        usual = next_day(self.outcome(), self._desk.today, self._rhythm)
        # Who answers is spoken with as usual; else what is proposed is what will be.
        planned = None if self.outcome() in {*ANSWERS, Outcome.STOP} else self._planned
        self.next_date.propose(named or planned or usual)
        self._say_next()

    def _say_next(self) -> None:
        # A day taken from the line says so: nobody may wonder where it came from.
        read = self.next_date.day() is not None and not self.next_date.is_own() and self._named_day() is not None
        self._next_label.setText(_("Next, as written") if read else _("Next"))
