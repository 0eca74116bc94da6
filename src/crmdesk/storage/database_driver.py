"""The raw driver: connections with the settings that were tried, and its errors as the user is told of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2 as driver

from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

DriverError = driver.Error

# Not WAL: a plain copy of an open WAL file misses what is in its sidecar, and a file renamed over it is overlaid.
_PRAGMAS: Final = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "fullfsync=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    "secure_delete=ON",
    "cache_size=-65536",
)
# What means something else in an address; by hand, for the library of addresses is long to load.
_ESCAPES: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%?#:"})
BUSY_CODES: Final = frozenset({5, 6})
_CODES: Final = {
    5: "file_busy",
    6: "file_busy",
    8: "data_read_only",
    10: "disk_error",
    11: "data_damaged",
    13: "disk_full",
    14: "data_unreadable",
    26: "data_damaged",
}
_MESSAGES: Final = {
    "database is locked": 5,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def connect(path: Path, *, writer: bool, create: bool = False, password: str = "", busy_ms: int = 5000) -> Raw:
    """A connection in autocommit, for use by any one thread at a time. A reader cannot write.

    Raises the driver's error where the file cannot be opened; a missing file is not created unless asked.
    """
    mode = "rwc" if create else "rw"
    uri = f"file:{path.absolute().as_posix().translate(_ESCAPES)}?mode={mode}"
    raw: Raw = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    if password:
        raw.set_key(password.encode())  # type: ignore[attr-defined]
    raw.execute(f"PRAGMA busy_timeout={busy_ms}")
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    # A spilled page takes the exclusive lock in the middle of a step, and every reader would have to wait.
    raw.execute("PRAGMA cache_spill=OFF" if writer else "PRAGMA query_only=ON")
    return raw


def data_version(raw: Raw) -> int:
    """A number that changes when another connection has written to the file."""
    version: int = raw.execute("PRAGMA data_version").fetchone()[0]
    return version


def error_code(error: BaseException) -> int:
    """SQLite's primary result code of an error, also of one that SQLAlchemy has wrapped; 0 where there is none."""
    own = getattr(error, "orig", error)
    code = getattr(own, "sqlite_errorcode", None)
    if code is None and isinstance(own, DriverError):
        code = _MESSAGES.get(str(own))  # a failed backup carries no code
    return (code or 0) & 0xFF


def refusal(error: BaseException, path: Path) -> Refused | None:
    """What to tell the user of an error of the disk or the file; None where it is a mistake of ours."""
    code = _CODES.get(error_code(error))
    return Refused(code, file=path.name, why=str(error)) if code else None
