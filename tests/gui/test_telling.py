"""What the toast says of steps that were taken back, and of files that were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from crmdesk.domain.customer import Customer
from crmdesk.gui.dialogs.export import save_report
from crmdesk.operations import customers


@pytest.fixture
def window(main_window):
    desk = main_window.desk
    for name in ("王姐超市", "老李五金"):
        desk.act(lambda _progress, name=name: customers.add_customer(desk.database, Customer(name)))
    return main_window


def verb(window):
    return window.toast.findChild(QPushButton, "toast_undo")


def test_an_undo_says_what_it_undid_and_does_it_again(window) -> None:
    window.actions_table["undo"].trigger()
    assert window.toast.text() == "已撤销：添加 老李五金"
    assert verb(window).text() == "重做"
    verb(window).click()
    assert window.toast.text() == "已重做：添加 老李五金"
    assert verb(window).text() == "撤销"
    verb(window).click()
    assert window.toast.text() == "已撤销：添加 老李五金"


def test_an_undo_stands_in_the_new_language_at_once(window) -> None:
    window.actions_table["undo"].trigger()
    window.desk.set_settings(language="en")
    assert window.toast.text() == "Undone: add 老李五金"
    assert verb(window).text() == "Redo"


def test_nothing_to_undo_says_nothing(main_window) -> None:
    main_window.desk.undo()
    assert not main_window.toast.isVisible()


def test_what_was_written_is_found_with_one_click(window, prompts, tmp_path: Path) -> None:
    prompts.answers = [tmp_path / "等级报告.xlsx"]
    save_report(window.desk)
    assert window.toast.text() == "已存好：等级报告.xlsx"
    assert verb(window).text() == "打开文件夹"
    verb(window).click()
    assert prompts.shown == [tmp_path / "等级报告.xlsx"]
