"""演示模式: one who looks over the shoulder reads no other customer's name, phone, tier or worth."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain.customer import Customer, Point
from crmdesk.gui.dialogs.bin import BinDialog
from crmdesk.gui.dialogs.history import HistoryDialog
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.widgets.customer_field import CustomerField
from crmdesk.operations import customers

NAMES = ("王姐超市", "王府饭店", "老李小卖部")
PHONES = ("13800138013", "13900139000", "13700137000")


@pytest.fixture
def presented(main_window: MainWindow, qtbot: QtBot) -> MainWindow:
    desk = main_window.desk
    for name, number in zip(NAMES, PHONES, strict=True):
        customer = Customer(name=name, points=(Point("phone", number),))
        desk.act(lambda _progress, customer=customer: customers.add_customer(desk.database, customer))
    desk.set_presenting(True)
    main_window.show_place("customers")
    return main_window


def names_in(texts: str) -> list[str]:
    return [name for name in (*NAMES, *PHONES) if name in texts.replace(" ", "")]


def words_of(widget: QWidget) -> str:
    labels = [label.text() + label.toolTip() for label in widget.findChildren(QLabel)]
    return "\n".join([*labels, widget.toolTip(), widget.accessibleName()])


def test_the_box_at_the_top_finds_a_customer_without_telling_the_name(presented: MainWindow, qtbot: QtBot) -> None:
    box = presented.top_bar.box
    box.begin()
    box.setText("wang")
    qtbot.waitUntil(lambda: sum(entry.kind == "customer" for entry in box.results().entries()) == 2)
    told = [f"{entry.text} {entry.detail}" for entry in box.results().entries() if entry.kind == "customer"]
    assert names_in("\n".join(told)) == []
    assert any("8013" in text for text in told)  # enough to tell them apart


def test_a_field_for_a_customer_tells_no_name_either(presented: MainWindow, qtbot: QtBot) -> None:
    field = CustomerField(presented.desk, presented)
    field.setText("wang")
    assert field.take_first()
    model = field.completer().model()
    told = "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))
    assert names_in(told + field.text()) == []


def test_toast_undo_history_and_bin_tell_no_name(presented: MainWindow, qtbot: QtBot) -> None:
    desk = presented.desk
    chosen = presented.stack.page("customers").list.table().ids()[0]
    desk.act(lambda _progress: customers.delete_customers(desk.database, [chosen]))
    assert names_in(presented.toast.text()) == []
    assert names_in(presented.actions_table["undo"].toolTip()) == []
    for dialog in (HistoryDialog(desk, presented), BinDialog(desk, presented)):
        qtbot.addWidget(dialog)
        assert dialog.lines()
        assert names_in("\n".join(text for line in dialog.lines() for text in line.texts)) == []


def test_only_the_tab_in_front_says_whose_it_is(presented: MainWindow) -> None:
    page = presented.stack.page("customers")
    first, second = list(page.list.table().ids())[:2]
    page.tabs.open_customer(first)
    page.tabs.open_customer(second)
    told = [page.tabs.tabText(number) for number in (1, 2)]
    assert told[0].endswith("**")
    assert told[1] in NAMES
    presented.desk.set_presenting(False)
    assert page.tabs.tabText(1) in NAMES


def test_with_nobody_looking_on_the_names_are_back(presented: MainWindow) -> None:
    presented.desk.set_presenting(False)
    assert any(name in presented.actions_table["undo"].toolTip() for name in NAMES)


def test_the_list_tells_the_numbers_of_the_chosen_one_only(presented: MainWindow) -> None:
    table = presented.stack.page("customers").list
    table.select_id(table.table().ids()[0])
    model = table.table()
    told = [model.text(row, column) for row in range(1, 3) for column in range(model.columnCount())]
    assert names_in("\n".join(told)) == []
