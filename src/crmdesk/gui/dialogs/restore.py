"""找回: the backups of a file, one of which is put in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.i18n import _
from crmdesk.words.formats import moment


class RestoreDialog(RecordList):
    """Asks for a backup; `chosen` is its path. Putting it back is the file actions' affair."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        sentence = _("The present file is kept beside the restored one")
        super().__init__("restore", _("Restore a backup"), sentence, _("Restore"), parent)
        self.chosen: Path | None = None
        self._fill(path)

    def act(self, target: object) -> None:
        """Take the marked backup."""
        if isinstance(target, Path):
            self.chosen = target
            self.accept()

    def _fill(self, path: Path) -> None:
        from crmdesk.operations import backups

        lines = []
        for backup in backups.list_backups(path):
            counts = backup.counts.get("customers")
            size = _("{count} customers").format(count=counts) if counts is not None else ""
            lines.append(Line((moment(backup.at), size), backup.path))
        nothing = _("There is no backup of this file on this computer")
        self.show_lines([_("When"), _("What is in it")], lines, nothing, _("Ctrl+B makes one now"))
