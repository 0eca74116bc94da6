"""An open file: a reading connection for the thread that opened it, a writing one for everything else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused, Value
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage import database_close, journal_close, journal_steps
from crmdesk.storage.database_driver import BUSY_CODES, DriverError, connect, error_code, refusal
from crmdesk.storage.database_header import SCHEMA_VERSION, Header, read_header, unlocked_header
from crmdesk.storage.database_step import Step
from crmdesk.storage.ids import IdSource
from crmdesk.storage.lock import FileLock, LockHint, take_lock

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection, Engine

_PATIENCE: Final = 60.0  # seconds a step asks again while another reads; with a Progress until it is cancelled
_PAUSE: Final = 0.02


class Database:
    """An open file. `read()` and `raw_read()` for looking, `write()` for one step; close it when done.

    The opening thread reads on a connection of its own, so a long step elsewhere does not stop it. Inside a step,
    the step's thread reads what the step has written so far.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        header: Header,
        *,
        lock: FileLock | None,
        notice: Phrase | None = None,
        password: str = "",
    ) -> None:
        self.path = path
        self.clock = clock
        self.notice = notice  # why it is open for reading only
        self.read_only = lock is None
        self.unclean = lock is not None and lock.was_left  # the last session ended without closing
        self.password = password
        self._header = header
        self._lock = lock
        self._home = threading.get_ident()
        self._reader = connect(path, writer=False, password=password)
        self._writer = connect(path, writer=not self.read_only, password=password, busy_ms=100)
        self._writer.create_function("value_digest", 2, journal_close.value_digest)
        self._engines: dict[int, Engine] = {}
        self._turn = threading.RLock()  # one thread at a time on the writing connection
        self._step: Step | None = None
        self._step_thread = 0
        self._seen = self._data_version()
        self._ids = IdSource()

    # Reading

    @contextmanager
    def raw_read(self) -> Iterator[Raw]:
        """The driver's connection for reading. Raises Refused("file_busy") when a step is being saved for long."""
        with self._told():
            if threading.get_ident() == self._home != self._step_thread:
                yield self._reader
            else:
                with self._turn:
                    yield self._writer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The same as `raw_read`, as a SQLAlchemy connection."""
        with self.raw_read() as raw, self._engine(raw).connect() as connection:
            yield connection

    def set_patience(self, milliseconds: int) -> None:
        """How long the opening thread waits for a step that is being saved, before it is refused (5,000)."""
        self._reader.execute(f"PRAGMA busy_timeout={milliseconds}")

    # Writing

    @contextmanager
    def write(
        self, code: str, /, *, undoable: bool = True, progress: Progress | None = None, **values: Value
    ) -> Iterator[Step]:
        """One step: everything in the block, or nothing. A block that changes nothing leaves no step.

        Raises Refused when the file is read-only, gone, replaced or its disk full, and Cancelled.
        """
        with self._transaction(Phrase(code, values), progress) as step:
            yield step
            database_close.close_step(step, self.clock, undoable=undoable)

    def undo(self) -> Changes:
        """Take back the last step that can be; empty Changes when there is none."""
        with self._turn:
            last = journal_steps.last_undoable(self._writer)
            return self._take_back(last, selective=False) if last else Changes()

    def redo(self) -> Changes:
        """Do again what was undone last; empty Changes when there is nothing."""
        with self._turn:
            last = journal_steps.last_undone(self._writer)
            return self._take_back(last, selective=False) if last else Changes()

    def undo_step(self, step_id: int) -> Changes:
        """Take back an older step where its values still stand; a step of its own, which can be undone."""
        with self._turn:
            last = journal_steps.last_undoable(self._writer)
            return self._take_back(step_id, selective=step_id != last)

    def _take_back(self, step_id: int, *, selective: bool) -> Changes:
        with self._transaction(journal_steps.name_of(self._writer, step_id), None) as step:
            database_close.undo_in(step, self.clock, step_id, selective=selective)
        return step.changes

    @contextmanager
    def _transaction(self, name: Phrase, progress: Progress | None) -> Iterator[Step]:
        if self.read_only:
            raise self._read_only_refusal()
        with self._turn, self._told():
            if self._step is not None:
                raise RuntimeError(f"a step inside the step {self._step.name.code}")
            self._check_same_file()
            self._begin()
            opened: list[Connection] = []
            try:
                self._step_thread = threading.get_ident()
                self._step = step = self._open_step(name, progress, opened)
                yield step
                if not step.empty:
                    self._commit(step, patient=progress is not None)
            finally:
                self._step, self._step_thread = None, 0
                for connection in opened:
                    connection.close()
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def _open_step(self, name: Phrase, progress: Progress | None, opened: list[Connection]) -> Step:
        # A change that passed our journal by: a step on top of it could not be undone to what was there.
        if self._data_version() != self._seen:
            raise Refused("data_changed", file=self.path.name)

        def connection() -> Connection:
            if not opened:
                opened.append(self._engine(self._writer).connect())
            return opened[0]

        newest: int = self._writer.execute("SELECT coalesce(max(id), 0) FROM steps").fetchone()[0]
        # Undo goes by the order of the ids, and a clock that was set back must not change it.
        step_id = max(self._ids.take(1)[0], newest + 1)
        self._writer.execute("INSERT INTO open_step (id, step_id) VALUES (1, ?)", (step_id,))
        return Step(step_id, name, self._writer, connection, self._ids, progress or Progress())

    def _begin(self) -> None:
        self._insist("BEGIN IMMEDIATE", Progress(), _PATIENCE / 6)

    def _commit(self, step: Step, *, patient: bool) -> None:
        # A reader in the middle of a statement holds the commit up; nothing is lost by asking again.
        wait = float("inf") if patient else _PATIENCE
        if threading.get_ident() == self._home:
            wait = _PATIENCE / 6  # our own unfinished reading cannot end while we wait for it
        self._insist("COMMIT", step.progress, wait)

    def _insist(self, statement: str, progress: Progress, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            try:
                self._writer.execute(statement)
                return
            except DriverError as error:
                if error_code(error) not in BUSY_CODES or time.monotonic() > until:
                    raise
            if progress.cancelled:
                raise Cancelled
            time.sleep(_PAUSE)

    # The file

    def close(self) -> None:
        """Close both connections and give the lock back. Waits for a step on another thread."""
        with self._turn:
            for engine in self._engines.values():
                engine.dispose()
            self._reader.close()
            self._writer.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def forbid_writing(self, notice: Phrase) -> None:
        """From now on for reading only: the file was found damaged, or another's."""
        self.read_only = True
        self.notice = notice

    def same_file(self) -> bool:
        """Whether the path still leads to the file that was opened."""
        try:
            stat = self.path.stat()
        except OSError:
            return False
        return (stat.st_dev, stat.st_ino) == (self._header.device, self._header.inode)

    def _check_same_file(self) -> None:
        if not self.same_file():
            raise Refused("data_replaced" if self.path.exists() else "data_gone", file=self.path.name)

    def _data_version(self) -> int:
        """Counts what others wrote to the file. We hold the lock: nobody should, but a file can be copied over."""
        version: int = self._writer.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _read_only_refusal(self) -> Refused:
        return Refused(self.notice.code, **self.notice.values) if self.notice else Refused("opened_read_only")

    def _engine(self, raw: Raw) -> Engine:
        engine = self._engines.get(id(raw))
        if engine is None:
            from crmdesk.storage.database_engine import engine_over

            engine = self._engines[id(raw)] = engine_over(raw)
        return engine

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the disk and the file become what the user is told of them."""
        try:
            yield
        except Exception as error:
            told = refusal(error, self.path)
            if told is None:
                raise
            raise told from error


def create_database(path: Path, clock: Clock) -> Database:
    """Make an empty file and open it. Refused where a file is already, or the folder cannot be written to."""
    from crmdesk.storage.database_create import build_file

    if path.exists():
        raise Refused("data_exists", file=path.name, folder=str(path.parent))
    try:
        build_file(path)
    except (DriverError, OSError) as error:
        told = refusal(error, path) or Refused("folder_not_writable", folder=str(path.parent))
        raise told from error
    return open_database(path, clock)


def open_database(path: Path, clock: Clock, *, password: str = "", read_only: bool = False) -> Database:
    """Open a file. `notice` says why it came up read-only: held by another program, or of a newer schema.

    Refused when it is missing (never made anew), damaged, another program's, or its password is not this one.
    """
    header = read_header(path)
    if header.encrypted and not password:
        raise Refused("password_needed", file=path.name)
    lock: FileLock | None = None
    try:
        if header.encrypted:
            header = unlocked_header(header, path, password)
        lock, notice = (None, None) if read_only else _lock_for(path, clock, header)
        if header.schema < SCHEMA_VERSION:
            header = _brought_up_to_date(path, clock, lock, password)
        database = Database(path, clock, header, lock=lock, notice=notice, password=password)
        _look_inside(database)
    except BaseException as error:
        if lock is not None:
            lock.release()
        told = refusal(error, path)
        if told is None:
            raise
        wrong_password = header.encrypted and told.phrase.code == "data_damaged"
        raise (Refused("password_wrong", file=path.name) if wrong_password else told) from error
    return database


def _lock_for(path: Path, clock: Clock, header: Header) -> tuple[FileLock | None, Phrase | None]:
    if header.schema > SCHEMA_VERSION:
        return None, Phrase("data_newer", {"file": path.name})
    if not os.access(path, os.W_OK):
        return None, Phrase("data_protected", {"file": path.name})
    try:
        lock = take_lock(path, clock)
    except OSError:
        return None, Phrase("folder_read_only", {"file": path.name, "folder": str(path.parent)})
    if isinstance(lock, LockHint):
        return None, Phrase("data_held", {"file": path.name, "host": lock.host, "user": lock.user, "since": lock.at})
    return lock, None


def _brought_up_to_date(path: Path, clock: Clock, lock: FileLock | None, password: str) -> Header:
    from crmdesk.storage.migrations import migrate

    if lock is None:
        raise Refused("data_older", file=path.name)
    migrate(path, clock.now(), password=password)
    return read_header(path)


def _look_inside(database: Database) -> None:
    """The first touch of the content: a damaged file or a wrong password shows here, not in the user's first click."""
    with database.raw_read() as raw:
        raw.execute("SELECT count(*) FROM customers").fetchone()
