"""Writing rows one by one and in bulk."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from crmdesk.operations.history import logical_dump
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database
from crmdesk.storage.database_check import journal_sound
from crmdesk.storage.database_driver import DriverError
from crmdesk.storage.journal import NO_STEP


def test_bulk_rows_come_in_the_order_of_their_ids(database: Database) -> None:
    with database.write("import_sheets") as step:
        ids = step.new_ids(2_500)
        assert rows.insert_rows(step.raw, "customers", ("id", "name"), ((i, f"客户{i}") for i in ids)) == 2_500
    with database.read() as connection:
        assert list(connection.execute(select(schema.customers.c.id)).scalars()) == list(ids)


def test_bulk_rows_are_one_entry_of_the_journal_where_no_id_is_left_out(database: Database) -> None:
    with database.write("import_sheets") as step:
        ids = step.new_ids(9)
        for some in (ids[:3], ids[3::2], ids[4:5]):
            rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, f"客户{i}") for i in some])
        rows.insert(step, schema.customers, id=ids[-1] + 1, name="王姐")
    with database.raw_read() as raw:
        found = raw.execute("SELECT row_id, row_count FROM step_rows WHERE table_name = 'customers' ORDER BY id")
        alone = [*ids[3::2], ids[4], ids[-1] + 1]
        assert found.fetchall() == [(ids[0], 3), *[(row, 1) for row in alone]]


def test_bulk_rows_are_refused_outside_a_step(database: Database) -> None:
    with database.write("add") as step:
        rows.insert(step, schema.customers, name="王姐")
    with pytest.raises(DriverError, match=NO_STEP):
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(1, "甲"), (2, "乙")])


def test_an_older_step_with_bulk_rows_is_taken_back_but_for_what_was_used(database: Database) -> None:
    with database.write("import_sheets") as step:
        ids = step.new_ids(2_500)
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, f"客户{i}") for i in ids])
    before = logical_dump(database)
    with database.write("import_sheets") as later:
        orders = later.new_ids(2)
        sold = [(order, owner, 5) for order, owner in zip(orders, (ids[7], ids[1_500]), strict=True)]
        rows.insert_rows(later.raw, "orders", ("id", "customer_id", "amount"), sold)
    assert later.changes.customers == {ids[7], ids[1_500]}
    database.undo_step(step.changes.step)
    with database.raw_read() as raw:
        assert raw.execute("SELECT id FROM customers ORDER BY id").fetchall() == [(ids[7],), (ids[1_500],)]
        assert journal_sound(raw)
    database.undo()
    database.undo()
    assert logical_dump(database) == before


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


def test_what_some_or_all_of_the_rows_lack_is_null_or_its_default(database: Database) -> None:
    columns = ("id", "customer_id", "contact_id", "kind", "value", "label")
    with database.write("import_sheets") as step:
        owner, contact, *points = step.new_ids(5)
        rows.insert_rows(step.raw, "customers", ("id", "name", "receivable"), [(owner, "王姐", None)])
        rows.insert_rows(step.raw, "contacts", ("id", "customer_id", "name"), [(contact, owner, "小王")])
        coming = [(points[0], owner, None, "phone", "1", ""), (points[1], owner, contact, "phone", "2", "")]
        rows.insert_rows(step.raw, "contact_points", columns, coming)
        rows.insert_rows(step.raw, "contact_points", columns, [(points[2], owner, None, "qq", "3", "")])
        kept = step.raw.execute(f"SELECT {', '.join(columns)} FROM contact_points ORDER BY id").fetchall()
        assert kept == [*coming, (points[2], owner, None, "qq", "3", "")]
        assert step.raw.execute("SELECT receivable, code FROM customers").fetchone() == (None, "")
