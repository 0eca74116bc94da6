"""Opening, the daily run, the check, and what the status bar says."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.operations import backups, files, history
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database
from crmdesk.storage.database_driver import connect


def add(database: Database, name: str = "王姐") -> None:
    with database.write("add_customer", name=name) as step:
        rows.insert(step, schema.customers, name=name)


def test_a_file_is_made_only_when_asked(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "新.crmdesk"
    with pytest.raises(Refused, match="data_missing"):
        files.open_file(path, clock)
    files.open_file(path, clock, create=True).close()
    files.open_file(path, clock, create=True).close()
    with pytest.raises(Refused, match="data_exists"):
        files.create_file(path, clock)


def test_the_status_bar_knows_saving_and_backup(database: Database) -> None:
    assert files.save_state(database) == files.SaveState(None, None, False)
    add(database)
    assert files.save_state(database).saved_at == datetime(2026, 11, 22, 9)
    backups.back_up(database)
    assert files.save_state(database) == files.SaveState(datetime(2026, 11, 22, 9), datetime(2026, 11, 22, 9), True)


def test_the_daily_run_happens_once_a_day_and_is_not_on_the_undo_menu(database: Database) -> None:
    add(database)
    assert files.daily_run(database)
    assert not files.daily_run(database)
    database.clock = database.clock._replace(fixed=date(2026, 11, 23))
    changes = files.daily_run(database)
    assert changes.customers is None
    name = history.undo_name(database)
    assert name is not None
    assert name.code == "add_customer"


def test_the_daily_run_backs_up_what_was_never_backed_up(database: Database) -> None:
    add(database)
    files.daily_run(database)
    assert len(backups.list_backups(database.path)) == 1
    files.daily_run(database)
    assert len(backups.list_backups(database.path)) == 1


def test_closing_backs_up_only_what_changed(database: Database, clock: Clock) -> None:
    path = database.path
    files.close_file(database)
    assert backups.list_backups(path) == []
    again = files.open_file(path, clock)
    add(again)
    files.close_file(again)
    assert len(backups.list_backups(path)) == 1
    files.close_file(files.open_file(path, clock))
    assert len(backups.list_backups(path)) == 1


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    path.write_bytes(content)


def test_a_file_found_damaged_is_read_only_from_then_on(database: Database, clock: Clock) -> None:
    add(database)
    path = database.path
    database.close()
    damage(path)
    try:
        again = files.open_file(path, clock)
    except Refused as refused:
        assert refused.phrase.code == "data_damaged"
        return
    with pytest.raises(Refused, match="data_damaged"):
        files.daily_run(again)
    with pytest.raises(Refused, match="data_damaged"):
        add(again)
    again.close()


def test_a_check_goes_through_a_file_without_writing(database: Database, clock: Clock) -> None:
    add(database)
    path = database.path
    database.close()
    before = path.read_bytes()
    assert files.check_file(path, clock)["customers"] == 1
    assert path.read_bytes() == before
    raw = connect(path, writer=True)
    raw.execute("UPDATE step_rows SET row_id = 1")
    raw.close()
    with pytest.raises(Refused, match="journal_broken"):
        files.check_file(path, clock)
    damage(path)
    with pytest.raises(Refused, match="data_damaged"):
        files.check_file(path, clock)


def test_a_file_deleted_behind_us_is_rescued_from_the_open_handle(database: Database, clock: Clock) -> None:
    add(database)
    database.path.unlink()
    with pytest.raises(Refused, match="data_gone"):
        add(database, "李姐")
    rescued = backups.back_up(database)
    database.close()
    backups.restore(database.path, rescued.path, clock)
    assert files.check_file(database.path, clock)["customers"] == 1
