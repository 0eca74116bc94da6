"""Opening, making and looking after a file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.progress import Progress
from crmdesk.storage.database import Database, create_database, open_database

__all__ = [
    "Database",
    "SaveState",
    "assure_sound",
    "check_file",
    "close_file",
    "create_file",
    "daily_run",
    "open_file",
    "save_state",
]
LAST_RUN: Final = "last_run_on"
LAST_CHECK: Final = "last_full_check_on"
_WEEK: Final = timedelta(days=7)


class SaveState(NamedTuple):
    """What the status bar says: when the last step was saved and the last backup taken, and whether it was verified."""

    saved_at: datetime | None
    backed_up_at: datetime | None
    verified: bool


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


def close_file(db: Database, progress: Progress | None = None) -> None:
    """Take a backup of what changed since the last one, then close; it is closed even where the backup failed."""
    from crmdesk.operations import backups

    with closing(db):
        if not db.read_only:  # nothing of ours is in it, or it was found damaged
            backups.back_up_if_changed(db, progress)


def daily_run(db: Database, progress: Progress | None = None, cap: int | None = None) -> Changes:
    """Look through the file, back it up when the last backup is old, derive all figures when the day moved on.

    Then the contacts of the coming weeks are planned, at most `cap` a day (None: as usual). Steps of the system:
    not on the undo menu.
    Raises Refused("data_damaged"); the file is then read-only.
    """
    from crmdesk.operations import backups
    from crmdesk.operations.today import DAILY_CAP, plan_ahead
    from crmdesk.storage import file_settings

    if db.read_only:
        return Changes()
    today = db.clock.today()
    with db.read() as connection:
        last_run = file_settings.get(connection, LAST_RUN, "")
        last_check = date.fromisoformat(file_settings.get(connection, LAST_CHECK, "2020-01-01"))
    full = db.unclean or abs(today - last_check) >= _WEEK
    _look_through(db, full=full)
    backups.back_up_if_old(db, progress)
    derived = Changes() if last_run == today.isoformat() else _derive_for(db, today, progress, full=full)
    planned = plan_ahead(db, progress, DAILY_CAP if cap is None else cap)
    if planned and derived:
        return planned._replace(kinds=derived.kinds | planned.kinds, customers=None)
    return planned or derived


def _derive_for(db: Database, today: date, progress: Progress | None, *, full: bool) -> Changes:
    from crmdesk.operations.customers import BIN_DAYS
    from crmdesk.operations.tiers import run_policy
    from crmdesk.storage import file_settings, photos

    with db.write("daily_run", undoable=False, progress=progress) as step:
        file_settings.put(step, LAST_RUN, today.isoformat())
        if full:
            file_settings.put(step, LAST_CHECK, today.isoformat())
        step.touch_everybody()
        run_policy(step, today)
        # Photos of customers that are in the bin no more: nobody can bring them back by looking there.
        photos.clear_ownerless(step.raw, db.clock.now() - timedelta(days=BIN_DAYS))
    return step.changes


def assure_sound(db: Database) -> None:
    """Look through a file that is going to be written: quickly, or whole where its last holder ended unasked.

    Raises Refused("data_damaged"); the file is then read-only.
    """
    if not db.read_only:
        _look_through(db, full=db.unclean)


def _look_through(db: Database, *, full: bool) -> None:
    from crmdesk.storage.database_check import quickly_sound, sound

    with db.raw_read() as raw:
        fine = sound(raw) if full else quickly_sound(raw)
    if not fine:
        db.forbid_writing(Phrase("data_damaged", {"file": db.path.name}))
        raise Refused("data_damaged", file=db.path.name)


def check_file(path: Path, clock: Clock, *, password: str = "") -> Mapping[str, int]:
    """Check a file throughout, journal chain included, without writing to it; gives how much it holds.

    Refused when it is damaged or its journal was rewritten.
    """
    from crmdesk.storage.backup import counts_in
    from crmdesk.storage.database_check import journal_sound, sound

    with closing(open_database(path, clock, password=password, read_only=True)) as db, db.raw_read() as raw:
        if not sound(raw):
            raise Refused("data_damaged", file=path.name)
        if not journal_sound(raw):
            raise Refused("journal_broken", file=path.name)
        return counts_in(raw)


def save_state(db: Database) -> SaveState:
    """When the file was last saved and backed up."""
    from crmdesk.storage import journal_steps
    from crmdesk.storage.backup import backups_of

    with db.raw_read() as raw:
        saved_at = journal_steps.last_saved(raw)
    newest = next((backup for backup in backups_of(db.path) if not backup.reason), None)
    return SaveState(saved_at, newest.at if newest else None, newest.verified if newest else False)
