"""What long work does and how far it is, with a way to stop it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk, Work
from crmdesk.gui.icons import set_icon
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _, translatable
from crmdesk.words.formats import count

WHAT: Final[dict[str, str]] = {
    "reading": translatable("reading rows"),
    "importing": translatable("taking rows in"),
    "figures": translatable("working out tiers and stages"),
    "writing": translatable("writing rows"),
    "backup": translatable("backing up"),
    "printing": translatable("laying out"),
}


class ProgressPanel(QFrame):
    """Shown while named work runs; the pages stay readable meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("progress_panel")
        self.setProperty("card", "raised")
        self._work: Work | None = None
        self._text = text_label(self)
        self._count = text_label(self, "muted", "progress_count")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._cancel = button(self, "progress_cancel", self._stop)
        self._lay_out()
        desk.work_moved.connect(self._move_on)
        desk.work_ended.connect(self._end)
        self.hide()

    def _lay_out(self) -> None:
        set_icon(self._cancel, "close", "muted", 14)
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(self._text)
        words.addWidget(self._count, 1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 12)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)

    def begin(self, work: Work) -> None:
        """Show that `work` runs."""
        self._work = work
        self._text.setText(work.text)
        self._count.clear()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(work.text)
        self._cancel.setText(_("Cancel"))
        self._cancel.setEnabled(True)
        self.show()

    def _move_on(self, what: str, done: int, total: int) -> None:
        # Qt's progress bar counts in 32 bits; per mille is as fine as the eye can see.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(done * 1000 // total if total else 0)
        figures = f"{count(done)} / {count(total)}" if total else (count(done) if done else "")
        said = _(WHAT[what]) if what in WHAT else ""
        self._count.setText(" ".join(part for part in (said, figures) if part))

    def _end(self) -> None:
        self._work = None
        self.hide()

    def _stop(self) -> None:
        if self._work is not None:
            self._cancel.setEnabled(False)
            self._cancel.setText(_("Stopping…"))
            self._work.job.cancel()
