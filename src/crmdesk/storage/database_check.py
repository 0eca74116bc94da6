"""Whether a file is sound: its pages, its references, its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.storage.database_driver import DriverError
from crmdesk.storage.journal_close import STATES, chain_link, value_digest

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def quickly_sound(raw: Raw) -> bool:
    """The pages as far as one pass tells."""
    return _says_ok(raw, "quick_check")


def sound(raw: Raw) -> bool:
    """The pages with every index, and every reference."""
    return _says_ok(raw, "integrity_check") and not raw.execute("PRAGMA foreign_key_check").fetchall()


def _says_ok(raw: Raw, check: str) -> bool:
    try:
        return bool(raw.execute(f"PRAGMA {check}(1)").fetchone()[0] == "ok")
    except DriverError:
        return False


def journal_sound(raw: Raw) -> bool:
    """Whether nobody rewrote the journal: every link of its chain, every value that was not erased.

    In a file copied from a backup the chain goes on from the backup's head.
    """
    before = b""
    for first, last, digest in raw.execute("SELECT first_row, last_row, digest FROM steps ORDER BY id").fetchall():
        before = chain_link(raw, first, last, before)
        if before != digest:
            return False
    values = raw.execute(f"SELECT salt, {STATES}, digest FROM step_values WHERE salt IS NOT NULL")  # noqa: S608
    while batch := values.fetchmany(1000):
        if any(value_digest(salt, states) != digest for salt, states, digest in batch):
            return False
    return True
