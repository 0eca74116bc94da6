"""`password` and `restore --salvage` as they are called from a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.operations import passwords


def test_a_password_is_set_asked_for_changed_and_taken_off(filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMDESK_NEW_PASSWORD", "eins")
    assert filled("password") == 0
    assert "没有它谁也打不开" in filled.out
    assert passwords.is_locked(filled.file)
    assert filled("list", "customers") == 1  # nobody at the terminal to type it
    assert "有密码" in filled.err
    monkeypatch.setenv("CRMDESK_PASSWORD", "eins")
    assert filled("list", "customers") == 0
    assert "王姐超市" in filled.out
    assert filled("check") == 0
    monkeypatch.setenv("CRMDESK_PASSWORD", "falsch")
    assert filled("check") == 1
    monkeypatch.setenv("CRMDESK_PASSWORD", "eins")
    assert filled("password", "--remove") == 0
    assert not passwords.is_locked(filled.file)


def test_without_a_new_password_nothing_is_changed(filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMDESK_NEW_PASSWORD", "")
    assert filled("password") == 1
    assert not passwords.is_locked(filled.file)


def test_what_is_readable_in_a_damaged_file_is_taken_into_a_new_one(filled) -> None:
    before = filled.file.read_bytes()
    told = filled.json("restore", "--salvage")
    assert told["taken"]["customers"] == 3
    assert told["lost"]["customers"] == 0
    assert Path(told["file"]).name == f"{filled.file.stem}-2.crmdesk"
    assert filled.file.read_bytes() == before
    assert filled("restore", "--salvage", "--to", told["file"]) == 1  # never over a file that is there
    assert filled("restore", "--salvage") == 0
    assert "客户：取出 3 条，一条没丢" in filled.out


def test_a_file_of_noise_says_that_nothing_can_be_read(filled) -> None:
    filled.file.write_bytes(b"SQLite format 3\0" + b"\xa5" * 9000)
    assert filled("restore", "--salvage") == 1
    assert "什么都读不出来" in filled.err
