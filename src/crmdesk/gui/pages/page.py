"""What every page of the window is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import AGAIN, is_busy

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.domain.interaction import Said


class Page(QWidget):
    """A place of the window. Subclasses build their widgets in __init__ and override what they need.

    A page that is not shown only remembers that it is stale, and refreshes when it is shown again.
    """

    badge_changed = Signal(int)

    name = ""  # "today", "customers", "follow_ups", "insight", "settings", "welcome"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self.setObjectName(f"page_{self.name}")
        desk.changed.connect(self._note_changes)
        desk.opened.connect(self._note_opened)
        desk.language_changed.connect(self.retranslate)
        desk.theme_changed.connect(self.restyle)
        desk.presentation_changed.connect(self._note_opened)

    def title(self) -> str:
        """The page's name in the rail, in the current language."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Put all texts again, in the current language. Called at a switch; __init__ may call it once."""

    def restyle(self) -> None:
        """Take colours anew that the style sheet does not reach (charts, own painting). Called at a theme switch."""

    def refresh(self, changes: Changes | None) -> None:
        """Read anew what `changes` touched; None: everything. Called only while the page is visible."""

    def ready(self) -> bool:
        """Whether everything the page shows has arrived; pictures wait for it."""
        return True

    def unsaved(self) -> Sequence[Said]:
        """Notes that were begun here and not saved."""
        return ()

    def forget_unsaved(self) -> None:
        """Let go of them."""

    def focus_search(self) -> None:
        """Put the focus where this page's keyboard work begins."""
        self.setFocus()

    def _note_opened(self) -> None:
        self._renew(None)

    def _note_changes(self, changes: Changes) -> None:
        self._renew(changes)

    def _renew(self, changes: Changes | None) -> None:
        if self.isVisible() and self.desk.database is not None:
            self._read(changes)
        else:
            self._stale = True

    def _read(self, changes: Changes | None) -> None:
        self._stale = False
        try:
            self.refresh(changes)
        except Refused as refusal:
            if refusal.phrase.code == "data_damaged":
                return  # looking the file through tells of it in a moment, and offers the way out
            if not is_busy(refusal):
                raise
            # A step is being saved just now: the old rows stay, and the page asks again.
            self._stale = True
            QTimer.singleShot(AGAIN, self, self._ask_again)

    def _ask_again(self) -> None:
        if self._stale:
            self._renew(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh a stale page as it comes into sight."""
        super().showEvent(event)
        if self._stale and self.desk.database is not None:
            self._read(None)
