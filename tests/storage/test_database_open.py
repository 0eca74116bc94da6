"""Opening: what is missing, damaged, another's, newer, held or locked is said, and never written over."""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.storage.database import Database, create_database, open_database
from crmdesk.storage.database_driver import DriverError, connect
from crmdesk.storage.lock import lock_path


def test_a_missing_file_is_never_made_anew(path: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match="data_missing"):
        open_database(path, clock)
    assert list(path.parent.iterdir()) == []


def test_a_file_that_is_there_is_never_made_anew(path: Path, clock: Clock) -> None:
    path.write_text("mine")
    with pytest.raises(Refused, match="data_exists"):
        create_database(path, clock)
    assert path.read_text() == "mine"


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match=r"data_unreadable|folder_not_writable"):
        create_database(tmp_path / "nowhere" / "a.crmdesk", clock)


@pytest.mark.parametrize("content", [b"", b"short", b"SQLite format 3\0" + bytes(20)])
def test_a_cut_off_file_is_damaged(path: Path, clock: Clock, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Refused, match="data_damaged"):
        open_database(path, clock)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(path: Path, clock: Clock) -> None:
    raw = connect(path, writer=True, create=True)
    raw.execute("CREATE TABLE t (x)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(Refused, match="data_foreign"):
        open_database(path, clock)
    assert path.read_bytes() == before


def test_a_file_with_broken_pages_is_damaged_and_its_lock_given_back(
    database: Database, path: Path, clock: Clock
) -> None:
    database.close()
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(Refused, match="data_damaged"):
        open_database(path, clock)
    assert path.read_bytes() == bytes(content)
    assert not lock_path(path).exists()


def test_a_newer_schema_can_be_read_only(database: Database, path: Path, clock: Clock) -> None:
    database.close()
    with path.open("r+b") as file:
        file.seek(60)
        file.write(struct.pack(">I", 99))
    newer = open_database(path, clock)
    assert newer.read_only
    assert newer.notice is not None
    assert newer.notice.code == "data_newer"
    with newer.raw_read() as raw:
        assert raw.execute("SELECT count(*) FROM customers").fetchone() == (0,)
    with pytest.raises(Refused, match="data_newer"), newer.write("x"):
        pass
    newer.close()


def test_the_second_to_open_a_file_reads_and_knows_who_writes(database: Database, path: Path, clock: Clock) -> None:
    second = open_database(path, clock)
    assert second.read_only
    assert second.notice is not None
    assert second.notice.code == "data_held"
    assert second.notice.values["since"] == "2026-11-22 09:00"
    with pytest.raises(Refused, match="data_held"), second.write("x"):
        pass
    second.close()
    assert not database.read_only
    database.close()
    third = open_database(path, clock)
    assert not third.read_only
    third.close()


def test_read_only_by_wish(database: Database, path: Path, clock: Clock) -> None:
    database.close()
    looking = open_database(path, clock, read_only=True)
    assert not lock_path(path).exists()
    with pytest.raises(Refused, match="opened_read_only"), looking.write("x"):
        pass
    assert not looking.undo()
    looking.close()


def test_a_session_that_did_not_close_is_noticed(path: Path, clock: Clock, database: Database) -> None:
    assert not database.unclean
    database.close()
    lock_path(path).write_text('{"host": "a", "user": "b", "at": "c"}')
    again = open_database(path, clock)
    assert again.unclean
    again.close()
    assert not lock_path(path).exists()


def encrypt(path: Path, target: Path, password: str) -> None:
    raw = connect(path, writer=True)
    raw.execute("ATTACH ? AS locked KEY ?", (str(target), password))
    raw.execute("SELECT sqlcipher_export('locked')")
    for pragma in ("application_id", "user_version"):
        raw.execute(f"PRAGMA locked.{pragma} = {raw.execute(f'PRAGMA {pragma}').fetchone()[0]}")
    raw.execute("DETACH locked")
    raw.close()


def test_a_locked_file_opens_with_its_password_only(database: Database, path: Path, clock: Clock) -> None:
    database.close()
    locked = path.with_name("locked.crmdesk")
    encrypt(path, locked, "秘密")
    with pytest.raises(Refused, match="password_needed"):
        open_database(locked, clock)
    with pytest.raises(Refused, match="password_wrong"):
        open_database(locked, clock, password="猜的")
    opened = open_database(locked, clock, password="秘密")
    with opened.write("tag") as step:
        step.raw.execute("INSERT INTO tags (id, name) VALUES (1, '很特别的标签')")
    opened.close()
    assert "很特别的标签".encode() not in locked.read_bytes()


def test_a_write_protected_file_can_be_read_only(
    database: Database, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    monkeypatch.setattr("crmdesk.storage.database.os.access", lambda _path, _mode: False)  # root may write anything
    protected = open_database(path, clock)
    assert protected.notice is not None
    assert protected.notice.code == "data_protected"
    protected.close()


def test_a_file_that_was_closed_is_not_opened_again_for_writing(path: Path, clock: Clock, database: Database) -> None:
    database.close()
    again = open_database(path, clock)
    again.close()

    with pytest.raises(DriverError, match="closed"), again.write("edit_customer"):
        pass
    assert not lock_path(path).exists()


def test_what_is_written_between_opening_and_the_first_step_is_noticed(
    path: Path, clock: Clock, database: Database
) -> None:
    database.close()
    again = open_database(path, clock)
    with closing(connect(path, writer=True)) as other:
        other.execute("CREATE TABLE by_another (x)")

    with pytest.raises(Refused, match="data_changed"), again.write("edit_customer"):
        pass
    again.close()
