"""The file a command works on, open for as long as the command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.clock import Clock
from crmdesk.operations import files

if TYPE_CHECKING:
    from crmdesk.operations.files import Database


@contextmanager
def opened(path: Path, clock: Clock, *, create: bool = False, read_only: bool = False) -> Iterator[Database]:
    """The file, closed on leaving. Raises Refused where it cannot be opened as asked."""
    database = files.open_file(path, clock, create=create, read_only=read_only)
    try:
        if not read_only:
            files.assure_sound(database)
        yield database
    finally:
        database.close()
