"""操作记录: every step that was done, and the way back for each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.i18n import _
from crmdesk.operations import history
from crmdesk.words.formats import clock_time, day
from crmdesk.words.phrases import say

_SHOWN = 300


class HistoryDialog(RecordList):
    """Newest first; undoing an older step leaves alone what was edited since."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        sentence = _("Take back any step; what was edited since stays as it is")
        super().__init__("history", _("History"), sentence, _("Undo this step"), parent)
        self._desk = desk
        desk.changed.connect(lambda _changes: self._fill())
        self._fill()

    def act(self, target: object) -> None:
        """Take the step back."""
        if isinstance(target, int):
            self._desk.undo_step(target)

    def _fill(self) -> None:
        lines = []
        for entry in self._desk.read(history.steps, _SHOWN):
            note = _("taken back") if entry.undone else ""
            texts = (f"{day(entry.at)} {clock_time(entry.at)}", say(entry.name), note)
            lines.append(Line(texts, entry.id, entry.undoable and not entry.undone and self._desk.editable))
        self.show_lines([_("When"), _("What"), ""], lines, _("Nothing has been done yet"))
