"""Putting a backup back, and putting back what that replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.operations import backups, files
from crmdesk.operations.history import logical_dump
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database, open_database


def add(database: Database, name: str) -> None:
    with database.write("add_customer", name=name) as step:
        rows.insert(step, schema.customers, name=name)


def dump_of(path: Path, clock: Clock) -> str:
    database = open_database(path, clock)
    try:
        return logical_dump(database)
    finally:
        database.close()


def test_restoring_gives_the_backups_state_and_can_be_undone(database: Database, path: Path, clock: Clock) -> None:
    add(database, "王姐")
    then = logical_dump(database)
    backup = backups.back_up(database)
    add(database, "李姐")
    now = logical_dump(database)
    assert (backup.counts["customers"], backups.counts(database)["customers"]) == (1, 2)
    database.close()
    replaced = backups.restore(path, backup.path, clock)
    assert dump_of(path, clock) == then
    assert replaced is not None
    backups.restore(path, replaced, clock)
    assert dump_of(path, clock) == now


def test_a_lost_file_comes_back(database: Database, path: Path, clock: Clock) -> None:
    add(database, "王姐")
    then = logical_dump(database)
    files.close_file(database)
    path.unlink()
    (backup,) = backups.list_backups(path)
    assert backups.restore(path, backup.path, clock) is None
    assert dump_of(path, clock) == then


def test_a_damaged_file_is_kept_with_its_journal_and_the_journal_not_played_into_the_new_one(
    database: Database, path: Path, clock: Clock
) -> None:
    add(database, "王姐")
    then = logical_dump(database)
    files.close_file(database)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"hot")
    (backup,) = backups.list_backups(path)
    replaced = backups.restore(path, backup.path, clock)
    assert not journal.exists()
    assert dump_of(path, clock) == then
    assert replaced is not None
    assert replaced.read_bytes().endswith(b"\xff" * 5000)
    kept = next(one for one in backups.list_backups(path) if one.path == replaced)
    assert (kept.verified, kept.reason) == (False, "replaced")


def test_an_open_file_is_not_replaced(database: Database, path: Path, clock: Clock) -> None:
    backup = backups.back_up(database)
    with pytest.raises(Refused, match="data_held"):
        backups.restore(path, backup.path, clock)


@pytest.mark.parametrize("damage", [b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 9000])
def test_an_unsound_backup_replaces_nothing(database: Database, path: Path, clock: Clock, damage: bytes) -> None:
    add(database, "王姐")
    backup = backups.back_up(database)
    files.close_file(database)
    backup.path.write_bytes(damage)
    before = path.read_bytes()
    with pytest.raises(Refused):
        backups.restore(path, backup.path, clock)
    assert path.read_bytes() == before


def test_a_cut_off_backup_replaces_nothing(database: Database, path: Path, clock: Clock) -> None:
    for number in range(50):
        add(database, f"客户{number}")
    backup = backups.back_up(database)
    files.close_file(database)
    whole = backup.path.read_bytes()
    backup.path.write_bytes(whole[: len(whole) // 2])
    before = path.read_bytes()
    with pytest.raises(Refused, match="backup_unsound"):
        backups.restore(path, backup.path, clock)
    assert path.read_bytes() == before
