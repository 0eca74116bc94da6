"""Opening, making and looking after a file."""

from __future__ import annotations

from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.storage.database import Database, create_database, open_database


def open_file(
    path: Path, clock: Clock, *, create: bool = False, read_only: bool = False, password: str = ""
) -> Database:
    """Open a file; with `create` an empty one is made where none is. `notice` says why it came up read-only."""
    if create and not path.exists():
        return create_database(path, clock)
    return open_database(path, clock, password=password, read_only=read_only)


def create_file(path: Path, clock: Clock) -> Database:
    """Make an empty file and open it. Refused where a file is already."""
    return create_database(path, clock)
