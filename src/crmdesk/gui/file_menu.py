"""The menu behind the program's name: files, backups, history, the look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.gui.actions import Actions
from crmdesk.gui.icons import set_icon
from crmdesk.i18n import _

_GROUPS: Final = (
    ("backup", "restore", "password", "history", "imports", "bin"),
    ("report", "triage", "duplicates", "print", "save_pdf"),
    ("presentation", "switch_theme", "switch_language", "larger_text", "smaller_text"),
    ("shortcuts", "quit"),
)


class FileMenu(QMenu):
    """Filled anew each time it opens, for the recent files change."""

    def __init__(
        self, actions: Actions, recent: Callable[[], list[Path]], chosen: Callable[[Path], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("file_menu")
        self._actions = actions
        self._recent = recent
        self._chosen = chosen
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Put the entries."""
        self._actions.dress()
        self.clear()
        self.addAction(self._actions["new_file"])
        self.addAction(self._actions["open_file"])
        self._add_recent()
        self.addAction(self._actions["sample"])
        for group in _GROUPS:
            self.addSeparator()
            for name in group:
                self.addAction(self._actions[name])

    def _add_recent(self) -> None:
        paths = self._recent()
        menu = self.addMenu(_("Open recent"))
        set_icon(menu.menuAction(), "clock")
        menu.setEnabled(bool(paths))
        for path in paths:
            entry = menu.addAction(path.name)
            entry.setToolTip(str(path))
            entry.triggered.connect(partial(self._open, path))

    def _open(self, path: Path, _checked: bool = False) -> None:
        self._chosen(path)
