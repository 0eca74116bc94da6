"""操作记录: every step that was done, and the way back for each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import Line
from crmdesk.gui.dialogs.step_list import StepList
from crmdesk.i18n import _
from crmdesk.operations import history
from crmdesk.words.formats import moment
from crmdesk.words.phrases import say

_SHOWN = 300


class HistoryDialog(StepList):
    """Newest first; undoing an older step leaves alone what was edited since."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        sentence = _("Take back any step; what was edited since stays as it is")
        super().__init__(desk, "history", _("History"), sentence, _("Undo this step"), parent)

    def fill(self) -> None:
        """The newest steps."""
        lines = []
        for entry in self._desk.read(history.own_steps, _SHOWN):
            note = _("taken back") if entry.undone else ""
            told = say(self._desk.shown(entry.name))
            texts = (moment(entry.at), _("take back: {step}").format(step=told) if entry.undoes else told, note)
            lines.append(Line(texts, entry.id, entry.undoable and not entry.undone and self._desk.editable))
        self.show_lines([_("When"), _("What"), ""], lines, _("Nothing has been done yet"))
