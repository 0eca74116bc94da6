"""导入记录: every import with what it brought, and the way back for each, also days later."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.gui.dialogs.step_list import StepList
from crmdesk.i18n import _
from crmdesk.operations.imports import ImportEntry, list_imports, overwritten
from crmdesk.words.formats import EMPTY, moment
from crmdesk.words.imported import brought_text
from crmdesk.words.labels import field_label

FILE_WIDE = 9  # in heights of a line
WIDE = 44  # what an import brought has up to five parts


class ImportsDialog(StepList):
    """Newest first; taking one back leaves alone what was edited since, and the window names it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        sentence = _("Take back any import; what it overwrote comes back, what you edited since stays")
        super().__init__(desk, "imports", _("Imports"), sentence, _("Undo this import"), parent)
        self.resize(WIDE * self.fontMetrics().height(), self.height())
        self.offer(_("What it changed"), "imports_changed", self._show_changed)

    def fill(self) -> None:
        """Every import."""
        lines = [self._line(entry) for entry in self._desk.read(list_imports)]
        heads = [_("When"), _("File"), _("What it brought")]
        self.show_lines(heads, lines, _("Nothing was imported yet"), stretched=(2,))
        # A long name of a file must not take the room of what it brought.
        head = self._view.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(1, FILE_WIDE * self.fontMetrics().height())

    def _line(self, entry: ImportEntry) -> Line:
        told = brought_text(entry.created, _updated(entry))
        if entry.undone:
            told = _("taken back ({brought})").format(brought=told)
        texts = (moment(entry.at), entry.file, told)
        return Line(texts, entry.step, not entry.undone and self._desk.editable)

    def _show_changed(self) -> None:
        line = self._marked()
        if line is not None and isinstance(line.target, int):
            self._desk.prompts.run(ChangedDialog(self._desk, line.texts[1], line.target, self))


class ChangedDialog(RecordList):
    """What one import changed of what was there: the old value beside the new one."""

    def __init__(self, desk: Desk, file: str, step: int, parent: QWidget | None = None) -> None:
        sentence = _("What {file} changed of what was there before").format(file=file)
        super().__init__("import_changed", _("What it changed"), sentence, "", parent)
        found = desk.read(overwritten, step)
        lines = [
            Line((desk.veil(one.name), field_label(one.field), _shown(one.old), _shown(one.new)), step, possible=False)
            for one in found
        ]
        heads = [_("Customer"), _("Field"), _("Before"), _("From the sheet")]
        self.show_lines(heads, lines, _("Nothing that was there before was changed"), stretched=(2, 3))


def _shown(value: str) -> str:
    return value.replace("\n", " / ") or EMPTY


def _updated(entry: ImportEntry) -> int:
    return sum(one.rows.get("updated", 0) for one in entry.files)
