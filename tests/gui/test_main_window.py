"""The frame: places, box, undo, toasts, banner, status line, language and theme at run time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from shiboken6 import delete

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.actions import COMMANDS
from crmdesk.gui.palette import DARK, LIGHT, tokens_of
from crmdesk.operations import customers, listing


def add(window, name: str, phone: str = "") -> int:
    points = (Point("phone", phone),) if phone else ()
    window.desk.act(lambda _: customers.add_customer(window.desk.database, Customer(name=name, points=points)))
    return window.desk.read(listing.find_customers, name, 1)[0].customer_id


def names(window) -> list[str]:
    ids = window.desk.read(listing.customer_ids, listing.CustomerQuery())
    return [row[1] for row in window.desk.read(listing.customer_rows, ids, ["name"])]


def test_an_empty_file_shows_how_to_begin(main_window) -> None:
    assert main_window.stack.current().name == "welcome"
    assert main_window.findChild(QPushButton, "choose_file").isEnabled()
    assert main_window.findChild(QLabel, "welcome_sentence").text() == "把你的客户表拖进来"


def test_the_first_customer_brings_the_list(main_window) -> None:
    add(main_window, "王姐超市")
    assert main_window.stack.current().name == "customers"


def test_undoing_the_first_customer_shows_how_to_begin_again(main_window) -> None:
    add(main_window, "王姐超市")
    main_window.actions_table["undo"].trigger()
    assert main_window.stack.current().name == "welcome"


def test_every_place_opens_from_the_rail(main_window) -> None:
    add(main_window, "王姐超市")
    for place in ("today", "customers", "follow_ups", "insight", "settings"):
        main_window.findChild(QToolButton, f"rail_{place}").click()
        assert main_window.stack.current().name == place
        assert main_window.findChild(QToolButton, f"rail_{place}").isChecked()


def test_a_step_is_told_with_undo_and_taken_back_there(main_window) -> None:
    add(main_window, "王姐超市")
    add(main_window, "老李五金")
    assert main_window.toast.isVisible()
    assert "老李五金" in main_window.toast.text()
    main_window.toast.findChild(QPushButton, "toast_undo").click()
    assert names(main_window) == ["王姐超市"]


def test_undo_and_redo_are_named_by_their_step(main_window) -> None:
    assert not main_window.actions_table["undo"].isEnabled()
    add(main_window, "王姐超市")
    assert "王姐超市" in main_window.actions_table["undo"].toolTip()
    main_window.actions_table["undo"].trigger()
    assert "王姐超市" in main_window.actions_table["redo"].toolTip()
    main_window.actions_table["redo"].trigger()
    assert names(main_window) == ["王姐超市"]


def test_the_status_line_names_the_file_and_when_it_was_saved(main_window) -> None:
    main_window.overseer.look()
    assert main_window.status.text().startswith("test.crmdesk")
    assert "已保存 09:00" in main_window.status.text() or "还没备份" in main_window.status.text()


def test_a_selection_is_summed_up_in_the_status_line(main_window) -> None:
    main_window.desk.selected.emit(3, 246_000_000)
    assert main_window.findChild(QLabel, "selection_sum").text() == "选中 3 · 合计 ¥24,600"
    main_window.desk.selected.emit(1, None)
    assert main_window.findChild(QLabel, "selection_sum").text() == ""


def test_the_language_changes_while_the_window_stands(main_window) -> None:
    add(main_window, "王姐超市")
    for place in ("today", "customers", "follow_ups", "settings"):
        main_window.show_place(place)
    main_window.actions_table["switch_language"].trigger()
    assert main_window.findChild(QToolButton, "rail_customers").text().strip() == "Customers"
    assert main_window.findChild(QPushButton, "log_button").text() == "Log something"
    main_window.actions_table["switch_language"].trigger()
    assert main_window.findChild(QPushButton, "log_button").text() == "记一笔"


def test_the_theme_changes_while_the_window_stands(main_window) -> None:
    assert tokens_of(main_window.palette()) is LIGHT
    main_window.actions_table["switch_theme"].trigger()
    assert tokens_of(main_window.palette()) is DARK
    assert tokens_of(main_window.rail.palette()) is DARK


def test_the_text_grows_and_nothing_of_the_frame_is_cut(main_window) -> None:
    before = QApplication.font().pointSizeF()
    for _step in range(5):
        main_window.actions_table["larger_text"].trigger()
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.5)
    QCoreApplication.processEvents()
    for button in (*main_window.rail.findChildren(QToolButton), main_window.findChild(QPushButton, "log_button")):
        assert button.width() >= button.sizeHint().width() - 44
    main_window.desk.set_settings(text_scale=100)


def test_presentation_mode_is_a_flag_that_pages_read(main_window) -> None:
    main_window.actions_table["presentation"].trigger()
    assert main_window.desk.presenting
    assert main_window.actions_table["presentation"].isChecked()
    main_window.actions_table["presentation"].trigger()
    assert not main_window.desk.presenting


def test_a_second_window_on_the_same_file_may_only_read(main_window, program, tmp_path: Path) -> None:
    from crmdesk.operations import files

    holder = main_window.desk.database
    second = files.open_file(holder.path, main_window.desk.clock)
    try:
        main_window.desk.lay(second)
        main_window.desk.allow_editing()
        assert main_window.banner.text()
        assert not main_window.actions_table["log"].isEnabled()
        assert main_window.actions_table["export"].isEnabled()
    finally:
        main_window.desk.lay(holder)
        second.close()


def test_where_the_window_stood_is_remembered(main_window, program) -> None:
    main_window.resize(1100, 700)
    main_window.close()
    assert program.desk.settings.window
    assert (program.desk.settings.last_file).endswith("test.crmdesk")


def test_the_start_is_today_when_something_is_due_and_the_list_otherwise(
    program, prompts, clock, tmp_path, qtbot
) -> None:
    from crmdesk.domain.follow_up import FollowUp
    from crmdesk.operations import files, follow_ups

    for name, due in (("due", True), ("calm", False)):
        database = files.create_file(tmp_path / f"{name}.crmdesk", clock)
        made = customers.add_customer(database, Customer(name="王姐超市"))
        if due:
            follow_ups.add_follow_up(database, FollowUp(made.new_id, clock.today()))
        database.close()
        program.window.start_where_due()
        program.files.open(tmp_path / f"{name}.crmdesk")
        assert program.window.place() == ("today" if due else "customers")
        qtbot.waitUntil(lambda: program.desk.editable)


# --- the box ---


def test_the_box_finds_a_customer_by_name_pinyin_and_phone(main_window) -> None:
    whom = add(main_window, "王姐超市", "13800138000")
    box = main_window.top_bar.box
    for typed in ("王姐", "wjcs", "wangjie", "8000"):
        box.begin()
        box.setText(typed)
        QCoreApplication.processEvents()
        assert [entry.target for entry in box.results().entries() if entry.kind == "customer"] == [whom]


def test_the_box_runs_commands(main_window, qtbot) -> None:
    box = main_window.top_bar.box
    main_window.actions_table["find"].trigger()
    box.setText("shezhi")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert main_window.stack.current().name == "settings"
    assert box.text() == ""


def test_the_empty_box_lists_what_can_be_done(main_window) -> None:
    box = main_window.top_bar.box
    box.begin()
    listed = {entry.target for entry in box.results().entries()}
    possible = {c.name for c in COMMANDS if c.name != "find" and main_window.actions_table[c.name].isEnabled()}
    assert listed == possible


def test_escape_clears_the_box_then_leaves_it(main_window, qtbot) -> None:
    box = main_window.top_bar.box
    box.begin()
    box.setText("王")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert box.hasFocus()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.results().isVisible()


def test_what_is_not_found_is_said(main_window) -> None:
    box = main_window.top_bar.box
    box.begin()
    box.setText("没有这家")
    QCoreApplication.processEvents()
    assert main_window.findChild(QLabel, "command_nothing").text() == "没找到「没有这家」"


def test_choosing_a_customer_shows_the_card_before_the_list_was_ever_built(main_window, qtbot) -> None:
    whom = add(main_window, "王姐超市")
    main_window.show_place("today")
    main_window.desk.customer_wanted.emit(whom)
    assert main_window.stack.current().name == "customers"


# --- nothing fires while a word is composed ---


def test_no_shortcut_fires_during_composition(main_window, program, qtbot) -> None:
    box = main_window.top_bar.box
    box.begin()
    program.guard._watch(None, box)
    QApplication.sendEvent(box, QInputMethodEvent("zhang", []))
    assert program.guard.composing
    before = main_window.place()
    qtbot.keyClick(box, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert main_window.place() == before
    done = QInputMethodEvent()
    done.setCommitString("张")
    QApplication.sendEvent(box, done)
    assert not program.guard.composing
    assert box.text() == "张"


def test_a_field_that_is_deleted_while_it_has_the_focus_is_let_go(main_window, program) -> None:
    gone, next_one = QLineEdit(main_window), main_window.top_bar.box
    program.guard._watch(None, gone)
    gone.blockSignals(True)  # a dialog moves the focus before the field says that it is gone
    delete(gone)
    program.guard._watch(None, next_one)
    QApplication.sendEvent(next_one, QInputMethodEvent("zhang", []))
    assert program.guard.composing


# --- names for those who cannot see ---


def test_everything_that_takes_the_focus_has_a_name(main_window) -> None:
    for kind in (QToolButton, QPushButton):
        for button in main_window.findChildren(kind):
            if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert button.accessibleName() or button.text(), button.objectName()


def test_the_first_window_fits_the_screen(main_window):
    assert main_window.height() < main_window.screen().availableSize().height()


def test_a_toast_that_stands_there_speaks_the_new_language_at_once(main_window):
    add(main_window, "Corner Shop")
    assert main_window.toast.text().startswith("已")
    main_window.actions_table["switch_language"].trigger()
    assert main_window.toast.isVisible()
    assert main_window.toast.text() == "Done: add Corner Shop"
    assert main_window.toast.findChild(QPushButton, "toast_undo").text() == "Undo"


def test_a_toast_whose_words_alone_are_known_goes_with_its_language(main_window):
    main_window.desk.told.emit("已复制")
    main_window.actions_table["switch_language"].trigger()
    assert not main_window.toast.isVisible()


def test_a_key_pressed_before_the_idle_moments_finds_what_it_needs(program, tmp_path) -> None:
    program.files.open(tmp_path / "test.crmdesk", create=True)
    window = program.window
    window.show()
    QCoreApplication.processEvents()  # only a window that has come to the front takes keys
    assert not window.top_bar.box.results.built

    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert window.top_bar.box.hasFocus()
    assert window.top_bar.box.results().isVisible()


def test_a_notice_that_comes_before_the_idle_moments_is_shown(program, tmp_path) -> None:
    program.files.open(tmp_path / "test.crmdesk", create=True)
    program.window.show()

    program.desk.told.emit("第一句")

    assert program.window.toast.isVisible()
    assert program.window.toast.text() == "第一句"


def test_everything_is_built_a_moment_after_the_window_is_shown(main_window, qtbot) -> None:
    qtbot.waitUntil(lambda: main_window.desk.idle.empty)

    for name in ("toast", "banner", "progress_panel", "command_results"):
        assert main_window.findChild(QWidget, name) is not None
