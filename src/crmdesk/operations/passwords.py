"""The password of a file: set, changed, taken off. It is the key itself; there is no back door."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress
from crmdesk.storage.backup import take_backup
from crmdesk.storage.database_driver import connect
from crmdesk.storage.database_header import read_header, unlocked_header
from crmdesk.storage.lock import LockHint, take_lock


def is_locked(path: Path) -> bool:
    """Whether a file that is not open here has a password. Raises Refused where it is missing or another program's."""
    return read_header(path).encrypted


def change_password(path: Path, clock: Clock, old: str, new: str, progress: Progress | None = None) -> None:
    """Put a closed file under another password ("" takes it off), with a verified backup under the old one first.

    Raises Refused: the old one is not this, the file is open elsewhere, the disk is full. It is then as it was.
    """
    from crmdesk.storage.rekey import write_under_password

    lock = take_lock(path, clock)
    if isinstance(lock, LockHint):
        raise Refused("data_held", file=path.name, host=lock.host, user=lock.user, since=lock.at)
    try:
        _insist_opens(path, old)
        with closing(connect(path, writer=False, password=old)) as raw:
            take_backup(raw, path, clock.now(), progress or Progress(), old)
        write_under_password(path, old, new)
    finally:
        lock.release()


def _insist_opens(path: Path, password: str) -> None:
    from crmdesk.storage.database_driver import DriverError

    header = read_header(path)
    if not header.encrypted:
        return
    try:
        unlocked_header(header, path, password)
    except DriverError as error:
        raise Refused("password_wrong", file=path.name) from error
