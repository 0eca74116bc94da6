"""The file's content as text, so that two states can be told apart: what undo must give back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from crmdesk.storage.schema import JOURNALLED

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_NOT_WORK: Final = ("settings", "sheet_profiles")


def dump_lines(raw: Raw) -> Iterator[str]:
    """A line per row of the user's tables, by table and id: without journal, figures, search, settings, versions."""
    for table in sorted(JOURNALLED, key=lambda table: table.name):
        if table.name in _NOT_WORK:
            continue
        columns = [column.name for column in table.c if "row_version" not in column.info]
        rows = raw.execute(f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY id")  # noqa: S608 - our own schema
        while batch := rows.fetchmany(1000):
            for row in batch:
                yield f"{table.name} {row!r}"
