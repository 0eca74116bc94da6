"""What the frame says of steps: the toast with Undo, the names on the two arrows; again when the language changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import AGAIN
from crmdesk.gui.toast import Toast
from crmdesk.gui.top_bar import TopBar
from crmdesk.i18n import _, translatable
from crmdesk.operations import history
from crmdesk.words.phrases import say, say_done

_NAMED = 3  # what an undo left alone, in one notice


class Telling(QObject):
    """Holds what was said last, to say it in other words while it still stands there."""

    def __init__(self, desk: Desk, toast: Toast, top_bar: TopBar) -> None:
        super().__init__(desk)
        self._desk, self._toast, self._top_bar = desk, toast, top_bar
        self._words: Callable[[], tuple[str, str]] | None = None  # what stands there, and the verb of its button
        desk.step_done.connect(self._tell_step)
        desk.undone.connect(self._tell_undone)
        desk.saved.connect(self._tell_saved)
        desk.changed.connect(lambda _changes: self.name_steps())
        desk.presentation_changed.connect(lambda _on: self.retranslate())

    def retranslate(self) -> None:
        """Say the notice and the names again: the language or who looks on has changed."""
        if self._toast.isVisible():
            if self._words is not None:
                self._toast.reword(*self._words())
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
        self._say(lambda: (say_done(self._desk.shown(name)), _("Undo")), self._desk.undo)

    def _tell_undone(self, changes: Changes, way: str) -> None:
        """What was taken back or done again, with the way back; also what was left alone."""
        back, verb = (
            (self._desk.redo, translatable("Redo")) if way == "undo" else (self._desk.undo, translatable("Undo"))
        )
        self._say(lambda: (self._undone_words(changes, way), _(verb)), back)

    def _tell_saved(self, path: Path) -> None:
        where = partial(self._desk.prompts.show_in_folder, path)
        self._say(lambda: (_("Saved: {file}").format(file=path.name), _("Open the folder")), where)

    def _say(self, words: Callable[[], tuple[str, str]], act: Callable[[], object]) -> None:
        self._words = words
        self._toast.say(*words(), act)

    def _undone_words(self, changes: Changes, way: str) -> str:
        text = _("Redone: {step}") if way == "redo" else _("Undone: {step}")
        told = text.format(step=say(self._desk.shown(changes.name)))
        if not changes.kept:
            return told
        names = _(", ").join(say(self._desk.shown(phrase)) for phrase in changes.kept[:_NAMED])
        return told + _(" · left as it is, for it was changed since: {names}").format(names=names)
