"""What the window's tests stand on: a desk whose jobs end at once and whose questions are answered by script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Phrase
from crmdesk.gui.app import Program
from crmdesk.gui.desk import Desk
from crmdesk.gui.fonts import load_bundled
from crmdesk.gui.jobs import Jobs
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.theme import Theme
from crmdesk.operations import files, sample
from crmdesk.progress import Progress
from crmdesk.settings import Settings


class InlineJobs(Jobs):
    """Work runs on a thread of its own, as the file wants it, but the test waits for it and its callbacks."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], None]] = []

    def _submit(self, task: Callable[[], None]) -> None:
        self._pool.submit(task).result()
        self._drain()  # also from within a callback: a dialog that it opens waits for its own work

    def _post(self, callback: Callable[[], None]) -> None:
        self._waiting.append(callback)

    def _drain(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()

    def stop(self) -> None:
        """Further work would find no thread."""
        self._pool.shutdown(wait=True)
        self._pool = ThreadPoolExecutor(max_workers=1)


@dataclass
class ScriptedPrompts:
    """Answers every question from a list and remembers what was asked; an unexpected question fails the test."""

    answers: list[object] = field(default_factory=list)
    errors: list[Phrase] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)
    on_run: Callable[[QDialog], object] | None = None
    asked: list[str] = field(default_factory=list)

    def _next(self, question: str) -> object:
        self.asked.append(question)
        assert self.answers, f"unexpected question: {question}"
        return self.answers.pop(0)

    def open_files(self, title: str, filters: str, folder: Path | None = None) -> list[Path]:
        return self._next(title)

    def open_file(self, title: str, filters: str, folder: Path | None = None) -> Path | None:
        return self._next(title)

    def save_file(self, title: str, suggested: Path, filters: str) -> Path | None:
        return self._next(title)

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        return self._next(title)

    def ask_choice(self, title: str, text: str, choices: Sequence[str]) -> int | None:
        return self._next(title)

    def confirm(self, title: str, text: str, verb: str) -> bool:
        return self._next(title)

    def ask_date(self, title: str, day: date) -> date | None:
        return self._next(title)

    def error(self, phrase: Phrase) -> None:
        self.errors.append(phrase)

    def run(self, dialog: QDialog) -> bool:
        """`on_run(dialog)` plays the user; without it the next answer says whether the dialog is accepted."""
        self.asked.append(dialog.objectName() or type(dialog).__name__)
        try:
            if self.on_run is None:
                return bool(self._next(type(dialog).__name__))
            self.on_run(dialog)
            return dialog.result() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()  # as the program does: gone when the event loop comes round again

    def copy(self, text: str) -> None:
        self.copied.append(text)

    def show_in_folder(self, path: Path) -> None:
        self.shown.append(path)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program starts Qt."""
    return ["crmdesk", "-style", "Fusion"]


@pytest.fixture(scope="session")
def _look(qapp: QApplication) -> Theme:
    """The program's font and style sheet, as the user sees it; the bundled font makes every machine alike."""
    load_bundled()
    return Theme(qapp, "light", 100)


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample: 160 customers and all that happened to them."""
    path = tmp_path_factory.mktemp("full") / "full.crmdesk"
    sample.create_sample(path, Clock(date(2026, 11, 22)), Progress())
    return path


@pytest.fixture
def prompts() -> ScriptedPrompts:
    """The user's answers."""
    return ScriptedPrompts()


@pytest.fixture
def desk(_look: Theme, prompts: ScriptedPrompts, clock: Clock, tmp_path: Path) -> Iterator[Desk]:
    """A desk with an empty, writable file on it."""
    made = Desk(clock, Settings(language="zh"), InlineJobs(), prompts, tmp_path / "settings.toml")
    made.lay(files.create_file(tmp_path / "test.crmdesk", clock))
    made.allow_editing()
    yield made
    made.jobs.stop()
    if made.database is not None:
        made.database.close()
        made.database = None  # a page that is deleted a moment later asks it nothing more
    made.deleteLater()


@pytest.fixture
def program(
    qapp: QApplication, prompts: ScriptedPrompts, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """The whole program with jobs that end at once; no file is open yet."""
    monkeypatch.setattr("crmdesk.gui.app.Prompts", lambda _window, _dress: prompts)
    settings = Settings(language="zh", theme="light")
    made = Program(qapp, clock, settings, tmp_path / "settings.toml", InlineJobs())
    yield made
    made.window.close()
    made.window.deleteLater()
    made.theme.deleteLater()
    made.words.speak("zh")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def main_window(program: Program, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window with an empty file of its own, ready to be written."""
    program.files.open(tmp_path / "test.crmdesk", create=True)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)  # looked through after the first paint
    return program.window


@pytest.fixture
def late(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on what jobs found arrives when this is called: much may be closed by then."""
    waiting: list[Callable[[], object]] = []
    run = desk.run

    def hold(work: Callable[[Progress], object], *, done: Callable[[object], object], **named: object) -> object:
        return run(work, done=lambda found: waiting.append(lambda: done(found)), **named)

    def arrive() -> None:
        assert waiting
        while waiting:
            waiting.pop(0)()

    monkeypatch.setattr(desk, "run", hold)
    return arrive
