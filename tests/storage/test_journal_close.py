"""The chain over the journal: what was rewritten from outside shows, what was erased does not break it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database
from crmdesk.storage.database_check import journal_sound
from crmdesk.storage.database_driver import connect


@pytest.fixture
def written(database: Database, path: Path) -> Path:
    for name in ("王姐", "李姐"):
        with database.write("add") as step:
            row = rows.insert(step, schema.customers, name=name)
        with database.write("edit") as step:
            rows.update(step, schema.customers, row, notes=f"{name} 搬家了", reward_points=5)
    with database.write("delete") as step:
        rows.delete(step, schema.customers, row)
    database.undo()
    database.close()
    return path


def sound_after(path: Path, statement: str) -> bool:
    with closing(connect(path, writer=True)) as raw:
        raw.execute(statement)
        return journal_sound(raw)


def test_an_untouched_journal_is_sound(written: Path) -> None:
    assert sound_after(written, "SELECT 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE step_values SET new = '没搬' WHERE column_name = 'notes'",
        "UPDATE step_rows SET row_id = row_id + 1 WHERE id = 2",
        "UPDATE step_rows SET row_count = 2 WHERE id = 2",
        "DELETE FROM step_rows WHERE id = 1",
        "DELETE FROM step_values WHERE column_name = 'notes'",
        "DELETE FROM steps WHERE id = (SELECT min(id) FROM steps)",
    ],
)
def test_what_was_rewritten_shows(written: Path, statement: str) -> None:
    assert not sound_after(written, statement)


def test_erased_values_leave_the_chain_whole(written: Path) -> None:
    assert sound_after(
        written, "UPDATE step_values SET old = NULL, new = NULL, salt = NULL WHERE column_name = 'notes'"
    )
