"""Writing rows: in bulk through the raw driver, or one at a time by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.storage import journal
from crmdesk.storage.batches import batches
from crmdesk.storage.database_step import Step

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Table

_NOTHING: Final = "\x1f"
_BATCH: Final = 1000  # between two batches another thread gets its turn


def insert_rows(raw: Raw, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert tuples in the order of `columns`, which must hold `id`; gives how many there were."""
    count = 0
    at = columns.index("id")
    for batch in batches(rows, _BATCH):
        announced = journal.announce(raw, table, [row[at] for row in batch])
        insert_batch(raw, table, columns, batch)
        if announced:
            journal.all_came(raw)
        count += len(batch)
    return count


def insert_batch(raw: Raw, table: str, columns: Sequence[str], batch: Sequence[tuple[Any, ...]]) -> None:
    """Insert tuples in the order of `columns`; one that may be NULL must have no other default.

    The driver asks all its adapters what to do with a None, which takes it ten times as long as a number. So columns
    without any value are left out, and in others something that is no value of ours stands for it.
    """
    filled: dict[str, Iterable[Any]] = {}
    marks = []
    for name, values in zip(columns, zip(*batch, strict=True), strict=True):
        missing = values.count(None)
        if missing < len(batch):
            filled[name] = [_NOTHING if value is None else value for value in values] if missing else values
            marks.append(f"nullif(?, '{_NOTHING}')" if missing else "?")
    statement = f"INSERT INTO {table} ({', '.join(filled)}) VALUES ({', '.join(marks)})"  # noqa: S608 - our own names
    raw.executemany(statement, zip(*filled.values(), strict=True))


def insert(step: Step, table: Table, **values: object) -> int:
    """Insert one row under a new id, which is returned (or under the `id` given)."""
    new = values.pop("id", None)
    new_id = new if isinstance(new, int) else step.new_id()
    step.connection.execute(table.insert().values(id=new_id, **values))
    return new_id


def update(step: Step, table: Table, row_id: int, **values: object) -> bool:
    """Change fields of a row, whose version moves on; gives whether any of them differed."""
    from sqlalchemy import or_

    if not values:
        return False
    assignments: dict[str, Any] = dict(values)
    version = table.c.get("version")
    if version is not None and version.info.get("row_version"):
        assignments["version"] = version + 1
    differs = or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
    found = step.connection.execute(table.update().where(table.c.id == row_id, differs).values(assignments))
    return found.rowcount > 0


def delete(step: Step, table: Table, row_id: int) -> bool:
    """Delete a row and what belongs to it; gives whether it was there."""
    return step.connection.execute(table.delete().where(table.c.id == row_id)).rowcount > 0
