"""An open file: a reading connection for the thread that opened it, a writing one for everything else."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Phrase, Refused, Value
from crmdesk.storage.database_driver import DriverError, connect, data_version, refusal
from crmdesk.storage.database_header import SCHEMA_VERSION, Header, read_header, unlocked_header
from crmdesk.storage.lock import FileLock, LockHint, take_lock

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection, Engine

    from crmdesk.clock import Clock
    from crmdesk.domain.changes import Changes
    from crmdesk.progress import Progress
    from crmdesk.storage.database_step import Step
    from crmdesk.storage.database_writing import Writing


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
        self._opened_at = data_version(self._reader)
        self._engines: dict[int, Engine] = {}
        self._turn = threading.RLock()  # one thread at a time on the writing connection

    # Reading

    @contextmanager
    def raw_read(self) -> Iterator[Raw]:
        """The driver's connection for reading. Raises Refused("file_busy") when a step is being saved for long."""
        with self._told():
            here = threading.get_ident()
            in_step = "_writing" in vars(self) and self._writing.thread == here
            if here == self._home and not in_step:
                yield self._reader
            else:
                with self._turn:
                    yield self._writing.raw

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
        with self._turn, self._told(), self._writing.step(Phrase(code, values), progress, undoable=undoable) as step:
            yield step

    def undo(self) -> Changes:
        """Take back the last step that can be; empty Changes when there is none."""
        with self._turn, self._told():
            return self._writing.undo()

    def redo(self) -> Changes:
        """Do again what was undone last; empty Changes when there is nothing."""
        with self._turn, self._told():
            return self._writing.redo()

    def undo_step(self, step_id: int) -> Changes:
        """Take back an older step where its values still stand; a step of its own, which can be undone."""
        with self._turn, self._told():
            return self._writing.undo_step(step_id)

    @cached_property
    def _writing(self) -> Writing:
        """The writing side, made as it is first needed: another connection reads the whole schema again."""
        from crmdesk.storage.database_writing import Writing

        raw = connect(self.path, writer=not self.read_only, password=self.password, busy_ms=100)
        try:
            self._check_same_file()  # another file may have come to lie at the path since the reader was opened
            unchanged = data_version(self._reader) == self._opened_at
        except (Refused, DriverError):  # the reader's, where the file was closed meanwhile
            raw.close()
            raise
        return Writing(
            raw,
            self.clock,
            file=self.path.name,
            home=self._home,
            unchanged=unchanged,
            connect=lambda: self._engine(raw).connect(),
            check=self._check_writable,
        )

    # The file

    def close(self) -> None:
        """Close both connections and give the lock back. Waits for a step on another thread."""
        with self._turn:
            for engine in self._engines.values():
                engine.dispose()
            self._reader.close()
            if "_writing" in vars(self):
                self._writing.raw.close()
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

    def _check_writable(self) -> None:
        if self.read_only:
            raise self._read_only_refusal()
        self._check_same_file()

    def _check_same_file(self) -> None:
        if not self.same_file():
            raise Refused("data_replaced" if self.path.exists() else "data_gone", file=self.path.name)

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
    password = password if header.encrypted else ""  # a backup from before the file was locked
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
