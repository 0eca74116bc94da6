"""A file that is not there any more or cannot be read: what happened, what is safe, and the doors that lead on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.widgets.pieces import button, line, text_label
from crmdesk.i18n import _
from crmdesk.words.formats import count, moment
from crmdesk.words.phrases import one_thing, say

if TYPE_CHECKING:
    from crmdesk.operations.backups import Backup

WIDTH: Final = 34  # in heights of a line, so that it grows with the text
RESTORE, SALVAGE, CHOOSE, NEW = "restore", "salvage", "choose", "new"


class FileGoneDialog(QDialog):
    """Asks for a door; `door` is what was chosen, "" for none. What is behind it is the file actions' affair."""

    def __init__(
        self,
        path: Path,
        trouble: Phrase,
        backups: Sequence[Backup],
        parent: QWidget | None = None,
        *,
        readable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("file_gone")
        self.setWindowTitle(_("This file cannot be opened"))
        self.setMinimumWidth(WIDTH * self.fontMetrics().height())
        self.door = ""
        self._doors = QGridLayout()
        self._doors.setHorizontalSpacing(16)
        self._doors.setVerticalSpacing(12)
        self._doors.setColumnStretch(1, 1)
        if backups:
            self._add_door(RESTORE, _("Restore a backup"), _newest(backups))
        if readable:
            kept = _("The damaged file stays as it is; what is lost is listed.")
            self._add_door(SALVAGE, _("Save what is readable"), kept)
        self._add_door(CHOOSE, _("Find another file"), _("It may have been moved, renamed, or lie on another disk."))
        self._add_door(
            NEW, _("Make a new one"), _("Begin with an empty file; nothing is put in the place of this one.")
        )
        self._lay_out(path, trouble, any_backup=bool(backups))

    def _add_door(self, door: str, verb: str, about: str) -> None:
        first = self._doors.rowCount() == 1
        made = button(self, f"gone_{door}", partial(self._take, door), "primary" if first else "")
        made.setText(verb)
        made.setDefault(first)
        made.setAutoDefault(first)
        told: QLabel = text_label(self, "muted", wrap=True)
        told.setText(about)
        row = self._doors.rowCount()
        self._doors.addWidget(made, row, 0)
        self._doors.addWidget(told, row, 1)

    def _take(self, door: str) -> None:
        self.door = door
        self.accept()

    def _lay_out(self, path: Path, trouble: Phrase, *, any_backup: bool) -> None:
        title = text_label(self, "heading", "gone_title", wrap=True)
        title.setText(path.name)
        says = text_label(self, "", "gone_says", wrap=True)
        says.setText(
            say(trouble) if any_backup else f"{say(trouble)} {_('There is no backup of it on this computer.')}"
        )
        leave = QPushButton(_("Close"), self)
        leave.setObjectName("gone_close")
        leave.setAutoDefault(False)
        leave.clicked.connect(lambda _checked=False: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(says)
        column.addWidget(line(self))
        column.addLayout(self._doors)
        column.addSpacing(4)
        column.addLayout(verb_row(self, leave))


def _newest(backups: Sequence[Backup]) -> str:
    """What the newest backup holds, and how many there are."""
    newest = backups[0]
    held = newest.counts.get("customers")
    size = one_thing(_("{count} customers").format(count=count(held))) if held is not None else ""
    parts = [_("The newest is of {when}").format(when=moment(newest.at)), size]
    return " · ".join(part for part in parts if part)
