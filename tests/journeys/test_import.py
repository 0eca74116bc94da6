"""A sheet through the window: dropped, understood, imported, looked over, taken back."""

from __future__ import annotations

import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.app import Program
from crmdesk.gui.dialogs.import_wizard import COLUMNS, IMPORTING, PROBLEMS
from crmdesk.gui.jobs import Jobs
from crmdesk.operations import customers, follow_ups, history, listing
from crmdesk.settings import Settings

_spec = spec_from_file_location("sheets_of_the_journeys", Path(__file__).parent / "sheets.py")
sheets = module_from_spec(_spec)
_spec.loader.exec_module(sheets)


@pytest.fixture
def user(prompts):
    prompts.on_run = sheets.User()
    return prompts.on_run


def dump(window):
    return history.logical_dump(window.desk.database)


def count(window):
    return window.desk.read(listing.customer_count)


def test_a_dropped_sheet_becomes_the_list_in_three_clicks(main_window, user, tmp_path):
    sheets.drop(main_window, sheets.names_sheet(tmp_path / "客户.xlsx"))
    assert user.seen[0] == "import_wizard"
    assert user.clicks <= 5
    assert count(main_window) == 12
    assert main_window.place() == "customers"
    headers = [column.header for column in main_window.desk.read(listing.list_columns) if column.header]
    assert headers == ["店名", "电话", "地址", "备注"]


def test_what_was_understood_stands_beside_what_the_sheet_says(main_window, user, tmp_path):
    def look(wizard):
        table = wizard.columns.columns
        cells = [[table.item(row, place).text() for place in (0, 2, 3)] for row in range(table.rowCount())]
        assert cells[0][0].split() == ["A", "店名"]
        assert cells[1][1].startswith("13800000000")
        boxes = [wizard.findChild(object, f"field_{row}").currentText() for row in range(4)]
        assert boxes == ["客户", "电话", "地址", "备注"]
        assert "表头在第 2 行" in wizard.columns.about.text()

    user.at_columns = look
    sheets.drop(main_window, sheets.names_sheet(tmp_path / "客户.xlsx"))


def test_a_column_is_corrected_by_one_choice(main_window, user, tmp_path):
    def leave_the_notes_out(wizard):
        box = wizard.findChild(object, "field_3")
        box.setCurrentIndex(box.findText("不导入"))
        box.activated.emit(box.currentIndex())
        assert wizard.findChild(object, "field_3").currentText() == "不导入"

    user.at_columns = leave_the_notes_out
    sheets.drop(main_window, sheets.names_sheet(tmp_path / "客户.xlsx"))
    ids = main_window.desk.read(listing.customer_ids, CustomerQuery())
    assert {main_window.desk.read(customers.get_customer, one).notes for one in ids} == {""}


def test_undo_after_the_import_gives_back_the_file_as_it_was(main_window, user, tmp_path):
    before = dump(main_window)
    sheets.drop(main_window, sheets.orders_sheet(tmp_path / "订单.xlsx"))
    assert count(main_window) == 30
    assert main_window.desk.read(follow_ups.counts)["later"] > 0  # the first contacts are planned
    main_window.actions_table["undo"].trigger()
    assert dump(main_window) == before


def test_the_last_step_takes_the_import_back_at_once(main_window, user, tmp_path):
    before = dump(main_window)

    def regret(wizard):
        assert "30" in wizard.result_page.findChild(object, "count_customers").text()
        wizard.undo.click()
        return "leave"

    user.at_done = regret
    sheets.drop(main_window, sheets.orders_sheet(tmp_path / "订单.xlsx"))
    assert dump(main_window) == before
    assert user.seen == ["import_wizard"]


def test_the_same_sheet_again_adds_nothing(main_window, user, tmp_path):
    path = sheets.orders_sheet(tmp_path / "订单.xlsx")
    sheets.drop(main_window, path)
    after_the_first = dump(main_window)
    said = []
    user.at_done = lambda wizard: said.append(wizard.result_page._result.text())
    sheets.drop(main_window, path)
    assert dump(main_window) == after_the_first
    assert said[0]
    assert user.seen.count("best_ten") == 1


def test_leaving_before_the_last_click_keeps_nothing(main_window, user, tmp_path):
    before = dump(main_window)

    def leave(wizard):
        wizard.cancel.click()
        return "leave"

    user.at_problems = leave
    sheets.drop(main_window, sheets.orders_sheet(tmp_path / "订单.xlsx"))
    assert dump(main_window) == before


def test_problems_are_grouped_with_their_cells_below(main_window, user, tmp_path):
    rows = [["客户名称", "电话", "生日"], ["王姐超市", "13800138000", "1980-13-45"], ["李总", "12", "不知道啥"]]
    rows += [[f"店{n}", f"1390000{n:04}", "1990-05-06"] for n in range(8)] + [["合计", "10", None]]

    def look(wizard):
        groups = list(wizard.problems.issues.tree.groups())
        cells = [group.child(n).text(0) for group in groups for n in range(group.childCount())]
        assert {"C2", "B3", "C3"} <= set(cells)
        assert not any("_" in group.text(0) or "{" in group.text(0) for group in groups)
        wizard.problems.chips["skipped"].click()
        assert ["合计" in group.text(0) for group in wizard.problems.rows.tree.groups()] == [True]

    user.at_problems = look
    sheets.drop(main_window, sheets.write_sheet(tmp_path / "客户.xlsx", rows))
    assert count(main_window) == 10


def test_a_sheet_that_is_not_wanted_is_left_out(main_window, user, tmp_path):
    path = sheets.names_sheet(tmp_path / "客户.xlsx")
    book = openpyxl.load_workbook(path)
    more = book.create_sheet("老客户")
    for row in (["店名", "电话"], ["老店", "13700000001"], ["旧店", "13700000002"]):
        more.append(row)
    book.save(path)

    def untick(wizard):
        assert wizard.columns.sheets.tree.topLevelItemCount() == 2
        wizard.columns.sheets.tree.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
        QCoreApplication.processEvents()

    user.at_columns = untick
    sheets.drop(main_window, path)
    assert count(main_window) == 12


def test_after_the_first_purchases_the_best_ten_are_shown(main_window, user, prompts, tmp_path):
    sheets.drop(main_window, sheets.orders_sheet(tmp_path / "订单.xlsx"))
    assert user.seen == ["import_wizard", "best_ten"]


def test_names_without_purchases_are_run_through_by_keys(main_window, user, tmp_path):
    def three(dialog):
        for keys in (
            (Qt.Key.Key_1, Qt.Key.Key_Return),
            (Qt.Key.Key_3, Qt.Key.Key_Up, Qt.Key.Key_Return),
            (Qt.Key.Key_0,),
        ):
            judged.append(dialog.shown())
            for key in keys:
                QTest.keyClick(dialog, key)

    judged = []
    user.with_triage = three
    sheets.drop(main_window, sheets.names_sheet(tmp_path / "客户.xlsx"))
    assert user.seen == ["import_wizard", "triage_offer", "triage"]
    read = main_window.desk.read
    assert [read(customers.get_customer, one).intent for one in judged] == ["high", "low", ""]
    cards = [read(customers.customer_card, one) for one in judged]
    assert str(cards[0].next_follow_up.due_on) == "2026-11-23"
    assert str(cards[1].next_follow_up.due_on) == "2026-12-23"
    assert cards[2].standing.stopped_on is not None
    assert len(cards[0].follow_ups) == 1  # the planned contact was moved, not doubled


def test_a_list_of_names_shows_no_tiers_and_no_money(main_window, user, tmp_path):
    sheets.drop(main_window, sheets.names_sheet(tmp_path / "客户.xlsx"))
    keys = [column.key for column in main_window.desk.read(listing.list_columns)]
    assert "tier" not in keys
    assert "order_total" not in keys
    page = main_window.show_place("insight")
    assert not {"tiers", "months", "quiet", "pareto"} & set(page._wanted())


@pytest.mark.parametrize(
    ("name", "password"), [("protected_passtika.xlsx", "tika"), ("60320-protected.xlsx", "Test001!!")]
)
def test_a_protected_workbook_asks_for_its_password_and_goes_on(main_window, prompts, shared_data, name, password):
    seen = []

    def play(dialog):
        seen.append(dialog.step())
        dialog.reject()

    prompts.on_run = play
    prompts.answers = ["no idea", password]
    sheets.drop(main_window, shared_data / "hostile" / name)
    assert prompts.asked[:2] == ["密码", "密码"]
    assert prompts.errors == []
    assert seen == [COLUMNS]


def test_without_a_password_nothing_happens(main_window, prompts, shared_data):
    prompts.on_run = lambda dialog: None
    prompts.answers = [None]
    sheets.drop(main_window, shared_data / "hostile" / "protected_passtika.xlsx")
    assert prompts.errors == []
    assert count(main_window) == 0


def test_cancel_in_the_middle_stops_within_a_second_and_keeps_nothing(
    qapp, qtbot, clock, prompts, tmp_path, monkeypatch
):
    monkeypatch.setattr("crmdesk.gui.app.Prompts", lambda _window, _dress: prompts)
    program = Program(qapp, clock, Settings(language="zh", theme="light"), tmp_path / "s.toml", Jobs(qapp))
    program.files.open(tmp_path / "test.crmdesk", create=True)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable, timeout=20_000)
    before = history.logical_dump(program.desk.database)
    path = sheets.orders_sheet(tmp_path / "订单.xlsx", buyers=400, each=25)
    stopped = []

    def play(wizard):
        qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=30_000)
        wizard.next.click()
        wizard.next.click()
        assert wizard.step() == IMPORTING
        qtbot.waitUntil(lambda: wizard.waiting.bar.value() > 0, timeout=30_000)
        begun = time.monotonic()
        wizard.cancel.click()
        qtbot.waitUntil(lambda: wizard.step() == PROBLEMS, timeout=30_000)
        stopped.append(time.monotonic() - begun)
        wizard.cancel.click()

    prompts.on_run = play
    sheets.drop(program.window, path)
    assert stopped[0] < 2  # a second on a machine that does nothing else
    assert history.logical_dump(program.desk.database) == before
    program.window.close()
    program.window.deleteLater()
    program.theme.deleteLater()
