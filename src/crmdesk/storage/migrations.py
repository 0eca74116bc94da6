"""Bringing a file of an older schema up to date: on a copy, in one transaction, checked, then swapped in.

A kill at any moment leaves the old file as it was. Each function takes a file from one version to the next; once
released it is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress
from crmdesk.storage.backup import take_backup
from crmdesk.storage.database_driver import connect
from crmdesk.storage.database_header import SCHEMA_VERSION
from crmdesk.storage.database_sync import sync_file, sync_folder

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

Migration = Callable[["Raw"], None]

MIGRATIONS: Final[dict[int, Migration]] = {}  # from this version to the next; schema 1 is the first


def migrate(
    path: Path,
    now: datetime,
    *,
    to: int = SCHEMA_VERSION,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    password: str = "",
) -> None:
    """Bring the file at `path` to schema `to`. The caller holds its lock; no connection to it is open.

    A backup is taken first. Refused("migration_failed") when a check fails; the file is then as it was.
    """
    part = path.with_name(path.name + ".migrating")
    part.unlink(missing_ok=True)
    try:
        with closing(connect(path, writer=False, password=password)) as raw:
            take_backup(raw, path, now, Progress(), password)
            with closing(connect(part, writer=True, create=True, password=password)) as copy:
                raw.backup(copy)
        with closing(connect(part, writer=True, password=password)) as copy:
            _bring_up(copy, path, to, migrations)
        sync_file(part)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _bring_up(raw: Raw, path: Path, to: int, migrations: Mapping[int, Migration]) -> None:
    from crmdesk.storage.journal import drop_triggers, make_triggers

    # A rebuilt table is dropped first: with foreign keys on, that takes all its children along.
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("BEGIN IMMEDIATE")
    before = _counts(raw)
    drop_triggers(raw)
    version: int = raw.execute("PRAGMA user_version").fetchone()[0]
    for step in range(version, to):
        migrations[step](raw)
    make_triggers(raw)
    after = _counts(raw)
    lost = [table for table, count in before.items() if after.get(table, count) < count]
    if lost or raw.execute("PRAGMA foreign_key_check").fetchall():
        raise Refused("migration_failed", file=path.name)
    raw.execute(f"PRAGMA user_version={to}")
    raw.execute("COMMIT")
    if raw.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise Refused("migration_failed", file=path.name)


def _counts(raw: Raw) -> dict[str, int]:
    tables = raw.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'"
    ).fetchall()
    return {table: raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}  # noqa: S608
