"""The triggers that record what each row was, generated from the schema. Outside a step they refuse every write.

An insert records the row's id, an update the columns that changed (one trigger a column), a delete the whole row.
Deletes and NULLs that a foreign key sends down are recorded as well: its actions fire the same triggers.
"""

# ruff: noqa: S608 - statements are put together from our own constants and schema

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import DefaultClause, Text

from crmdesk.storage import schema

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Column, Table

NO_STEP: Final = "no step is open"
# RAISE is reached only where no step is open; SQLite looks at coalesce's later values when the earlier are NULL.
_STEP: Final = f"coalesce((SELECT step_id FROM open_step WHERE id = 1), RAISE(ABORT, '{NO_STEP}'))"
_ROW: Final = "INSERT INTO step_rows (step_id, table_name, row_id, operation) VALUES"
_VALUE: Final = "INSERT INTO step_values (step_row_id, column_name, old, new, salt, digest) VALUES"
# Without salt the digest of an erased phone would give the phone away: there are few enough to try them all.
# The digest comes as the step closes and takes the room that is kept for it here: no page has to be split for it.
_SALT: Final = "randomblob(16), zeroblob(32)"


def journalled_columns(table: Table) -> list[Column[object]]:
    """The columns whose changes are recorded: all but the id and a row version, which only ever counts up."""
    return [column for column in table.c if column.name != "id" and not column.info.get("row_version")]


def blank_of(column: Column[object]) -> str:
    """The value a column has where nothing is known, as SQL: its default, "NULL" where it may be NULL or has none."""
    default = column.server_default
    if column.nullable or not isinstance(default, DefaultClause):
        return "NULL"
    return f"'{default.arg}'" if isinstance(column.type, Text) else str(default.arg)


def _insert_trigger(table: str) -> str:
    # Outside a step there is no row to compare with: the answer is NULL, and the refusal below is reached.
    return (
        f"CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {table} "
        "WHEN (SELECT bulk_table = "
        f"'{table}' AND NEW.id BETWEEN bulk_first AND bulk_last FROM open_step WHERE id = 1) IS NOT 1 BEGIN "
        f"{_ROW} ({_STEP}, '{table}', NEW.id, 'I'); END"
    )


def _update_trigger(table: str, column: str) -> str:
    # One a column: whole rows in the journal were ten times as large, and slower. IS NOT, since NULL is a value here.
    return (
        f"CREATE TRIGGER journal_{table}_{column} AFTER UPDATE OF {column} ON {table} "
        f"WHEN OLD.{column} IS NOT NEW.{column} BEGIN "
        f"{_ROW} ({_STEP}, '{table}', NEW.id, 'U'); "
        f"{_VALUE} (last_insert_rowid(), '{column}', OLD.{column}, NEW.{column}, {_SALT}); END"
    )


def _delete_trigger(table: Table) -> str:
    # What a row has nothing in is left out by json_patch: most columns of most rows.
    parts = [(column.name, f"OLD.{column.name}", blank_of(column)) for column in table.c if column.name != "id"]
    told = [f"'{name}', {old if blank == 'NULL' else f'nullif({old}, {blank})'}" for name, old, blank in parts]
    whole = f"json_patch('{{}}', json_object({', '.join(told)}))"
    return (
        f"CREATE TRIGGER journal_{table.name}_delete AFTER DELETE ON {table.name} BEGIN "
        f"{_ROW} ({_STEP}, '{table.name}', OLD.id, 'D'); "
        f"{_VALUE} (last_insert_rowid(), '*', {whole}, NULL, {_SALT}); END"
    )


def trigger_statements() -> list[str]:
    """CREATE TRIGGER for every journalled table."""
    statements = []
    for table in schema.JOURNALLED:
        statements.append(_insert_trigger(table.name))
        statements += [_update_trigger(table.name, column.name) for column in journalled_columns(table)]
        statements.append(_delete_trigger(table))
    return statements


def announce(raw: Raw, table: str, ids: Sequence[int]) -> bool:
    """Record rows that are about to be inserted as one entry, if their ids follow each other; gives whether.

    `all_came` is to be called once they are in. One entry for many: a trigger for each writes as much as the rows.
    """
    if len(ids) < 2 or list(ids) != list(range(ids[0], ids[0] + len(ids))):
        return False
    raw.execute(
        "INSERT INTO step_rows (step_id, table_name, row_id, operation, row_count)"
        " SELECT step_id, ?, ?, 'I', ? FROM open_step WHERE id = 1",
        (table, ids[0], len(ids)),
    )
    raw.execute("UPDATE open_step SET bulk_table = ?, bulk_first = ?, bulk_last = ?", (table, ids[0], ids[-1]))
    return True


def all_came(raw: Raw) -> None:
    """What was announced is there: from now on the triggers record each row again."""
    raw.execute("UPDATE open_step SET bulk_table = NULL, bulk_first = NULL, bulk_last = NULL")


def make_triggers(raw: Raw) -> None:
    """Make the journal's triggers, in a file that has none."""
    for statement in trigger_statements():
        raw.execute(statement)


def drop_triggers(raw: Raw) -> None:
    """Drop every trigger, as a migration does before it changes tables."""
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
