"""What one does with files: open, make, sample data, backups; and the way in, read first, written to later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.file_doors import FileDoors
from crmdesk.i18n import _
from crmdesk.paths import documents_folder
from crmdesk.progress import Progress

SUFFIX: Final = ".crmdesk"
_RECENT: Final = 8
_AFTER_PAINT: Final = 80  # milliseconds
_BACKUP_EVERY: Final = 30 * 60 * 1000  # milliseconds
_LOCKED: Final = frozenset({"password_needed", "password_wrong"})
_GONE: Final = frozenset({"data_missing", "data_damaged", "data_foreign", "data_unreadable"})


class FileActions(QObject):
    """The file commands of the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.ask_first: Callable[[Callable[[], None]], None] = lambda go: go()  # the window asks about unsaved texts
        self._doors = FileDoors(desk, self._leave, self._open_with)
        desk.password_requested.connect(self.set_password)
        self._timer = QTimer(self)
        self._timer.setInterval(_BACKUP_EVERY)
        self._timer.timeout.connect(self._back_up_quietly)

    def open_first(self, path: Path | None) -> None:
        """Open `path`, else the last file, else the user's own, which is made when there is none yet."""
        last = self._desk.settings.last_file
        if path is not None:
            self.open(path)
        elif last:
            self.open(Path(last))
        else:
            self.open(documents_folder() / (_("My customers") + SUFFIX), create=True)

    def open(self, path: Path, *, create: bool = False) -> None:
        """Put a file on the desk: read at once, looked through on the job thread, then free to be written."""
        if self._lies_here(path):
            self._desk.told.emit(_("{file} is open already").format(file=path.name))
        elif self._desk.working:
            self._desk.told.emit(_("You can look around; editing waits until this is done"))
        else:
            self.ask_first(lambda: self._open(path, create=create))

    def _open_with(self, path: Path, password: str) -> None:
        self._open(path, create=False, password=password)

    def _open(self, path: Path, *, create: bool, password: str = "") -> None:
        from crmdesk.operations import files

        try:
            path.parent.mkdir(parents=True, exist_ok=True) if create else None
            database = files.open_file(path, self._desk.clock, create=create, password=password)
        except Refused as refusal:
            self._refused(path, refusal.phrase)
            return
        self._take(database, path)

    def choose(self) -> None:
        """Ask for a file and open it."""
        path = self._desk.prompts.open_file(_("Open a file"), _filter(), self._folder())
        if path is not None:
            self.open(path)

    def make(self) -> None:
        """Ask for a name and open a new, empty file."""
        suggested = self._folder() / (_("My customers") + SUFFIX)
        path = self._desk.prompts.save_file(_("New file"), suggested, _filter())
        if path is not None:
            self.ask_first(lambda: self._make(path))

    def _make(self, path: Path) -> None:
        from crmdesk.operations import files

        try:
            self._take(files.create_file(_with_suffix(path), self._desk.clock), _with_suffix(path))
        except Refused as refusal:
            self._desk.prompts.error(refusal.phrase)

    def sample(self) -> None:
        """Open sample data, in a file of its own that is made the first time."""
        from crmdesk.operations import sample

        path = documents_folder() / (_("Sample data") + SUFFIX)
        if path.exists():
            self.open(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        clock = self._desk.clock

        def work(progress: Progress) -> None:
            sample.create_sample(path, clock, progress)

        self._desk.run(work, done=lambda _none: self.open(path), busy_text=_("Making sample data"))

    def back_up(self) -> None:
        """Make a backup now and say where it is."""
        from crmdesk.operations import backups

        database = self._desk.database
        self._desk.run(
            lambda progress: backups.back_up(database, progress),
            done=lambda backup: self._desk.told.emit(_("Backed up: {file}").format(file=backup.path.name)),
            busy_text=_("Backing up"),
        )

    def put_back(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a file, which is kept beside it, and open it."""
        from crmdesk.operations import backups, passwords

        database = self._desk.database
        password = database.password if database is not None else ""
        if passwords.is_locked(backup) and not password:
            asked = self._doors.ask(backup)
            if asked is None:
                return
            password = asked
        self._leave()
        clock = self._desk.clock
        self._desk.run(
            lambda _progress: backups.restore(path, backup, clock, password=password),
            done=lambda _replaced: self._open_with(path, password),
            busy_text=_("Restoring"),
        )

    def set_password(self) -> None:
        """Set, change or take off the password of the open file."""
        self.ask_first(self._doors.set_password)

    def recent(self) -> list[Path]:
        """The files opened before that still exist, newest first."""
        return [path for line in self._desk.settings.recent.splitlines() if (path := Path(line)).exists()]

    def close(self) -> None:
        """Take the file off the desk, with a backup that is made as it closes."""
        if self._desk.database is not None:
            from crmdesk.operations import files

            database = self._desk.database
            self._timer.stop()
            self._desk.lay(None)
            try:
                files.close_file(database)
            except Refused as refusal:
                self._desk.prompts.error(refusal.phrase)

    def _leave(self) -> None:
        """Take the file off the desk once everything that was begun for it is written."""
        self._desk.leaving.emit()
        self._desk.jobs.finish()
        self.close()

    def _take(self, database: Any, path: Path) -> None:  # noqa: ANN401 -- see Desk.database
        self._leave()
        database.set_patience(0)  # a busy file is asked again; the window never waits for it
        self._remember(path)
        self._desk.lay(database)
        # After the first paint: the file is looked through where it stops nobody.
        QTimer.singleShot(_AFTER_PAINT, self, self._look_through)

    def _look_through(self) -> None:
        from crmdesk.operations import files

        database, cap = self._desk.database, self._desk.settings.daily_cap
        if database is None:
            return

        def work(progress: Progress) -> Changes:
            return Changes() if database.read_only else files.daily_run(database, progress, cap)

        def done(changes: Changes) -> None:
            if self._desk.database is database:
                self._desk.allow_editing()
                self._timer.start()
                if changes:
                    self._desk.changed.emit(changes)

        def failed(error: Exception) -> None:
            if isinstance(error, Refused) and self._desk.database is database:
                self._refused(database.path, error.phrase)
            else:
                self._desk.tell_error(error)

        self._desk.run(work, done=done, failed=failed)

    def _back_up_quietly(self) -> None:
        from crmdesk.operations import backups

        database = self._desk.database
        if database is not None and self._desk.editable:
            self._desk.run(lambda progress: backups.back_up_if_changed(database, progress))

    def _remember(self, path: Path) -> None:
        others = [line for line in self._desk.settings.recent.splitlines() if line != str(path)]
        recent = "\n".join([str(path), *others][:_RECENT])
        self._desk.set_settings(last_file=str(path), recent=recent)

    def _refused(self, path: Path, phrase: Phrase) -> None:
        if phrase.code in _LOCKED:
            self._doors.unlock(path, wrong=phrase.code == "password_wrong")
            return
        if phrase.code not in _GONE:
            self._desk.prompts.error(phrase)
            return
        again = partial(self._refused, path, phrase)
        self._doors.gone(
            path, phrase, {"restore": partial(self._restore, path, again), "choose": self.choose, "new": self.make}
        )

    def _restore(self, path: Path, again: Callable[[], None]) -> None:
        """Choose a backup of a file that cannot be opened; thinking better of it leads back to the other doors."""
        from crmdesk.gui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(path)
        if self._desk.prompts.run(dialog) and dialog.chosen is not None:
            self.put_back(path, dialog.chosen)
        else:
            again()

    def _lies_here(self, path: Path) -> bool:
        database = self._desk.database
        if database is None or database.read_only:  # read-only: opened again, it may be free by now
            return False
        return path.exists() and database.path.exists() and database.path.samefile(path)

    def _folder(self) -> Path:
        last = self._desk.settings.last_file
        return Path(last).parent if last else documents_folder()


def _with_suffix(path: Path) -> Path:
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _filter() -> str:
    return _("crmdesk files") + f" (*{SUFFIX})"
