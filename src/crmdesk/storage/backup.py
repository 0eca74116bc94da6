"""Backups: taken through SQLite's own interface, checked, and only then given their name."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Refused
from crmdesk.paths import backup_folder
from crmdesk.progress import Progress
from crmdesk.storage.database_driver import connect, refusal
from crmdesk.storage.database_sync import sync_file, sync_folder

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

COUNTED: Final = ("customers", "orders", "interactions", "follow_ups")
_PAGES: Final = 500  # a chunk of a backup; between two of them a save gets its turn
_DEADLINE: Final = 600.0  # seconds: a file that is saved to all the time starts the backup anew each time
SUFFIX: Final = ".crmdesk"


@dataclass(frozen=True)
class Backup:
    """A kept copy. `step` is the last step in it; `reason` is "" or "replaced" (what a restore put aside)."""

    path: Path
    at: datetime
    verified: bool
    counts: Mapping[str, int]
    step: int = 0
    digest: str = ""
    reason: str = ""


def folder_for(path: Path) -> Path:
    """Where the backups of a file lie: a folder of its own, found by the file's place also when it is lost."""
    place = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:8]
    return backup_folder() / f"{path.stem}-{place}"


def take_backup(raw: Raw, path: Path, now: datetime, progress: Progress, password: str = "") -> Backup:
    """Copy what `raw` has open into the backup folder of `path`. Raises Refused and Cancelled, leaving no part."""
    if raw.in_transaction:
        raise RuntimeError("a backup inside a step would never end")
    folder = folder_for(path)
    target = free_name(folder, now)
    part = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        backup = _copy_and_check(raw, part, target, now, progress, password)
        sync_file(part)
        write_manifest(backup)
        part.replace(target)
        sync_folder(folder)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            manifest_path(target).unlink(missing_ok=True)
        told = refusal(error, target)
        if told is None and isinstance(error, OSError):
            told = Refused("backup_failed", folder=str(folder), why=error.strerror or "")
        if told is None:
            raise
        raise told from error
    return backup


def _copy_and_check(raw: Raw, part: Path, target: Path, now: datetime, progress: Progress, password: str) -> Backup:
    until = time.monotonic() + _DEADLINE

    def moved(_status: int, remaining: int, total: int) -> None:
        progress.report("backup", total - remaining, total)
        if time.monotonic() > until:
            raise Refused("file_busy", file=target.name)

    part.unlink(missing_ok=True)
    with closing(connect(part, writer=True, create=True, password=password)) as copy:
        raw.backup(copy, pages=_PAGES, progress=moved, sleep=0.02)
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Refused("backup_unsound", file=target.name)
        return described(copy, target, now, verified=True)


def described(raw: Raw, path: Path, at: datetime, *, verified: bool, reason: str = "") -> Backup:
    """A backup's description, from its content."""
    counts = counts_in(raw)
    head = raw.execute("SELECT id, hex(digest) FROM steps ORDER BY id DESC LIMIT 1").fetchone() or (0, "")
    return Backup(path, at, verified, counts, head[0], head[1], reason)


def counts_in(raw: Raw) -> dict[str, int]:
    """How much a file holds: what a user compares before restoring."""
    return {table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608


def free_name(folder: Path, now: datetime) -> Path:
    """A name by the time, one that no backup has: with a fixed clock several fall into one second."""
    stamp = now.strftime("%Y-%m-%d_%H%M%S")
    names = (f"{stamp}{f'-{number}' if number else ''}{SUFFIX}" for number in range(10_000))
    return next(folder / name for name in names if not (folder / name).exists())


def manifest_path(backup: Path) -> Path:
    """The description beside a backup."""
    return backup.with_suffix(".json")


def write_manifest(backup: Backup) -> None:
    """Describe a backup in a file beside it."""
    own = manifest_path(backup.path)
    text = {
        "at": backup.at.isoformat(),
        "verified": backup.verified,
        "counts": dict(backup.counts),
        "step": backup.step,
        "digest": backup.digest,
        "reason": backup.reason,
    }
    part = own.with_suffix(".json-part")
    part.write_text(json.dumps(text, indent=1), encoding="utf-8")
    sync_file(part)
    part.replace(own)


def read_backup(path: Path) -> Backup:
    """A backup from its manifest; without one it counts as not verified."""
    try:
        kept = json.loads(manifest_path(path).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(kept["at"])
        return Backup(path, at, kept["verified"], kept["counts"], kept["step"], kept["digest"], kept["reason"])
    except (OSError, ValueError, KeyError, TypeError):
        return Backup(path, datetime.fromtimestamp(path.stat().st_mtime), verified=False, counts={})


def backups_of(path: Path) -> list[Backup]:
    """The backups of a file, the newest first."""
    found = [read_backup(backup) for backup in folder_for(path).glob(f"*{SUFFIX}")]
    return sorted(found, key=lambda backup: (backup.at, backup.step, len(backup.path.name), backup.path.name))[::-1]


def remove_backup(backup: Backup) -> None:
    """Delete a backup and its description."""
    backup.path.unlink(missing_ok=True)
    manifest_path(backup.path).unlink(missing_ok=True)
