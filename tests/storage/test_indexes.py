"""Indexes set aside while many rows move."""

from __future__ import annotations

import pytest

from crmdesk.storage import rows
from crmdesk.storage.database import Database
from crmdesk.storage.indexes import set_aside

_NAMES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"


@pytest.mark.parametrize(("coming", "aside"), [(1_000, False), (1_001, True)])
def test_they_are_set_aside_for_many_rows_and_come_again(database: Database, coming: int, aside: bool) -> None:
    with database.write("import_sheets") as step:
        before = step.raw.execute(_NAMES).fetchall()
        statements = set_aside(step.raw, {"orders": coming, "contacts": 0})
        left = {name for name, _sql in step.raw.execute(_NAMES).fetchall()}
        assert ("ix_orders_customer" not in left) == aside
        assert {"ix_orders_import_key", "ix_contacts_customer"} <= left  # the one is unique, the other not concerned
        for statement in statements:
            step.raw.execute(statement)
        assert step.raw.execute(_NAMES).fetchall() == before


def test_a_small_part_of_a_large_table_moves_with_them(database: Database) -> None:
    with database.write("import_sheets") as step:
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, "王姐") for i in step.new_ids(2_500)])
        assert set_aside(step.raw, {"customers": 1_200}) == []
        assert set_aside(step.raw, {"customers": 1_300})
