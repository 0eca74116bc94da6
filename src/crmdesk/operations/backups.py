"""Backups: take one, list them, put one back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress
from crmdesk.storage import backup as kept
from crmdesk.storage import journal_steps
from crmdesk.storage.backup import Backup as Backup  # for those above, who may not look into storage
from crmdesk.storage.backup_retention import superfluous
from crmdesk.storage.database import Database
from crmdesk.storage.lock import LockHint, take_lock

_OLD: Final = timedelta(hours=24)


def back_up(db: Database, progress: Progress | None = None) -> Backup:
    """Take a verified backup, then prune old ones. Also rescues a file that was moved or deleted behind us.

    Raises Refused (disk full, folder, unsound copy) and Cancelled; never leaves half a backup.
    """
    now = db.clock.now()
    with db.raw_read() as raw:
        made = kept.take_backup(raw, db.path, now, progress or Progress(), db.password)
    for old in superfluous(kept.backups_of(db.path), now):
        kept.remove_backup(old)
    return made


def list_backups(path: Path) -> list[Backup]:
    """The backups of the file at `path`, which may be lost; the newest first."""
    return kept.backups_of(path)


def back_up_if_changed(db: Database, progress: Progress | None = None) -> Backup | None:
    """A backup when there was a step since the last verified one, as at closing and every half hour; else None."""
    newest = next((backup for backup in kept.backups_of(db.path) if backup.verified), None)
    with db.raw_read() as raw:
        step = journal_steps.newest_step(raw)
    if step == 0 or (newest is not None and newest.step == step):
        return None
    return back_up(db, progress)


def back_up_if_old(db: Database, progress: Progress | None = None) -> Backup | None:
    """A backup when the last one is older than a day and there was a step since, as at opening; else None."""
    newest = next(iter(kept.backups_of(db.path)), None)
    if newest is not None and db.clock.now() - newest.at < _OLD:
        return None
    return back_up_if_changed(db, progress)


def counts(db: Database) -> dict[str, int]:
    """How much the open file holds now, to be compared with a backup's counts."""
    with db.raw_read() as raw:
        return kept.counts_in(raw)


def restore(path: Path, backup: Path, clock: Clock, *, password: str = "") -> Path | None:
    """Put a backup in the place of the file, which must be closed; gives where the replaced file is kept.

    Undo it by restoring that one. None where there was no file. Refused when the backup is unsound or the file is open.
    """
    from crmdesk.storage.backup_restore import put_back

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = take_lock(path, clock)
    if isinstance(lock, LockHint):
        raise Refused("data_held", file=path.name, host=lock.host, user=lock.user, since=lock.at)
    try:
        return put_back(path, backup, clock.now(), password)
    finally:
        lock.release()
