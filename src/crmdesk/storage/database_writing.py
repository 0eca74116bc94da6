"""The writing side of an open file: a connection of its own, one step at a time. Loaded with the first use of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage import database_close, journal_close, journal_steps
from crmdesk.storage.database_driver import BUSY_CODES, DriverError, data_version, error_code
from crmdesk.storage.database_step import Step
from crmdesk.storage.ids import IdSource

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

_PATIENCE: Final = 60.0  # seconds a step asks again while another reads; with a Progress until it is cancelled
_PAUSE: Final = 0.02
_ROOM: Final = -262_144  # kB of pages, as SQLite counts them


class Writing:
    """Steps on the connection `raw`. Whoever calls holds the turn: one thread at a time.

    `home` is the thread that reads on a connection of its own; `unchanged` tells whether nobody has written to `file`
    between its opening and now; `connect` gives `raw` as SQLAlchemy's; `check` raises Refused where the file may not
    be written to.
    """

    def __init__(
        self,
        raw: Raw,
        clock: Clock,
        *,
        file: str,
        home: int,
        unchanged: bool,
        connect: Callable[[], Connection],
        check: Callable[[], None],
    ) -> None:
        self.raw = raw
        self._file = file
        self._home = home
        self.thread = 0  # of the step that is open
        self._clock = clock
        self._connect = connect
        self._check = check
        self._step: Step | None = None
        self._ids = IdSource()
        raw.create_function("value_digest", 2, journal_close.value_digest)
        # Counts what others write. We hold the lock: nobody should, but a file can be copied over.
        self._seen = data_version(raw) if unchanged else -1

    @contextmanager
    def step(self, name: Phrase, progress: Progress | None, *, undoable: bool) -> Iterator[Step]:
        """One ordinary step, closed as the block is left."""
        with self._transaction(name, progress) as step:
            yield step
            database_close.close_step(step, self._clock, undoable=undoable)

    def undo(self) -> Changes:
        """Take back the last step that can be; empty Changes when there is none."""
        last = journal_steps.last_undoable(self.raw)
        return self._take_back(last, selective=False) if last else Changes()

    def redo(self) -> Changes:
        """Do again what was undone last; empty Changes when there is nothing."""
        last = journal_steps.last_undone(self.raw)
        return self._take_back(last, selective=False) if last else Changes()

    def undo_step(self, step_id: int) -> Changes:
        """Take back an older step where its values still stand."""
        return self._take_back(step_id, selective=step_id != journal_steps.last_undoable(self.raw))

    def _take_back(self, step_id: int, *, selective: bool) -> Changes:
        with self._room(), self._transaction(journal_steps.name_of(self.raw, step_id), None) as step:
            database_close.undo_in(step, self._clock, step_id, selective=selective)
        return step.changes

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Room for the pages of a large import, each of which is needed several times: a quarter less work.

        The peak is no higher for it, since changed pages stay in memory anyway; afterwards they are let go.
        """
        before = self.raw.execute("PRAGMA cache_size").fetchone()[0]
        self.raw.execute(f"PRAGMA cache_size={_ROOM}")
        try:
            yield
        finally:
            self.raw.execute(f"PRAGMA cache_size={before}")

    @contextmanager
    def _transaction(self, name: Phrase, progress: Progress | None) -> Iterator[Step]:
        if self._step is not None:
            raise RuntimeError(f"a step inside the step {self._step.name.code}")
        self._check()
        self._begin()
        opened: list[Connection] = []
        try:
            self.thread = threading.get_ident()
            self._step = step = self._open_step(name, progress, opened)
            yield step
            if not step.empty:
                self._commit(step, patient=progress is not None)
        finally:
            self._step, self.thread = None, 0
            for connection in opened:
                connection.close()
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")

    def _open_step(self, name: Phrase, progress: Progress | None, opened: list[Connection]) -> Step:
        # A change that passed our journal by: a step on top of it could not be undone to what was there.
        if data_version(self.raw) != self._seen:
            raise Refused("data_changed", file=self._file)

        def connection() -> Connection:
            if not opened:
                opened.append(self._connect())
            return opened[0]

        # Undo goes by the order of the ids, and a clock that was set back must not change it.
        step_id = max(self._ids.take(1)[0], journal_steps.newest_step(self.raw) + 1)
        self.raw.execute("INSERT INTO open_step (id, step_id) VALUES (1, ?)", (step_id,))
        return Step(step_id, name, self.raw, connection, self._ids, progress or Progress())

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
                self.raw.execute(statement)
                return
            except DriverError as error:
                if error_code(error) not in BUSY_CODES or time.monotonic() > until:
                    raise
            if progress.cancelled:
                raise Cancelled
            time.sleep(_PAUSE)
