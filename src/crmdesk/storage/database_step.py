"""One step: a transaction with a name, that undo can take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase
from crmdesk.progress import Progress
from crmdesk.storage.ids import IdSource

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

    from crmdesk.storage.search import Beside


class Step:
    """What a `with database.write(...)` block works with. `changes` is set as the block is left."""

    def __init__(
        self,
        step_id: int,
        name: Phrase,
        raw: Raw,
        connect: Callable[[], Connection],
        ids: IdSource,
        progress: Progress,
    ) -> None:
        self.id = step_id
        self.name = name
        self.raw = raw
        self.progress = progress
        self.changes = Changes()
        self.made_id: int | None = None
        self.kept: tuple[Phrase, ...] = ()
        self.everybody = False
        self.beside: Beside | None = None  # builds the search index of everybody on another core
        self.empty = False
        self.first_row: int = raw.execute("SELECT coalesce(max(id), 0) + 1 FROM step_rows").fetchone()[0]
        self.writes_before = raw.total_changes
        self._connect = connect
        self._ids = ids

    @property
    def connection(self) -> Connection:
        """The writing connection, inside the step's transaction."""
        return self._connect()

    def new_id(self) -> int:
        """An id for a new row."""
        return self._ids.take(1)[0]

    def new_ids(self, count: int) -> range:
        """Consecutive ids for `count` new rows."""
        return self._ids.take(count)

    def touch_everybody(self) -> None:
        """Have the figures of all customers derived anew as the step closes, whatever it writes."""
        self.everybody = True

    def made(self, row_id: int) -> None:
        """Name the row that the user will want to see next: it becomes `changes.new_id`."""
        self.made_id = row_id
