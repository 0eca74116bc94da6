"""The program with a window: what it is made of, and in which order it starts."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crmdesk.clock import Clock, clock_from_environment
from crmdesk.gui.desk import Desk
from crmdesk.gui.file_actions import FileActions
from crmdesk.gui.jobs import Jobs
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.prompts import Prompts
from crmdesk.gui.qt_words import QtWords, chosen_language
from crmdesk.gui.theme import Theme
from crmdesk.paths import log_folder, resource, settings_file
from crmdesk.settings import Settings, read_settings

if TYPE_CHECKING:
    from crmdesk.gui.composition import CompositionGuard
    from crmdesk.gui.reminders import Reminders

_HAND_OVER = 0.001  # seconds after which the job thread hands over to a window that has something to do
_IDLE_AFTER = 400  # milliseconds from the first paint to the first module that is loaded ahead


class Program(QObject):
    """Everything that lives as long as the window: desk, theme, language, window."""

    def __init__(self, app: QApplication, clock: Clock, settings: Settings, settings_path: Path, jobs: Jobs) -> None:
        super().__init__(app)
        self._app = app
        self.words = QtWords(app)
        self.words.speak(chosen_language(settings.language))
        self.theme = Theme(app, settings.theme, settings.text_scale, dressed=False)
        self.desk = Desk(clock, settings, jobs, Prompts(app.activeWindow, self.theme.dress), settings_path)
        self._guard = self.desk.idle.later(self._build_guard)
        self.files = FileActions(self.desk)
        self.window = MainWindow(self.desk, self.files)
        self._reminders = self.desk.idle.later(self._build_reminders, "crmdesk.gui.reminders")
        self._settings = settings
        self.desk.settings_changed.connect(self._follow)
        self.theme.changed.connect(self.desk.theme_changed)
        self.window.appearing.connect(self.theme.dress)
        self.window.closed.connect(self.stop)

    @property
    def guard(self) -> CompositionGuard:
        """What keeps shortcuts from firing in the middle of a word."""
        return self._guard()

    def _build_guard(self) -> CompositionGuard:
        from crmdesk.gui.composition import CompositionGuard

        return CompositionGuard(self._app)

    def _build_reminders(self) -> Reminders:
        from crmdesk.gui.reminders import Reminders

        return Reminders(self.desk, self.window)

    def stop(self) -> None:
        """Finish what runs, close the file."""
        self.desk.leaving.emit()
        self.desk.idle.end()
        self.desk.jobs.stop()
        self.files.close()

    def _follow(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if settings.language != before.language:
            self.words.speak(chosen_language(settings.language))
            self.desk.language_changed.emit()
        self.theme.apply(settings.theme, settings.text_scale)


def keep_log(folder: Path) -> None:
    """Write warnings and errors into a file; it never grows beyond two of half a megabyte."""
    import logging
    from logging.handlers import RotatingFileHandler  # brings sockets and pickling along

    folder.mkdir(parents=True, exist_ok=True)
    kept = RotatingFileHandler(folder / "crmdesk.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    kept.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(kept)


def say_what_nobody_caught(desk: Desk) -> None:
    """An error in a slot becomes a sentence and a line in the log; the window stays."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            desk.tell_error(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The Qt application, named and with its icon.

    Its style is given by name: asked for as an object, it would bring all names of its parts along.
    """
    sys.setswitchinterval(_HAND_OVER)
    QApplication.setApplicationName("crmdesk")
    QApplication.setDesktopFileName("crmdesk")
    app = QApplication([*(arguments or sys.argv[:1]), "-style", "Fusion"])
    app.setWindowIcon(QIcon(str(resource("icons", "crmdesk.svg"))))
    return app


def run(path: Path | None) -> int:
    """Open the window on a file, or on the last one; returns when the window is closed."""
    app = make_application()
    path_of_settings = settings_file()
    settings = read_settings(path_of_settings)
    program = Program(app, clock_from_environment(), settings, path_of_settings, Jobs(app))
    say_what_nobody_caught(program.desk)
    program.window.start_where_due()
    program.files.open_first(path)
    program.window.show()
    QTimer.singleShot(_IDLE_AFTER, lambda: _settle_down(program))
    return app.exec()


def _settle_down(program: Program) -> None:
    """After the first paint: keep a log, and load what comes next."""
    from crmdesk.gui.warmup import WarmUp

    keep_log(log_folder())
    WarmUp(program.desk, ended=collect_rubbish).start()


def collect_rubbish() -> None:
    """Look for rubbish from now on, but not among what is loaded by now: it stays, and each look would take 80 ms."""
    gc.freeze()
    gc.enable()
