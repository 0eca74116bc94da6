"""All keys on one page."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.gui.actions import COMMANDS
from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.i18n import _, translatable

ELSEWHERE = (
    ("F2", translatable("Edit the cell")),
    ("Enter", translatable("Save the note and go to the next one")),
    ("Alt+1 – Alt+5", translatable("Choose the result of a contact")),
    ("X", translatable("Stop following the marked customers")),
    ("Del", translatable("Delete the marked customers; the bin keeps them")),
    ("Ctrl+C", translatable("Copy the marked rows as Excel takes them")),
    ("Ctrl+V", translatable("Paste cells of a sheet into the list, shown before they are taken")),
    ("Esc", translatable("Clear, then leave")),
)


class ShortcutsDialog(RecordList):
    """The table of actions, as far as they have keys, and the keys of lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "shortcuts", _("Keyboard shortcuts"), _("Every command is also in the box: Ctrl+K"), "", parent
        )
        self._verb.hide()
        lines = [Line((_keys(c.keys), _(c.text)), c.name, False) for c in COMMANDS if c.keys]
        lines += [Line((keys, _(text)), keys, False) for keys, text in ELSEWHERE]
        self.show_lines([_("Keys"), _("What they do")], lines, "")

    def act(self, target: object) -> None:
        """Nothing to do here."""


def _keys(keys: tuple[str, ...]) -> str:
    return "  ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
