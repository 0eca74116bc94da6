"""Writing rows one by one and in bulk."""

from __future__ import annotations

from sqlalchemy import select

from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database


def test_bulk_rows_come_in_the_order_of_their_ids(database: Database) -> None:
    with database.write("import_sheets") as step:
        ids = step.new_ids(2_500)
        assert rows.insert_rows(step.raw, "customers", ("id", "name"), ((i, f"客户{i}") for i in ids)) == 2_500
    with database.read() as connection:
        assert list(connection.execute(select(schema.customers.c.id)).scalars()) == list(ids)


def test_a_changed_row_counts_its_version_and_an_equal_one_does_not(database: Database) -> None:
    with database.write("add") as step:
        row = rows.insert(step, schema.customers, name="王姐")
        assert rows.update(step, schema.customers, row, name="李姐", notes=None or "")
        assert not rows.update(step, schema.customers, row, name="李姐")
        assert not rows.update(step, schema.customers, row)
        assert not rows.update(step, schema.customers, row + 1, name="谁")
        version = step.connection.execute(select(schema.customers.c.version)).scalar()
    assert version == 2


def test_deleting_tells_whether_there_was_something(database: Database) -> None:
    with database.write("add") as step:
        row = rows.insert(step, schema.customers, name="王姐")
        assert rows.delete(step, schema.customers, row)
        assert not rows.delete(step, schema.customers, row)
