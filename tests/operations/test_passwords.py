"""A file's password: set, changed, taken off; nothing plain is left, and a failure leaves the file as it was."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.phrase import Refused
from crmdesk.operations import backups, customers, files, history, listing, passwords
from crmdesk.storage import rekey

NAME = "王姐超市绝密"


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> tuple[Path, str]:
    """A closed file with two steps, and its content."""
    path = tmp_path / "客户.crmdesk"
    with closing(files.create_file(path, clock)) as db:
        added = customers.add_customer(db, Customer(name=NAME, points=(Point("phone", "13800138013"),)))
        customers.edit_customer(db, added.new_id, notes="喜欢红茶")
        return path, history.logical_dump(db)


def dump(path: Path, clock: Clock, password: str = "") -> str:
    with closing(files.open_file(path, clock, password=password)) as db:
        return history.logical_dump(db)


def test_a_file_under_a_password_holds_the_same_and_opens_with_it_only(kept: tuple[Path, str], clock: Clock) -> None:
    path, before = kept
    passwords.change_password(path, clock, "", "春天 2026")
    assert passwords.is_locked(path)
    assert dump(path, clock, "春天 2026") == before
    for wrong, code in (("", "password_needed"), ("秋天", "password_wrong")):
        with pytest.raises(Refused) as refused:
            files.open_file(path, clock, password=wrong)
        assert refused.value.phrase.code == code


def test_no_word_of_it_can_be_read_in_the_file(kept: tuple[Path, str], clock: Clock) -> None:
    path, _before = kept
    assert NAME.encode() in path.read_bytes()
    passwords.change_password(path, clock, "", "geheim")
    content = path.read_bytes()
    assert NAME.encode() not in content
    assert b"13800138013" not in content
    assert b"SQLite" not in content[:16]
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]  # nothing half done lies about


def test_it_is_changed_and_taken_off_again(kept: tuple[Path, str], clock: Clock) -> None:
    path, before = kept
    passwords.change_password(path, clock, "", "eins")
    passwords.change_password(path, clock, "eins", "zwei")
    with pytest.raises(Refused):
        files.open_file(path, clock, password="eins")
    assert dump(path, clock, "zwei") == before
    passwords.change_password(path, clock, "zwei", "")
    assert not passwords.is_locked(path)
    assert dump(path, clock) == before


def test_the_wrong_old_password_changes_nothing(kept: tuple[Path, str], clock: Clock) -> None:
    path, before = kept
    passwords.change_password(path, clock, "", "eins")
    with pytest.raises(Refused) as refused:
        passwords.change_password(path, clock, "zwei", "drei")
    assert refused.value.phrase.code == "password_wrong"
    assert dump(path, clock, "eins") == before


def test_undo_search_and_writing_go_on_under_the_password(kept: tuple[Path, str], clock: Clock) -> None:
    path, _before = kept
    passwords.change_password(path, clock, "", "eins")
    with closing(files.open_file(path, clock, password="eins")) as db:
        assert [match.name for match in listing.find_customers(db, "wangjie")] == [NAME]
        history.undo(db)
        assert customers.get_customer(db, listing.find_customers(db, NAME)[0].customer_id).notes == ""
        customers.add_customer(db, Customer(name="新来的"))
        assert listing.customer_count(db) == 2
    files.check_file(path, clock, password="eins")


def test_a_backup_under_the_old_password_was_taken_first(kept: tuple[Path, str], clock: Clock) -> None:
    path, before = kept
    passwords.change_password(path, clock, "", "eins")
    (backup,) = backups.list_backups(path)
    assert backup.verified
    backups.restore(path, backup.path, clock)
    assert dump(path, clock) == before


def test_a_file_that_is_open_is_left_alone(kept: tuple[Path, str], clock: Clock) -> None:
    path, before = kept
    with closing(files.open_file(path, clock)), pytest.raises(Refused) as refused:
        passwords.change_password(path, clock, "", "eins")
    assert refused.value.phrase.code == "data_held"
    assert dump(path, clock) == before


@pytest.mark.parametrize("moment", ["_export", "_insist_alike", "sync_file", "sync_folder"])
def test_whatever_breaks_the_file_opens_with_the_old_or_the_new_password(
    kept: tuple[Path, str], clock: Clock, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    path, before = kept

    def broken(*_given: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(rekey, moment, broken)
    with pytest.raises(Refused):
        passwords.change_password(path, clock, "", "eins")
    password = "eins" if passwords.is_locked(path) else ""
    assert dump(path, clock, password) == before
    assert not path.with_name(path.name + ".rekey").exists()
