"""The desk: steps are announced, errors are said, long work holds editing."""

from __future__ import annotations

import pytest

from crmdesk.domain.changes import Changes
from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.gui.desk import Desk
from crmdesk.operations import customers, history, listing
from crmdesk.settings import read_settings


def add(desk: Desk, name: str) -> None:
    desk.act(lambda _progress: customers.add_customer(desk.database, Customer(name=name)))


def test_a_step_is_announced_once(desk) -> None:
    changes, names = [], []
    desk.changed.connect(changes.append)
    desk.step_done.connect(names.append)
    add(desk, "王姐超市")
    assert len(changes) == len(names) == 1
    assert changes[0].new_id is not None
    assert desk.read(listing.customer_count) == 1


def test_a_step_that_changes_nothing_is_not_announced(desk) -> None:
    changes = []
    desk.changed.connect(changes.append)
    desk.act(lambda _progress: Changes())
    assert changes == []


def test_undo_and_redo_are_changes_without_a_toast(desk) -> None:
    add(desk, "王姐超市")
    changes, names = [], []
    desk.changed.connect(changes.append)
    desk.step_done.connect(names.append)
    desk.undo()
    assert desk.read(listing.customer_count) == 0
    desk.redo()
    assert desk.read(listing.customer_count) == 1
    assert len(changes) == 2
    assert names == []


def test_an_older_step_is_taken_back_alone(desk) -> None:
    add(desk, "王姐超市")
    add(desk, "老李五金")
    first = desk.read(history.steps)[1].id
    desk.undo_step(first)
    assert desk.read(listing.customer_count) == 1


def test_a_refusal_is_said_as_a_sentence(desk, prompts) -> None:
    def refuse(progress):
        raise Refused("file_busy")

    desk.act(refuse)
    assert [phrase.code for phrase in prompts.errors] == ["file_busy"]


def test_an_unexpected_error_is_said_without_its_details_and_logged_without_data(desk, prompts, caplog) -> None:
    secret = "-".join(["13800138000", "王姐超市"])

    def break_down(progress):
        raise KeyError(secret)

    desk.act(break_down)
    assert [phrase.code for phrase in prompts.errors] == ["unexpected"]
    assert caplog.records
    assert "13800138000" not in caplog.text
    caplog.clear()


def test_long_work_holds_editing_until_it_ends(desk) -> None:
    seen = []
    desk.work_started.connect(lambda work: seen.append(("started", work.text, desk.editable)))
    desk.work_ended.connect(lambda: seen.append(("ended", desk.editable)))
    desk.run(lambda progress: seen.append(("working", desk.editable)), busy_text="正在备份")
    assert ("working", False) in seen
    assert seen[-1] == ("ended", True)
    assert desk.editable


def test_short_work_does_not(desk) -> None:
    seen = []
    desk.run(lambda progress: seen.append(desk.editable))
    assert seen == [True]


def test_a_file_is_for_reading_until_it_was_looked_through(desk) -> None:
    database = desk.database
    desk.lay(None)
    assert not desk.editable
    desk.lay(database)
    assert not desk.editable
    desk.allow_editing()
    assert desk.editable


def test_settings_are_kept_in_their_file(desk, tmp_path) -> None:
    desk.set_settings(theme="dark", daily_cap=5)
    kept = read_settings(tmp_path / "settings.toml")
    assert (kept.theme, kept.daily_cap) == ("dark", 5)


def test_nothing_is_undone_while_editing_waits(desk) -> None:
    add(desk, "王姐超市")
    desk.lay(desk.database)
    desk.undo()
    assert desk.read(listing.customer_count) == 1


@pytest.mark.parametrize("on", [True, False])
def test_presentation_mode_is_told(desk, on) -> None:
    told = []
    desk.presentation_changed.connect(told.append)
    desk.set_presenting(on)
    assert told == [on]
