"""导入记录: every import with what it brought, and the way back for each, also days later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import Line
from crmdesk.gui.dialogs.step_list import StepList
from crmdesk.i18n import _
from crmdesk.operations.imports import ImportEntry, list_imports
from crmdesk.words.formats import moment
from crmdesk.words.imported import brought_text


class ImportsDialog(StepList):
    """Newest first; taking one back leaves alone what was edited since, and the window names it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        sentence = _("Take back any import; what it overwrote comes back, what you edited since stays")
        super().__init__(desk, "imports", _("Imports"), sentence, _("Undo this import"), parent)

    def fill(self) -> None:
        """Every import."""
        lines = [self._line(entry) for entry in self._desk.read(list_imports)]
        self.show_lines([_("When"), _("File"), _("What it brought")], lines, _("Nothing was imported yet"))

    def _line(self, entry: ImportEntry) -> Line:
        told = _("taken back") if entry.undone else brought_text(entry.created, _updated(entry))
        texts = (moment(entry.at), entry.file, told)
        return Line(texts, entry.step, not entry.undone and self._desk.editable)


def _updated(entry: ImportEntry) -> int:
    return sum(one.rows.get("updated", 0) for one in entry.files)
