"""谁变了 (3): the way to the list of changes, there only where there are some."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.operations import fairness

if TYPE_CHECKING:
    from crmdesk.progress import Progress

WEEK: Final = timedelta(days=7)


class ChangesLink(QPushButton):
    """Counts the changes of the last week, on the job thread; hidden without any and while somebody looks on."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("changes_link")
        self.setProperty("link", True)
        self._desk = desk
        self._count = 0
        self.clicked.connect(lambda _checked=False: desk.page_wanted.emit("changes"))
        self.hide()

    def ask(self) -> None:
        """Count anew."""
        database, since = self._desk.database, self._desk.today - WEEK
        if database is None:
            return

        def work(_progress: Progress) -> int:
            return fairness.changed_count(database, since)

        def arrived(count: int) -> None:
            if database is self._desk.database:
                self._count = count
                self.retranslate()

        # What cannot be counted now is counted at the next change; the day's list does not wait for it.
        self._desk.run(work, done=arrived, failed=lambda _error: None)

    def retranslate(self) -> None:
        """Put the words again."""
        self.setText(_("Changed this week: {count} ▸").format(count=self._count))
        self.setVisible(self._count > 0 and not self._desk.presenting)
