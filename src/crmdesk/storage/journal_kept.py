"""What undo leaves alone: rows that were changed or used since, whole, and fields with a newer value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.storage.schema import JOURNALLED

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_DERIVED: Final = ("tier_changes", "stage_changes")
_NO_USE: Final = (*_DERIVED, "not_same", "former_keys")  # what says something about a customer without using it
# Steps since then that still stand: one that was taken back whole counts for nothing, nor does what took it back.
_SINCE: Final = (
    " FROM steps s JOIN step_rows r ON r.id BETWEEN s.first_row AND s.last_row WHERE s.id > :step"
    " AND NOT EXISTS (SELECT 1 FROM steps u WHERE u.id = s.undone_by AND NOT u.undoable)"
    " AND (s.undoes IS NULL OR s.undoable OR s.undoes <= :step)"
)
# A contact that the program planned by itself is no use of the customer: it goes with it, and comes back with it.
_PLANNED: Final = " AND NOT (r.table_name = 'follow_ups' AND NOT s.undoable AND s.undoes IS NULL)"
# What the system did by itself (the daily run's plans) holds nothing back: it goes along with what it was done for.
_BY_THE_USER: Final = " AND (s.undoable OR s.undoes IS NOT NULL)"
_CREATED: Final = "t.first_op = 0 AND t.last_op <> 2"
_LINKS: Final = [
    (table.name, column.name, key.column.table.name, not column.nullable and key.column.table.name != "tags")
    for table in JOURNALLED
    for column in table.c
    for key in column.foreign_keys
]  # child, its column, parent, whether the child is a part of the parent


def find_kept(raw: Raw, step: int) -> frozenset[int]:
    """Fill `kept` with the created rows that stay; gives the customers with tier or stage history after the step."""
    raw.execute(
        "CREATE TEMP TABLE later (table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
    )
    try:
        raw.execute(
            "WITH RECURSIVE many(table_name, row_id, last) AS ("  # noqa: S608 - our own text
            f"SELECT r.table_name, r.row_id, r.row_id + r.row_count - 1 {_SINCE}{_PLANNED}"
            # Rows that were inserted in bulk stand in the journal as one.
            " UNION ALL SELECT table_name, row_id + 1, last FROM many WHERE row_id < last)"
            " INSERT OR IGNORE INTO later SELECT table_name, row_id FROM many",
            {"step": step},
        )
        if raw.execute("SELECT 1 FROM later LIMIT 1").fetchone() is None:
            return frozenset()
        gone_on = _keep_history(raw)
        _keep_changed(raw, step)
        # What stays keeps what it refers to, which keeps its own parts: until a round finds nothing more.
        while _keep_used(raw) + _keep_whole(raw):
            pass
        return gone_on
    finally:
        raw.execute("DROP TABLE temp.later")


def _keep_history(raw: Raw) -> frozenset[int]:
    """Tier and stage history that has gone on since keeps its earlier links."""
    customers: set[int] = set()
    for table in _DERIVED:
        after = (
            f"SELECT x.customer_id FROM later l JOIN {table} x ON x.id = l.row_id WHERE l.table_name = '{table}'"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.table_name = '{table}' AND t.row_id = x.id)"
        )
        customers.update(customer for (customer,) in raw.execute(after).fetchall())
        raw.execute(
            f"INSERT OR IGNORE INTO kept SELECT '{table}', x.id, 'whole' FROM taken t JOIN {table} x ON x.id = t.row_id"  # noqa: S608
            f" WHERE t.table_name = '{table}' AND {_CREATED} AND x.customer_id IN ({after})"
            # A customer the step created goes with all its history, unless it is kept for a reason of its own.
            f" AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.table_name = 'customers' AND t.row_id = x.customer_id"
            f" AND {_CREATED})"
        )
    return frozenset(customers)


def _keep_changed(raw: Raw, step: int) -> None:
    """Created rows with a field that is no longer what the step left: its first value since is compared."""
    raw.execute(
        "CREATE TEMP TABLE later_values AS SELECT r.table_name, v.column_name, r.row_id, v.old, min(r.id)"  # noqa: S608
        f" FROM (SELECT r.* {_SINCE}{_BY_THE_USER} AND r.operation = 'U') r JOIN step_values v ON v.step_row_id = r.id"
        f" JOIN taken t USING (table_name, row_id) WHERE {_CREATED} GROUP BY 1, 2, 3",
        {"step": step},
    )
    for table, column in raw.execute("SELECT DISTINCT table_name, column_name FROM later_values").fetchall():
        raw.execute(
            f"INSERT OR IGNORE INTO kept SELECT v.table_name, v.row_id, 'changed' FROM later_values v"  # noqa: S608
            f" JOIN {table} x ON x.id = v.row_id"
            f" WHERE v.table_name = ? AND v.column_name = ? AND x.{column} IS NOT v.old",
            (table, column),
        )
    raw.execute("DROP TABLE temp.later_values")


def _keep_used(raw: Raw) -> int:
    """Created rows that a row refers to which stays; gives how many were found."""
    found = 0
    for child, column, parent, _part in _LINKS:
        if child in _NO_USE:
            continue
        found += raw.execute(
            f"INSERT OR IGNORE INTO kept SELECT '{parent}', t.row_id, 'used' FROM"  # noqa: S608
            f" (SELECT row_id FROM later WHERE table_name = '{child}'"
            f" UNION SELECT row_id FROM kept WHERE table_name = '{child}') c"
            f" JOIN {child} x ON x.id = c.row_id JOIN taken t ON t.table_name = '{parent}' AND t.row_id = x.{column}"
            f" WHERE {_CREATED} AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.table_name = '{child}'"
            f" AND t.row_id = x.id AND {_CREATED}"
            f" AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.table_name = '{child}' AND k.row_id = x.id))"
        ).rowcount
    return found


def _keep_whole(raw: Raw) -> int:
    """The parts of a row that stays, as the step created them; gives how many were found."""
    found = 0
    for child, column, parent, part in _LINKS:
        if part:
            found += raw.execute(
                f"INSERT OR IGNORE INTO kept SELECT '{child}', x.id, 'whole' FROM kept k"  # noqa: S608
                f" JOIN {child} x ON x.{column} = k.row_id"
                f" JOIN taken t ON t.table_name = '{child}' AND t.row_id = x.id"
                f" WHERE k.table_name = '{parent}' AND {_CREATED}"
            ).rowcount
    return found
