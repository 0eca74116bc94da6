"""Putting a backup in the place of a file. What it replaces is kept as a backup, so this can be undone."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.storage.backup import (
    Backup,
    described,
    folder_for,
    free_name,
    write_manifest,
)
from crmdesk.storage.database_driver import DriverError, connect
from crmdesk.storage.database_header import SCHEMA_VERSION, read_header
from crmdesk.storage.database_sync import sync_file, sync_folder

_SIDECARS: Final = ("-journal", "-wal", "-shm")


def put_back(path: Path, backup: Path, now: datetime, password: str = "") -> Path | None:
    """Replace `path` by a copy of `backup`; gives where the replaced file is kept, None where there was none.

    The caller holds the lock, and no connection to `path` is open. Refused when the backup itself is unsound.
    """
    _insist_sound(backup, password)
    part = path.with_name(path.name + ".part")
    try:
        kept = _keep(path, now, password) if path.exists() else None
        shutil.copyfile(backup, part)
        sync_file(part)
        # A journal left beside the old file would be played into the new one; a copy of it is kept with the old one.
        for sidecar in _sidecars(path):
            sidecar.unlink()
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused("restore_failed", file=path.name, why=error.strerror or "") from error
    return kept


def _insist_sound(backup: Path, password: str) -> None:
    header = read_header(backup)
    if header.schema > SCHEMA_VERSION:
        raise Refused("data_newer", file=backup.name)
    password = password if header.encrypted else ""  # it keeps what it was made with
    try:
        with closing(connect(backup, writer=False, password=password)) as raw:
            sound = raw.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except DriverError as error:
        raise Refused("backup_unsound", file=backup.name) from error
    if not sound:
        raise Refused("backup_unsound", file=backup.name)


def _sidecars(path: Path) -> list[Path]:
    return [sidecar for suffix in _SIDECARS if (sidecar := path.with_name(path.name + suffix)).exists()]


def _keep(path: Path, now: datetime, password: str) -> Path:
    """Copy the file that is about to be replaced, byte by byte with its sidecars, for it may be damaged."""
    folder = folder_for(path)
    folder.mkdir(parents=True, exist_ok=True)
    target = free_name(folder, now)
    for source in (*_sidecars(path), path):
        copy = target.with_name(target.name + source.name.removeprefix(path.name))
        shutil.copyfile(source, copy)
        sync_file(copy)
    write_manifest(_description(target, now, password))
    sync_folder(folder)
    return target


def _description(copy: Path, now: datetime, password: str) -> Backup:
    try:
        with closing(connect(copy, writer=False, password=password)) as raw:
            sound = raw.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return described(raw, copy, now, verified=sound, reason="replaced")
    except DriverError:
        return Backup(copy, now, verified=False, counts={}, reason="replaced")
