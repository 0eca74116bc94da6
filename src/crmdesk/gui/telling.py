"""What the frame says of steps: the toast with Undo, the names on the two arrows; again when the language changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import AGAIN
from crmdesk.gui.toast import Toast
from crmdesk.gui.top_bar import TopBar
from crmdesk.i18n import _
from crmdesk.operations import history
from crmdesk.words.phrases import say, say_done

_NAMED = 3  # what an undo left alone, in one notice


class Telling(QObject):
    """Holds what was said last, to say it in other words while it still stands there."""

    def __init__(self, desk: Desk, toast: Toast, top_bar: TopBar) -> None:
        super().__init__(desk)
        self._desk, self._toast, self._top_bar = desk, toast, top_bar
        self._words: Callable[[], str] | None = None
        desk.step_done.connect(self._tell_step)
        desk.changed.connect(self._tell_changes)
        desk.presentation_changed.connect(lambda _on: self.retranslate())

    def retranslate(self) -> None:
        """Say the notice and the names again: the language or who looks on has changed."""
        if self._toast.isVisible():
            if self._words is not None:
                self._toast.reword(self._words(), _("Undo"))
            else:
                self._toast.hide()  # a sentence of which only the words are known
        self.name_steps()

    def name_steps(self) -> None:
        """Name on the arrows what undo and redo would do."""
        steps: tuple[Phrase | None, Phrase | None] = (None, None)
        if self._desk.database is not None and self._desk.editable:
            try:
                steps = self._desk.read(history.undo_name), self._desk.read(history.redo_name)
            except Refused:  # the file is busy: an arrow that stays grey would be a step that cannot be undone
                QTimer.singleShot(AGAIN, self, self.name_steps)
                return
        self._top_bar.name_steps(*(say(self._desk.shown(step)) if step else "" for step in steps))

    def tell(self, text: str) -> None:
        """Say a notice without Undo."""
        self._words = None
        self._toast.say(text)

    def _tell_step(self, name: Phrase) -> None:
        self._words = lambda: say_done(self._desk.shown(name))
        self._toast.say(self._words(), _("Undo"), self._desk.undo)

    def _tell_changes(self, changes: Changes) -> None:
        self.name_steps()
        if changes.kept:
            self._words = lambda: self._left_alone(changes)
            self._toast.say(self._words())

    def _left_alone(self, changes: Changes) -> str:
        names = _(", ").join(say(self._desk.shown(phrase)) for phrase in changes.kept[:_NAMED])
        return _("Left as it is, for it was changed since: {names}").format(names=names)
