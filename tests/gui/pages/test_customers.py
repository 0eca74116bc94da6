"""客户: list, filters, card, tabs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.operations import customers, follow_ups, history, listing

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, ledger, qtbot, settle):
    made = CustomersPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle()
    return made


def _names(page):
    model = page.list.table()
    column = [c.key for c in model.columns()].index("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _cell(page, key, name):
    model = page.list.table()
    column = [c.key for c in model.columns()].index(key)
    return model.index(_names(page).index(name), column)


def _type_into_cell(page, key, name, text):
    index = _cell(page, key, name)
    page.list.setCurrentIndex(index)
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    editor = page.list.viewport().findChild(object, "qt_expanding_lineedit") or page.list.indexWidget(index)
    assert editor is not None
    editor.setText(text)
    page.list.commitData(editor)
    page.list.closeEditor(editor, page.list.itemDelegate().EndEditHint.NoHint)


def test_the_list_is_sorted_by_pinyin_and_counted(page):
    assert _names(page) == ["李总", "钱塘茶庄", "王姐超市", "小赵便利店"]
    assert page.head.heading.text() == "客户 4"


def test_tier_stage_and_next_follow_up_stand_in_front(page):
    keys = [column.key for column in page.list.table().columns()]
    assert keys[:3] == ["tier", "stage", "next_follow_up_on"]


def test_a_click_on_a_header_sorts_in_sql_and_shift_adds_a_column(page, settle, monkeypatch):
    page.list.table().sort(2, Qt.SortOrder.AscendingOrder)
    settle()
    assert page.list.query().sort == (("next_follow_up_on", False),)
    assert _names(page)[0] == "李总"
    monkeypatch.setattr(
        "crmdesk.gui.pages.customer_list.QGuiApplication.keyboardModifiers",
        staticmethod(lambda: Qt.KeyboardModifier.ShiftModifier),
    )
    page.list.table().sort(3, Qt.SortOrder.DescendingOrder)
    settle()
    assert page.list.query().sort == (("next_follow_up_on", False), ("name", True))
    assert page.list.table().columns()[3].header.endswith("²")


def test_a_chip_narrows_the_list_and_all_widens_it(page):
    chip = page.filters._chips["stages"]
    chip.fill()
    action = next(a for a in chip.drop.actions() if a.text().startswith("潜客"))
    action.trigger()
    assert "王姐超市" not in _names(page)
    assert chip.isChecked()
    assert "潜客" in chip.text()
    page.filters._all.click()
    assert len(_names(page)) == 4


def test_a_chip_without_a_choice_is_not_drawn(page):
    assert page.filters._chips["intents"].isHidden()
    assert page.filters._chips["regions"].isHidden()


def test_no_match_names_what_was_sought_and_clears_the_filters(page):
    page.show_query(CustomerQuery(search="没有的人"))
    assert page._stack.currentWidget() is page._no_match()
    assert page._no_match().sentence.text() == "没找到「没有的人」"
    page._no_match().button.click()
    assert len(_names(page)) == 4
    assert page._stack.currentWidget() is page.list


def test_an_empty_file_says_something_else(desk, qtbot, settle):
    made = CustomersPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert made._stack.currentWidget() is made._none()


def test_a_cell_is_edited_in_place(page, desk, ledger, settle):
    _type_into_cell(page, "name", "李总", "李总建材")
    settle()
    assert customers.get_customer(desk.database, ledger.li).name == "李总建材"
    assert "李总建材" in _names(page)
    desk.undo()
    assert "李总" in _names(page)


def test_enter_edits_the_cell_and_esc_leaves_it(page):
    page.list.setCurrentIndex(_cell(page, "name", "李总"))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.list.state() == page.list.State.EditingState


def test_a_new_customer_needs_a_name_and_enter(page, prompts, desk):
    def play(dialog):
        dialog._name.setText("新来的")
        dialog.accept()

    prompts.on_run = play
    page.add_customer()
    assert "新来的" in _names(page)
    assert page.detail.customer_name() == "新来的"


def test_delete_puts_into_the_bin_and_undo_brings_back(page, desk, ledger, qtbot):
    page.list.select_id(ledger.li)
    with qtbot.waitSignal(desk.step_done):
        QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert "李总" not in _names(page)
    assert customers.bin_entries(desk.database)[0].names == ("李总",)
    assert page.detail.customer_id() != ledger.li
    desk.undo()
    assert "李总" in _names(page)


def test_x_stops_following(page, desk, ledger):
    page.list.select_id(ledger.zhao)
    QTest.keyClick(page.list, Qt.Key.Key_X)
    assert desk.read(follow_ups.list_follow_ups, "open", customer=ledger.zhao) == []


def test_the_selection_is_counted_and_summed(page, desk, qtbot):
    told = []
    desk.selected.connect(lambda count, money: told.append((count, money)))
    page.list.selectAll()
    assert told[-1] == (4, 18_000_0000)
    desk.set_presenting(True)
    page.list.clearSelection()
    page.list.selectAll()
    assert told[-1] == (4, None)


def test_copied_cells_are_what_excel_takes(page, ledger, qtbot):
    from PySide6.QtGui import QGuiApplication

    page.list.select_id(ledger.wang)
    page.list.copy()
    assert "王姐超市" in QGuiApplication.clipboard().text().split("\t")


def test_in_a_narrow_window_the_note_box_comes_in_a_tab(page, ledger, settle):
    page.resize(700, 500)
    page.list.select_id(ledger.wang)
    page.list.note_wanted.emit()
    assert page.tabs.currentIndex() == 1
    assert page.tabs._panel(1).customer_id() == ledger.wang


def test_ctrl_enter_opens_a_tab_and_the_same_customer_only_once(page, ledger):
    page.list.select_id(ledger.wang)
    QTest.keyClick(page.list, Qt.Key.Key_Return, CONTROL)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "王姐超市"
    page.tabs.show_list()
    page.tabs.open_customer(ledger.wang)
    assert page.tabs.count() == 2
    page.tabs.close_tab(1)
    assert page.tabs.count() == 1


def test_a_deleted_customers_tab_closes(page, desk, ledger):
    page.tabs.open_customer(ledger.li)
    desk.act(lambda _progress: customers.delete_customers(desk.database, [ledger.li]))
    assert page.tabs.count() == 1


def test_a_column_is_hidden_and_shown(page):
    page.head.columns.fill()
    action = next(a for a in page.head.columns.drop.actions() if a.text() == "电话")
    action.trigger()
    assert "phone" not in [column.key for column in page.list.table().columns()]
    page.list.hide_column("phone", False)
    assert "phone" in [column.key for column in page.list.table().columns()]


def test_while_presenting_there_is_no_tier_in_the_list(page, desk, settle):
    desk.set_presenting(True)
    settle()
    assert "tier" not in [column.key for column in page.list.table().columns()]
    assert page.filters._chips["tiers"].isHidden()


def test_while_presenting_only_the_chosen_customer_has_a_name(page, desk, ledger, settle):
    page.list.select_id(ledger.wang)
    desk.set_presenting(True)
    settle()
    assert [name for name in _names(page) if not name.endswith("**")] == ["王姐超市"]
    page.list.select_id(ledger.li)
    assert [name for name in _names(page) if not name.endswith("**")] == ["李总"]


def test_without_money_there_is_no_tier_column(desk, qtbot, settle):
    from crmdesk.domain.customer import Customer

    customers.add_customer(desk.database, Customer(name="只有名字"))
    made = CustomersPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert "tier" not in [column.key for column in made.list.table().columns()]


def test_what_is_filtered_is_what_is_exported(page, desk, qtbot, ledger):
    page.show_query(CustomerQuery()._replace(search="王姐"))
    with qtbot.waitSignal(desk.export_requested) as told:
        page.head.export.click()
    assert told.args == [[ledger.wang]]


def test_the_long_list_arrives_in_two_parts(page, desk, monkeypatch, settle):
    monkeypatch.setattr("crmdesk.gui.pages.customer_list.FIRST_PAGE", 2)
    page.head.show_count(0)
    page.list.show_query(CustomerQuery())
    assert len(page.list.table().ids()) == 2
    assert page.head.heading.text() == "客户"  # how many is told once all are there
    settle()
    assert len(page.list.table().ids()) == listing.customer_count(desk.database)
    assert page.head.heading.text() == f"客户 {listing.customer_count(desk.database)}"


def test_order_and_width_of_the_columns_outlive_a_refresh(page, desk, ledger, settle):
    header = page.list.horizontalHeader()
    header.moveSection(header.visualIndex(3), 0)
    page.list.setColumnWidth(3, 222)
    desk.act(lambda _progress: customers.edit_customer(desk.database, ledger.li, name="李总建材"))
    settle()
    assert header.visualIndex(3) == 0
    assert page.list.columnWidth(3) == 222
    page.list.hide_column("phone", True)
    assert page.list.table().columns()[header.logicalIndex(0)].key == "name"
    desk.act(lambda _progress: customers.edit_customer(desk.database, ledger.li, industry="零售"))
    settle()
    keys = [column.key for column in page.list.table().columns()]
    assert "industry" in keys
    assert keys[header.logicalIndex(0)] == "name"
    assert page.list.columnWidth(keys.index("name")) == 222


def test_the_arrangement_of_the_columns_travels_with_the_file(page, desk, qtbot, settle):
    header = page.list.horizontalHeader()
    name = [column.key for column in page.list.table().columns()].index("name")
    header.moveSection(header.visualIndex(name), 0)
    page.list.setColumnWidth(name, 222)
    page.list.hide_column("phone", True)
    desk.leaving.emit()
    made = CustomersPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    keys = [column.key for column in made.list.table().columns()]
    assert "phone" not in keys
    assert keys[made.list.horizontalHeader().logicalIndex(0)] == "name"
    assert made.list.columnWidth(keys.index("name")) == 222
    assert history.undo_name(desk.database).code != "keep_layout"


def _editor(page):
    return page.list.viewport().findChild(QLineEdit)


def test_enter_keeps_the_cell_and_goes_one_down_tab_one_to_the_right(page, desk, ledger, settle):
    page.list.setCurrentIndex(_cell(page, "name", "李总"))
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    _editor(page).setText("李总建材")
    QTest.keyClick(_editor(page), Qt.Key.Key_Return)
    settle()
    assert customers.get_customer(desk.database, ledger.li).name == "李总建材"
    assert page.list.currentIndex() == _cell(page, "name", "钱塘茶庄")
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    QTest.keyClick(_editor(page), Qt.Key.Key_Tab)
    assert page.list.currentIndex().column() == _cell(page, "name", "钱塘茶庄").column() + 1


def test_esc_leaves_the_cell_as_it_was(page, desk, ledger):
    page.list.setCurrentIndex(_cell(page, "name", "李总"))
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    _editor(page).setText("别的")
    QTest.keyClick(_editor(page), Qt.Key.Key_Escape)
    assert customers.get_customer(desk.database, ledger.li).name == "李总"


def test_a_step_from_elsewhere_does_not_take_a_half_typed_cell_away(page, desk, ledger, settle):
    page.list.setCurrentIndex(_cell(page, "name", "李总"))
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    _editor(page).setText("李总建")
    desk.act(lambda _progress: customers.delete_customers(desk.database, [ledger.qian]))
    settle()
    assert _editor(page).text() == "李总建"
    QTest.keyClick(_editor(page), Qt.Key.Key_Escape)
    settle()
    assert "钱塘茶庄" not in _names(page)


def test_company_and_person_are_told_in_words(page, desk, ledger, settle):
    desk.act(lambda _progress: customers.edit_customer(desk.database, ledger.li, kind="company"))
    settle()
    assert page.list._fetch([ledger.li], ["name", "kind"]) == [(ledger.li, "李总", "公司")]


def test_a_text_begun_in_a_tab_outlives_the_tab(page, ledger, write):
    page.tabs.open_customer(ledger.qian)
    write(page.tabs._panel(1).note.edit, "写到一半")
    page.tabs.close_tab(1)
    page.show_customer(ledger.qian)
    assert page.detail.note.text() == "写到一半"


def _menu(button):
    button.fill()
    return {action.text(): action for action in button.drop.actions()}


def test_more_figures_are_columns_where_somebody_switches_them_on(page):
    assert "rhythm_days" not in page.list.keys_shown()
    offered = {action.text(): action for action in _menu(page.head.columns)["更多数字"].menu().actions()}
    assert not offered["购买周期"].isChecked()
    offered["购买周期"].trigger()
    assert "rhythm_days" in page.list.keys_shown()
    page.list.hide_column("rhythm_days", True)
    assert "rhythm_days" not in page.list.keys_shown()


def test_what_a_column_tells_of_the_value_is_not_for_a_customer_who_looks_on(page, settle):
    page.list.hide_column("rhythm_days", False)
    page.desk.set_presenting(True)
    page.retranslate()
    settle()
    assert not page.list.secret_keys() & set(page.list.keys_shown())


def test_an_empty_list_says_of_whom_there_is_none(page, settle):
    page.show_query(CustomerQuery(rising=True))
    settle()
    assert page._no_match().sentence.text() == "眼下没有涨起来却没人管的客户"
    page.show_query(CustomerQuery(search="蓝鲸"))
    settle()
    assert page._no_match().sentence.text() == "没找到「蓝鲸」"


def test_an_export_holds_the_columns_that_the_list_shows(page, settle, tmp_path):
    from crmdesk.operations.exporting import export_customers
    from crmdesk.progress import Progress

    page.list.hide_column("rhythm_days", False)
    page.list.hide_column("stage", True)
    shown = page.desk.listed_columns()
    assert shown == page.list.keys_shown()
    to = tmp_path / "客户.csv"
    export_customers(page.desk.database, to, Progress(), None, shown)
    head = to.read_text(encoding="utf-8-sig").splitlines()[0]
    assert "购买周期" in head
    assert "状态" not in head


def test_the_levels_of_other_rules_are_put_beside_from_the_columns_menu(page, settle):
    menu = _menu(page.head.columns)["别的规则怎么分级"].menu()
    menu.aboutToShow.emit()
    rules = {action.text(): action for action in menu.actions()}
    rules["RFM（最近、频率、金额）"].trigger()
    settle()
    (added,) = [key for key in page.list.keys_shown() if key.startswith("scheme:")]
    assert page.list.keys_shown().index(added) == page.list.keys_shown().index("tier") + 1
    page.list.put_beside(added.removeprefix("scheme:"), on=False)
    settle()
    assert added not in page.list.keys_shown()
