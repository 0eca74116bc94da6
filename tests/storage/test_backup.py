"""Backups: whole or not there, verified, described."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.paths import backup_folder
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage import rows, schema
from crmdesk.storage.backup import backups_of, folder_for, read_backup, take_backup
from crmdesk.storage.database import Database


def add(database: Database, name: str = "王姐") -> None:
    with database.write("add_customer", name=name) as step:
        rows.insert(step, schema.customers, name=name)


def back_up(database: Database, progress: Progress | None = None) -> Path:
    with database.raw_read() as raw:
        return take_backup(raw, database.path, database.clock.now(), progress or Progress()).path


def test_a_backup_says_what_it_holds(database: Database) -> None:
    add(database)
    backup = read_backup(back_up(database))
    assert backup.verified
    assert backup.counts == {"customers": 1, "orders": 0, "interactions": 0, "follow_ups": 0}
    assert backup.at == database.clock.now()
    with database.raw_read() as raw:
        assert raw.execute("SELECT id, hex(digest) FROM steps").fetchall() == [(backup.step, backup.digest)]


def test_backups_lie_in_the_programs_folder_not_beside_the_file(database: Database) -> None:
    made = back_up(database)
    assert made.is_relative_to(backup_folder())
    assert [file.suffix for file in sorted(made.parent.iterdir())] == [".crmdesk", ".json"]


def test_two_files_of_one_name_keep_their_backups_apart(tmp_path: Path) -> None:
    assert folder_for(tmp_path / "a" / "x.crmdesk") != folder_for(tmp_path / "b" / "x.crmdesk")


def test_backups_of_one_second_stand_beside_each_other_newest_first(database: Database) -> None:
    first = back_up(database)
    add(database)
    second = back_up(database)
    assert [backup.path for backup in backups_of(database.path)] == [second, first]


def test_a_cancelled_backup_leaves_nothing(database: Database) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        back_up(database, progress)
    assert list(folder_for(database.path).iterdir()) == []


def test_a_backup_inside_a_step_is_refused_rather_than_endless(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside a step"), database.write("x"):
        back_up(database)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_said(database: Database) -> None:
    folder = folder_for(database.path)
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    with pytest.raises(Refused, match=r"backup_failed|data_unreadable"):
        back_up(database)


def test_a_file_where_the_folder_should_be_is_said(database: Database) -> None:
    folder = folder_for(database.path)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(Refused, match="backup_failed"):
        back_up(database)


def test_a_backup_without_its_description_counts_as_not_verified(database: Database) -> None:
    made = back_up(database)
    made.with_suffix(".json").unlink()
    assert not read_backup(made).verified


def test_a_backup_taken_while_another_thread_saves_is_whole(database: Database, clock: Clock) -> None:
    add(database)
    with database.write("more") as step:
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, f"客户{i}") for i in step.new_ids(20_000)])
    assert read_backup(back_up(database)).counts["customers"] == 20_001
