"""Locked and damaged files through the window: asked for, said, never replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from crmdesk.domain.customer import Customer
from crmdesk.gui.main_window import MainWindow
from crmdesk.operations import backups, customers, listing, passwords

PAGE = 4096


def typed(**fields: str) -> Callable[[QDialog], None]:
    """The user types into a form and presses its verb."""

    def play(dialog: QDialog) -> None:
        for name, text in fields.items():
            dialog.findChild(QLineEdit, name).setText(text)
        dialog.findChild(QPushButton, f"{dialog.objectName()}_save").click()

    return play


@pytest.fixture
def window(main_window: MainWindow) -> MainWindow:
    desk = main_window.desk
    desk.act(lambda _progress: customers.add_customer(desk.database, Customer(name="王姐超市")))
    return main_window


def locked(window: MainWindow, prompts: object, qtbot: QtBot, word: str = "eins") -> Path:
    path = window.desk.database.path
    prompts.on_run = typed(password_new=word, password_again=word)
    window.actions_table["password"].trigger()
    qtbot.waitUntil(lambda: window.desk.editable)
    return path


def test_a_password_is_set_and_the_file_lies_on_the_desk_again(
    window: MainWindow, prompts: object, qtbot: QtBot
) -> None:
    path = locked(window, prompts, qtbot)
    assert prompts.errors == []
    assert passwords.is_locked(path)
    assert window.desk.read(listing.customer_count) == 1
    assert window.toast.text() == "密码设好了。没有它谁也打不开这个文件。"


def test_a_locked_file_asks_until_the_word_is_right(window: MainWindow, prompts: object, qtbot: QtBot) -> None:
    path = locked(window, prompts, qtbot)
    window.files.close()
    words = ["falsch", "eins"]
    told = []

    def play(dialog: QDialog) -> None:
        told.append(dialog.findChild(QLineEdit) is not None and dialog.windowTitle())
        typed(unlock_password=words.pop(0))(dialog)

    prompts.on_run = play
    window.files.open(path)
    qtbot.waitUntil(lambda: window.desk.editable)
    assert told == ["打开 test.crmdesk"] * 2
    assert window.desk.read(listing.customer_count) == 1


def test_who_thinks_better_of_it_opens_nothing(window: MainWindow, prompts: object, qtbot: QtBot) -> None:
    path = locked(window, prompts, qtbot)
    window.files.close()
    prompts.on_run = lambda dialog: dialog.done(QDialog.DialogCode.Rejected)
    window.files.open(path)
    assert window.desk.database is None
    assert prompts.errors == []


def test_the_wrong_old_word_changes_nothing(window: MainWindow, prompts: object, qtbot: QtBot) -> None:
    path = locked(window, prompts, qtbot)
    prompts.on_run = typed(password_old="zwei", password_new="drei", password_again="drei")
    window.actions_table["password"].trigger()
    assert [phrase.code for phrase in prompts.errors] == ["password_wrong"]
    assert window.desk.database.password == "eins"
    assert passwords.is_locked(path)


def test_the_password_is_taken_off(window: MainWindow, prompts: object, qtbot: QtBot) -> None:
    path = locked(window, prompts, qtbot)

    def play(dialog: QDialog) -> None:
        dialog.findChild(QCheckBox, "password_remove").setChecked(True)
        typed(password_old="eins")(dialog)

    prompts.on_run = play
    window.actions_table["password"].trigger()
    qtbot.waitUntil(lambda: window.desk.editable)
    assert window.desk.database.password == ""
    window.files.close()
    assert not passwords.is_locked(path)


def test_two_words_that_differ_cannot_be_taken(window: MainWindow, prompts: object) -> None:
    seen = []

    def play(dialog: QDialog) -> None:
        dialog.findChild(QLineEdit, "password_new").setText("eins")
        dialog.findChild(QLineEdit, "password_again").setText("zwei")
        seen.append(dialog.findChild(QPushButton, "password_form_save").isEnabled())
        dialog.done(QDialog.DialogCode.Rejected)

    prompts.on_run = play
    window.actions_table["password"].trigger()
    assert seen == [False]


def test_a_backup_from_before_the_password_is_put_back(window: MainWindow, prompts: object, qtbot: QtBot) -> None:
    path = window.desk.database.path
    backup = backups.back_up(window.desk.database)
    locked(window, prompts, qtbot)
    window.files.put_back(path, backup.path)
    qtbot.waitUntil(lambda: window.desk.editable)
    assert prompts.errors == []
    assert window.desk.database.password == ""
    assert window.desk.read(listing.customer_count) == 1


def test_of_a_damaged_file_without_a_backup_what_is_readable_is_offered(
    window: MainWindow, prompts: object, qtbot: QtBot
) -> None:
    path = window.desk.database.path
    with window.desk.database.raw_read() as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'customers'").fetchone()
    window.files.close()
    for backup in backups.list_backups(path):
        backup.path.unlink()
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    told = []
    prompts.ask_choice = lambda title, text, choices: told.append(text) or 0
    prompts.on_run = lambda dialog: dialog.findChild(QPushButton, "gone_salvage").click()
    window.files.open(path)
    qtbot.waitUntil(lambda: window.desk.editable)
    assert prompts.errors == []
    assert "客户：取出 0 条，丢了 1 条" in told[0]
    assert window.desk.database.path.name == "test-2.crmdesk"
    assert path.read_bytes() == bytes(content)
