"""Taking a step back, also an older one: set by set in SQL, so an import of 100,000 rows is undone as fast as it came.

Redo is the same: it takes the taking-back back. What was changed or used since is left as it is, and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.storage import journal_extra, journal_kept
from crmdesk.storage.indexes import set_aside
from crmdesk.storage.journal import blank_of, journalled_columns
from crmdesk.storage.journal_named import kept_phrases
from crmdesk.storage.schema import JOURNALLED

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Table

_TABLES: Final = {table.name: table for table in JOURNALLED}
# Operations as numbers, so that one pass over the journal finds a row's first and last.
_CODE: Final = "(id * 4 + CASE operation WHEN 'I' THEN 0 WHEN 'U' THEN 1 ELSE 2 END)"
# Rows that were inserted in bulk stand in the journal as one: here each has its own line again.
_EACH: Final = (
    "WITH RECURSIVE many(table_name, row_id, last, code) AS ("  # noqa: S608 - our own text
    f"SELECT table_name, row_id, row_id + row_count - 1, {_CODE} FROM step_rows"
    " WHERE id BETWEEN :first AND :last AND row_count > 1"
    " UNION ALL SELECT table_name, row_id + 1, last, code FROM many WHERE row_id < last)"
    f" SELECT table_name, row_id, {_CODE} AS code FROM step_rows WHERE id BETWEEN :first AND :last AND row_count = 1"
    " UNION ALL SELECT table_name, row_id, code FROM many"
)
_SCRATCH: Final = (
    "CREATE TEMP TABLE taken (table_name TEXT, row_id INTEGER, first_op INTEGER, last_op INTEGER,"
    " PRIMARY KEY (table_name, row_id)) WITHOUT ROWID",
    "CREATE TEMP TABLE taken_values (table_name TEXT, column_name TEXT, row_id INTEGER, old BLOB, new BLOB,"
    " times INTEGER, PRIMARY KEY (table_name, column_name, row_id)) WITHOUT ROWID",
    "CREATE TEMP TABLE kept (table_name TEXT, row_id INTEGER, reason TEXT,"
    " PRIMARY KEY (table_name, row_id)) WITHOUT ROWID",
)


@dataclass(frozen=True)
class Taken:
    """What was taken back: the step, what stayed, and the customers whose history has gone on since."""

    step_id: int
    kept: tuple[Phrase, ...]
    gone_on: frozenset[int]


def take_back(raw: Raw, step_id: int) -> Taken:
    """Take step `step_id` back inside the open step. Refused when it cannot be."""
    first, last = _span(raw, step_id)
    # In between a row may refer to one that only comes back further down; the commit looks at it all together.
    raw.execute("PRAGMA defer_foreign_keys=ON")
    for statement in _SCRATCH:
        raw.execute(statement)
    try:
        _gather(raw, first, last)
        gone_on = journal_kept.find_kept(raw, step_id)
        # First the fields: what was moved to a created row goes back to its owner before a delete would take it along.
        _restore_fields(raw)
        _delete_created(raw)
        _insert_deleted(raw, first, last)
        # Once more: what referred to a row just brought back, or waited for a unique value that is free now.
        _restore_fields(raw)
        return Taken(step_id, kept_phrases(raw, step_id), gone_on)
    finally:
        for name in ("taken", "taken_values", "kept"):
            raw.execute(f"DROP TABLE temp.{name}")


def _span(raw: Raw, step_id: int) -> tuple[int, int]:
    found = raw.execute("SELECT first_row, last_row, undone_by FROM steps WHERE id = ?", (step_id,)).fetchone()
    if not found or found[2] is not None:
        raise Refused("step_undone" if found else "step_unknown")
    return found[0], found[1]


def _gather(raw: Raw, first: int, last: int) -> None:
    """Each row once, with its first and last operation; each field once, as it was before and after the step."""
    span = {"first": first, "last": last}
    raw.execute(
        f"INSERT INTO taken SELECT table_name, row_id, min(code) % 4, max(code) % 4 FROM ({_EACH})"  # noqa: S608
        " GROUP BY table_name, row_id",
        span,
    )
    # With min(), SQLite takes the other columns from the row that has the minimum: the value before the first change.
    # A row that the step created is deleted whole, so its fields are of no interest.
    raw.execute(
        "INSERT INTO taken_values SELECT table_name, column_name, row_id, old, new, times FROM ("
        "SELECT r.table_name, v.column_name, r.row_id, v.old, v.new, count(*) AS times, min(r.id)"
        " FROM step_values v JOIN step_rows r ON r.id = v.step_row_id JOIN taken t USING (table_name, row_id)"
        " WHERE v.step_row_id BETWEEN :first AND :last AND r.operation = 'U' AND t.first_op <> 0 GROUP BY 1, 2, 3)",
        span,
    )
    # Changed several times in the step: what it left is the newest, not the first.
    raw.execute(
        "UPDATE taken_values AS t SET new = (SELECT v.new FROM step_rows r JOIN step_values v ON v.step_row_id = r.id"
        " WHERE r.row_id = t.row_id AND r.table_name = t.table_name AND r.operation = 'U'"
        " AND v.column_name = t.column_name AND r.id BETWEEN :first AND :last ORDER BY r.id DESC LIMIT 1)"
        " WHERE times > 1",
        span,
    )


def _restore_fields(raw: Raw) -> None:
    """Give each field its old value where it still has the step's new one; what another row holds waits its turn."""
    for name, column in raw.execute("SELECT DISTINCT table_name, column_name FROM taken_values").fetchall():
        table = _TABLES[name]
        counts_up = ", version = version + 1" if _has_row_version(table) else ""
        raw.execute(
            f"UPDATE OR IGNORE {name} SET {column} = v.old{counts_up} FROM taken_values v"  # noqa: S608
            f" WHERE v.table_name = ? AND v.column_name = ? AND {name}.id = v.row_id"
            f" AND {name}.{column} IS v.new AND {name}.{column} IS NOT v.old{_parent_is_there(table, column)}",
            (name, column),
        )
        if (name, column) == ("customers", "extra"):
            journal_extra.merge_back(raw)


def _parent_is_there(table: Table, column: str) -> str:
    """A condition: what the old value refers to exists, or comes back in this undo."""
    conditions = ""
    for key in table.c[column].foreign_keys:
        parent = key.column.table.name
        conditions += (
            f" AND (v.old IS NULL OR EXISTS (SELECT 1 FROM {parent} p WHERE p.id = v.old)"  # noqa: S608
            f" OR EXISTS (SELECT 1 FROM taken t WHERE t.table_name = '{parent}' AND t.row_id = v.old"
            " AND t.first_op <> 0 AND t.last_op = 2))"
        )
    return conditions


def _delete_created(raw: Raw) -> None:
    """Delete what the step created, children before parents."""
    going = (
        " FROM taken t WHERE t.table_name = ?1 AND t.first_op = 0 AND t.last_op <> 2"
        " AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.table_name = ?1 AND k.row_id = t.row_id)"
    )
    for table in reversed(JOURNALLED):
        name = table.name
        count = raw.execute(f"SELECT count(*){going}", (name,)).fetchone()[0]
        # They are there again before a parent goes, which looks by them for what refers to it.
        indexes = set_aside(raw, {name: count})
        raw.execute(f"DELETE FROM {name} WHERE id IN (SELECT row_id{going})", (name,))  # noqa: S608 - our own text
        for statement in indexes:
            raw.execute(statement)


def _insert_deleted(raw: Raw, first: int, last: int) -> None:
    """Bring back what the step deleted, parents before children, with the ids they had."""
    deleted = raw.execute("SELECT DISTINCT table_name FROM taken WHERE first_op <> 0 AND last_op = 2").fetchall()
    names = {name for (name,) in deleted}
    for table in JOURNALLED:
        if table.name in names:
            _insert_table(raw, table, first, last)


def _insert_table(raw: Raw, table: Table, first: int, last: int) -> None:
    columns = [column.name for column in journalled_columns(table)]
    if _has_row_version(table):
        columns.append("version")
    values = [_value_of(table, column) for column in columns]
    owners = "".join(
        f" AND EXISTS (SELECT 1 FROM {key.column.table.name} p WHERE p.id = json_extract(v.old, '$.{column.name}'))"  # noqa: S608
        for column in table.c
        for key in column.foreign_keys
        if not column.nullable
    )
    raw.execute(
        f"INSERT OR IGNORE INTO {table.name} (id, {', '.join(columns)})"  # noqa: S608
        f" SELECT r.row_id, {', '.join(values)} FROM step_rows r JOIN step_values v ON v.step_row_id = r.id"
        " JOIN taken t USING (table_name, row_id)"
        " WHERE r.id BETWEEN ? AND ? AND r.table_name = ? AND r.operation = 'D' AND v.column_name = '*'"
        f" AND t.first_op <> 0 AND t.last_op = 2{owners} ORDER BY r.row_id",
        (first, last, table.name),
    )


def _value_of(table: Table, column: str) -> str:
    value = f"json_extract(v.old, '$.{column}')"
    for key in table.c[column].foreign_keys:
        if table.c[column].nullable:  # what it referred to may be gone: then it refers to nothing
            return f"(SELECT p.id FROM {key.column.table.name} p WHERE p.id = {value})"  # noqa: S608
    blank = blank_of(table.c[column])
    return value if blank == "NULL" else f"coalesce({value}, {blank})"


def _has_row_version(table: Table) -> bool:
    version = table.c.get("version")
    return version is not None and "row_version" in version.info
