"""Giving a file a password, another one, or none: written anew beside its place, checked, and only then swapped in.

A kill at any moment leaves a file that opens with the old password or with the new one.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused
from crmdesk.storage.database_driver import connect, refusal
from crmdesk.storage.database_header import APPLICATION_ID, SCHEMA_VERSION, read_header
from crmdesk.storage.database_sync import sync_file, sync_folder

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def write_under_password(path: Path, old: str, new: str) -> None:
    """Put the same content under another password in the place of `path`; "" is none.

    The caller holds the lock, and no connection to `path` is open. Raises Refused; the file is then as it was.
    """
    part = path.with_name(path.name + ".rekey")
    try:
        part.unlink(missing_ok=True)
        with closing(connect(path, writer=True, password=old)) as raw:
            before = _content(raw)
            _export(raw, part, new)
        _insist_alike(part, new, before)
        sync_file(part)
        part.replace(path)
        sync_folder(path.parent)
    except Exception as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        told = refusal(error, path)
        if told is None and isinstance(error, OSError):
            told = Refused("restore_failed", file=path.name, why=error.strerror or "")
        if told is None:
            raise
        raise told from error


def _export(raw: Raw, part: Path, password: str) -> None:
    raw.execute("ATTACH DATABASE ? AS changed KEY ?", (str(part), password))
    # What is half written is thrown away after a power cut; a journal beside it would serve nobody.
    raw.execute("PRAGMA changed.journal_mode=OFF")
    raw.execute("SELECT sqlcipher_export('changed')")
    raw.execute(f"PRAGMA changed.application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA changed.user_version={SCHEMA_VERSION}")
    raw.execute("DETACH DATABASE changed")


def _insist_alike(part: Path, password: str, before: dict[str, int]) -> None:
    """The new file is read back under its password before it takes the old one's place."""
    encrypted = read_header(part).encrypted
    with closing(connect(part, writer=False, password=password)) as raw:
        sound = raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        guarded = raw.execute("PRAGMA cipher_version").fetchone() is not None
        if not sound or _content(raw) != before or encrypted != bool(password) or not guarded:
            raise Refused("password_not_changed", file=part.stem)


def _content(raw: Raw) -> dict[str, int]:
    """How many rows each table holds, and how many things of each kind there are."""
    tables = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    kinds = raw.execute("SELECT type, count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' GROUP BY 1").fetchall()
    rows = {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608
    return rows | {f"*{kind}": count for kind, count in kinds}
