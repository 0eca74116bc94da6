"""Loads the heavy libraries one by one while nobody waits, so the first click on a chart or an import is quick."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.gui.desk import Desk

# What the first click needs. Not what only jobs load (openpyxl), nor what is hardly ever needed (pypinyin).
MODULES: Final = (
    "sqlalchemy",
    "crmdesk.storage.schema",
    "crmdesk.operations.customers",
    "crmdesk.operations.follow_ups",
    "crmdesk.gui.pages.today",
    "crmdesk.gui.pages.detail",
    "numpy",
    "matplotlib.cbook",
    "matplotlib.colors",
    "matplotlib.artist",
    "matplotlib.ticker",
    "matplotlib.font_manager",
    "matplotlib.transforms",
    "matplotlib.path",
    "matplotlib.patches",
    "matplotlib.text",
    "matplotlib.image",
    "matplotlib.axis",
    "matplotlib.legend",
    "matplotlib.axes",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "crmdesk.gui.pages.insight",
)
_PAUSE: Final = 120  # milliseconds between two loads, for events in between


class WarmUp(QObject):
    """One module per slot, on the job thread: the interpreter hands the GUI thread its turn in between."""

    def __init__(
        self, desk: Desk, modules: tuple[str, ...] = MODULES, ended: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._ended = ended
        self._waiting = list(modules)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._load_next)

    def start(self) -> None:
        """Begin, or go on; call it after the first paint."""
        self._timer.start()

    def _load_next(self) -> None:
        if not self._waiting:
            self._ended()
            return
        name = self._waiting.pop(0)
        again = self._timer.start
        # One that cannot be loaded is told of by whoever needs it.
        self._desk.jobs.start(
            lambda _progress: import_module(name), done=lambda _module: again(), failed=lambda _error: again()
        )
