"""Who is writing to a file: an OS lock on a file of its own that dies with the process, and a hint one can read."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from crmdesk.clock import Clock


class LockHint(NamedTuple):
    """Who holds a file: names and local time; empty where they could not be read."""

    host: str = ""
    user: str = ""
    at: str = ""


class FileLock(NamedTuple):
    """The right to write to a file. `was_left` tells that the last holder ended without giving it back."""

    path: Path
    handle: int
    was_left: bool

    def release(self) -> None:
        """Give the right back, and take the hint away."""
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)  # while it is still held, so nobody locks a file that is going away
        os.close(self.handle)
        if sys.platform == "win32":
            with suppress(OSError):  # another process has it open already: then it is theirs now
                self.path.unlink()


def lock_path(path: Path) -> Path:
    """The lock's own file, beside the file it stands for."""
    return path.with_name(path.name + ".lock")


def take_lock(path: Path, clock: Clock) -> FileLock | LockHint:
    """The lock for writing to `path`, or who holds it. Raises OSError where the folder cannot be written to."""
    own = lock_path(path)
    while True:
        was_left = own.exists() and own.stat().st_size > 0
        handle = os.open(own, os.O_RDWR | os.O_CREAT, 0o644)
        if not _try_lock(handle):
            hint = _read_hint(handle)
            os.close(handle)
            return hint
        if _still_there(own, handle):
            _write_hint(handle, clock)
            return FileLock(own, handle, was_left)
        os.close(handle)  # its holder took it away between our opening and locking it


def _still_there(own: Path, handle: int) -> bool:
    try:
        return os.path.samestat(own.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _host() -> str:
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _user() -> str:
    named = os.environ.get("USERNAME" if sys.platform == "win32" else "LOGNAME")
    if named or sys.platform == "win32":
        return named or ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # an account without a name, as in some containers
        return ""


def _write_hint(handle: int, clock: Clock) -> None:
    hint = LockHint(_host(), _user(), clock.now().isoformat(" ", "minutes"))
    os.ftruncate(handle, 0)
    os.write(handle, "\n".join(hint).encode())


def _read_hint(handle: int) -> LockHint:
    try:
        host, user, at = os.read(handle, 4096).decode().split("\n")
        return LockHint(host, user, at)
    except (OSError, ValueError):  # being written just now
        return LockHint()


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # Windows locks bytes against reading too: one far behind the hint

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
