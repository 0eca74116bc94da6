"""The undo menu and the list of what was done."""

from __future__ import annotations

from crmdesk.domain.phrase import Phrase
from crmdesk.operations import history
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database


def add(database: Database, name: str) -> int:
    with database.write("add_customer", name=name) as step:
        rows.insert(step, schema.customers, name=name)
    return step.changes.step


def test_the_menu_names_what_comes_next(database: Database) -> None:
    assert history.undo_name(database) is None
    assert history.redo_name(database) is None
    add(database, "王姐")
    assert history.undo_name(database) == Phrase("add_customer", {"name": "王姐"})
    assert history.undo(database).name == Phrase("add_customer", {"name": "王姐"})
    assert history.undo_name(database) is None
    assert history.redo_name(database) == Phrase("add_customer", {"name": "王姐"})
    assert history.redo(database)
    assert history.redo_name(database) is None
    assert not history.redo(database)


def test_the_list_tells_what_was_done_and_undone(database: Database) -> None:
    first, second = add(database, "王姐"), add(database, "李姐")
    history.undo(database)
    undone = history.steps(database)[0]
    assert (undone.undoes, undone.undoable) == (second, False)
    assert [(entry.id, entry.undone) for entry in history.steps(database)[1:]] == [(second, True), (first, False)]
    assert history.steps(database, 1) == [undone]


def test_the_dump_leaves_out_what_is_not_the_users(database: Database) -> None:
    add(database, "王姐")
    before = history.logical_dump(database)
    with database.write("settings", undoable=False) as step:
        rows.insert(step, schema.settings, name="x", value="1")
    assert history.logical_dump(database) == before
    assert "王姐" in before
    assert "step" not in before
