"""Indexes that are set aside while much of a table comes or goes: making them anew is quicker than keeping them up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_MANY: Final = 1_000  # of fewer rows, keeping them up is quicker
_SHARE: Final = 2  # and where more than 1/2 of what is there moves


def set_aside(raw: Raw, moving: Mapping[str, int], keep: Collection[str] = ()) -> list[str]:
    """Drop the indexes of tables of which so many rows come or go, but for `keep`; gives what makes them again.

    Unique ones stay: a row that must not be there has to be found.
    """
    dropped: list[str] = []
    for table, count in moving.items():
        if count > _MANY and count > _rows_in(raw, table) // _SHARE:
            dropped += _drop(raw, table, keep)
    return dropped


def _rows_in(raw: Raw, table: str) -> int:
    count: int = raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - a table of our own schema
    return count


def _drop(raw: Raw, table: str, keep: Collection[str]) -> list[str]:
    statement = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
    plain = {name: sql for name, sql in raw.execute(statement, (table,)).fetchall() if " UNIQUE " not in sql.upper()}
    for name in plain.keys() - set(keep):
        raw.execute(f"DROP INDEX {name}")
    return [sql for name, sql in plain.items() if name not in keep]
