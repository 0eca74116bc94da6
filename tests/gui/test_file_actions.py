"""Files: opened for reading first, made, remembered, put back from a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton

from crmdesk.domain.customer import Customer
from crmdesk.gui.dialogs.restore import RestoreDialog
from crmdesk.operations import backups, customers, listing


def settle(qtbot, program) -> None:
    qtbot.waitUntil(lambda: program.desk.editable)


def add(program, name: str) -> None:
    program.desk.act(lambda _: customers.add_customer(program.desk.database, Customer(name=name)))


def test_a_file_is_read_at_once_and_written_later(program, tmp_path: Path, qtbot) -> None:
    program.files.open(tmp_path / "a.crmdesk", create=True)
    assert program.desk.database is not None
    assert not program.desk.editable
    settle(qtbot, program)


def test_the_first_start_makes_a_file_without_asking(program, monkeypatch, tmp_path: Path, qtbot) -> None:
    monkeypatch.setattr("crmdesk.gui.file_actions.documents_folder", lambda: tmp_path / "文档")
    program.files.open_first(None)
    assert program.desk.database.path == tmp_path / "文档" / "我的客户.crmdesk"
    settle(qtbot, program)


def test_the_next_start_opens_the_last_file(program, tmp_path: Path, qtbot) -> None:
    program.files.open(tmp_path / "a.crmdesk", create=True)
    settle(qtbot, program)
    program.files.close()
    program.files.open_first(None)
    assert program.desk.database.path.name == "a.crmdesk"
    settle(qtbot, program)


def test_a_missing_file_is_met_with_its_backups_and_never_made_anew(program, prompts, tmp_path: Path) -> None:
    prompts.answers = [False]
    program.files.open(tmp_path / "gone.crmdesk")
    assert prompts.asked[0] == "file_gone"
    assert program.desk.database is None
    assert not (tmp_path / "gone.crmdesk").exists()


def test_a_damaged_file_is_met_the_same_way(program, prompts, tmp_path: Path) -> None:
    path = tmp_path / "bad.crmdesk"
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    prompts.answers = [False]
    program.files.open(path)
    assert prompts.asked[:1] == ["file_gone"]
    assert path.read_bytes()[16:20] == b"\x07" * 4


def lost(program, tmp_path: Path, qtbot) -> Path:
    """A file with one customer and a backup, that somebody has moved away."""
    path = tmp_path / "a.crmdesk"
    program.files.open(path, create=True)
    settle(qtbot, program)
    add(program, "王姐超市")
    program.files.back_up()
    program.files.close()
    path.rename(tmp_path / "elsewhere.crmdesk")
    return path


def texts(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_lost_file_says_what_happened_and_comes_back_from_its_backup(program, prompts, tmp_path, qtbot) -> None:
    path, said = lost(program, tmp_path, qtbot), []

    def answer(dialog) -> None:
        said.append(texts(dialog))
        if dialog.objectName() == "file_gone":
            dialog.findChild(QPushButton, "gone_restore").click()
        else:
            dialog.findChild(QPushButton, "restore_act").click()

    prompts.on_run = answer
    program.window.show()
    program.files.open(path)
    settle(qtbot, program)
    assert "里找不到 a.crmdesk 了。没有另建空文件" in said[0]
    assert "1 个客户" in said[0]
    assert program.desk.read(listing.customer_count) == 1
    assert program.desk.database.path == path


def test_who_thinks_better_of_a_backup_has_the_other_doors_again(program, prompts, tmp_path, qtbot) -> None:
    path, doors = lost(program, tmp_path, qtbot), ["gone_restore", "gone_choose"]

    def answer(dialog) -> None:
        if dialog.objectName() == "file_gone":
            dialog.findChild(QPushButton, doors.pop(0)).click()
        else:
            dialog.reject()

    prompts.on_run = answer
    prompts.answers = [tmp_path / "elsewhere.crmdesk"]
    program.files.open(path)
    settle(qtbot, program)
    assert program.desk.database.path.name == "elsewhere.crmdesk"
    assert not path.exists()


def test_without_a_file_the_page_leads_to_one(program, prompts, tmp_path, qtbot) -> None:
    path = lost(program, tmp_path, qtbot)
    prompts.answers = [False, tmp_path / "新店.crmdesk"]
    program.window.show()
    program.files.open(path)
    program.window.show_place("customers")
    page = program.window.stack.current()
    assert page.findChild(QLabel, "welcome_sentence").text() == "没有打开文件"
    page.findChild(QPushButton, "first_customer").click()
    settle(qtbot, program)
    assert program.desk.database.path.name == "新店.crmdesk"
    assert page.findChild(QLabel, "welcome_sentence").text() == "把你的客户表拖进来"


def test_a_backup_is_put_back(program, prompts, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "a.crmdesk"
    program.files.open(path, create=True)
    settle(qtbot, program)
    add(program, "王姐超市")
    program.files.back_up()
    add(program, "老李五金")
    wanted = backups.list_backups(path)[0].path
    program.files.put_back(path, wanted)
    settle(qtbot, program)
    assert program.desk.read(listing.customer_count) == 1


def test_the_restore_dialog_lists_backups_and_gives_the_marked_one(program, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "a.crmdesk"
    program.files.open(path, create=True)
    settle(qtbot, program)
    add(program, "王姐超市")
    program.files.back_up()
    dialog = RestoreDialog(path)
    qtbot.addWidget(dialog)
    dialog.mark(0)
    dialog._act_on_marked()
    assert dialog.chosen == backups.list_backups(path)[0].path


def test_recent_files_come_newest_first_and_only_while_they_exist(program, tmp_path: Path, qtbot) -> None:
    for name in ("a", "b", "c"):
        program.files.open(tmp_path / f"{name}.crmdesk", create=True)
        settle(qtbot, program)
    program.files.open(tmp_path / "a.crmdesk")
    settle(qtbot, program)
    (tmp_path / "b.crmdesk").unlink()
    assert [path.name for path in program.files.recent()] == ["a.crmdesk", "c.crmdesk"]


def test_a_new_file_gets_its_ending(program, prompts, tmp_path: Path, qtbot) -> None:
    prompts.answers = [tmp_path / "店里"]
    program.files.make()
    assert program.desk.database.path.name == "店里.crmdesk"
    settle(qtbot, program)


def test_a_new_file_never_replaces_an_old_one(program, prompts, tmp_path: Path, qtbot) -> None:
    program.files.open(tmp_path / "a.crmdesk", create=True)
    settle(qtbot, program)
    program.files.close()
    prompts.answers = [tmp_path / "a.crmdesk"]
    program.files.make()
    assert prompts.errors
    assert program.desk.database is None


def test_thinking_better_of_it_changes_nothing(program, prompts) -> None:
    prompts.answers = [None, None]
    program.files.choose()
    program.files.make()
    assert program.desk.database is None


def test_sample_data_lies_in_a_file_of_its_own(program, monkeypatch, tmp_path: Path, qtbot) -> None:
    monkeypatch.setattr("crmdesk.gui.file_actions.documents_folder", lambda: tmp_path)
    program.files.sample()
    assert program.desk.database.path.name == "演示数据.crmdesk"
    assert program.desk.read(listing.customer_count) > 20
    settle(qtbot, program)
    QCoreApplication.processEvents()
