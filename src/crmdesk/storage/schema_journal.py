"""The journal's own tables. `step_rows` and `step_values` are written by the triggers that `journal` generates."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text

from crmdesk.storage.schema_parts import metadata

open_step = Table(
    "open_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer),
    # Rows that are being inserted in bulk: they stand in step_rows already, as one.
    Column("bulk_table", Text),
    Column("bulk_first", Integer),
    Column("bulk_last", Integer),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),  # above all before it, so the order of ids is the order of steps
    Column("at", Text, nullable=False),  # UTC
    Column("name", Text, nullable=False),  # Phrase as JSON
    Column("undoable", Boolean, nullable=False),
    Column("undone_by", Integer),  # the step that took this one back
    Column("undoes", Integer),  # the step that this one took back
    Column("first_row", Integer, nullable=False),  # its rows in step_rows are first_row to last_row
    Column("last_row", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # SHA-256 chain over the step's rows and the step before
)
Index("ix_steps_undoes", steps.c.undoes, sqlite_where=steps.c.undoes.is_not(None))

step_rows = Table(
    "step_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("operation", Text, nullable=False),  # I, U, D
    # Of rows inserted in bulk: from row_id so many ids, none left out. An import of 100,000 takes 16 MB less with it.
    Column("row_count", Integer, nullable=False, server_default="1"),
)
# Only changes are asked for by their row: a large import and taking it back write nothing to it.
Index("ix_step_rows_row", step_rows.c.row_id, step_rows.c.table_name, sqlite_where=step_rows.c.operation == "U")

step_values = Table(
    "step_values",
    metadata,
    Column("step_row_id", Integer, primary_key=True),
    Column("column_name", Text, primary_key=True),  # "*": `old` is the deleted row as a JSON object of what it had
    Column("old", LargeBinary),  # no affinity: each value stays what it is
    Column("new", LargeBinary),
    Column("salt", LargeBinary),
    Column("digest", LargeBinary),  # SHA-256 over salt and values; stays when the values are erased
    sqlite_with_rowid=False,
)
