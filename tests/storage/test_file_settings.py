"""Settings in the file: any JSON value, journalled."""

from __future__ import annotations

import pytest

from crmdesk.storage import file_settings
from crmdesk.storage.database import Database


@pytest.mark.parametrize("value", ["一", 5, None, [1, 2], {"a": True}])
def test_a_value_comes_back_as_it_was(database: Database, value: object) -> None:
    with database.write("settings") as step:
        file_settings.put(step, "x", "before")
        file_settings.put(step, "x", value)
    with database.read() as connection:
        assert file_settings.get(connection, "x", "default") == value
        assert file_settings.get(connection, "y", "default") == "default"


def test_the_same_value_is_no_step(database: Database) -> None:
    with database.write("settings") as step:
        file_settings.put(step, "x", 1)
    with database.write("settings") as step:
        file_settings.put(step, "x", 1)
    assert not step.changes


def test_another_as_of_day_touches_everybody(database: Database) -> None:
    with database.write("settings") as step:
        file_settings.put(step, "as_of", "2026-01-01")
    assert step.changes.customers is None
