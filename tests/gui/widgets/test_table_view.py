"""The view of every list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crmdesk.gui.tables import TableColumn, TableModel
from crmdesk.gui.widgets.table_view import ROW_HEIGHT, TableView


@pytest.fixture
def view(qtbot, _look) -> TableView:
    model = TableModel(lambda ids, keys: [(i, f"客户{i}", i * 10_000, "A") for i in ids])
    model.set_columns(
        [TableColumn("name", "客户"), TableColumn("total", "累计", "money"), TableColumn("t", "级", "tier")]
    )
    model.set_ids(range(1, 201))
    made = TableView(model)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def test_rows_are_thirty_pixels(view) -> None:
    assert view.rowHeight(0) == ROW_HEIGHT


def test_rows_grow_with_the_text(view) -> None:
    font = view.font()
    font.setPointSizeF(24)
    view.setFont(font)
    assert view.rowHeight(0) > view.fontMetrics().height()


def test_a_selection_survives_a_refresh_by_id(view) -> None:
    view.selectRow(4)
    assert view.selected_ids() == [5]
    view.table().set_ids(range(3, 150))
    assert view.selected_ids() == [5]
    assert view.current_id() == 5


def test_a_selected_row_that_is_gone_is_no_longer_selected(view) -> None:
    view.selectRow(4)
    view.table().set_ids([1, 2, 3])
    assert view.selected_ids() == []


def test_signals_carry_ids(view, qtbot) -> None:
    chosen, picked = [], []
    view.chosen.connect(chosen.append)
    view.picked.connect(picked.append)
    view.selectRow(9)
    assert chosen == [10]
    assert picked[-1] == [10]


def test_enter_opens_the_row(view, qtbot) -> None:
    opened = []
    view.opened.connect(opened.append)
    view.select_id(7)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [7]


def test_copy_gives_what_excel_takes(view, qtbot) -> None:
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "客户2\t2\tA"


def test_a_hidden_column_is_not_copied(view) -> None:
    view.selectRow(1)
    view.setColumnHidden(2, True)
    view.copy()
    assert QGuiApplication.clipboard().text() == "客户2\t2"


def test_nothing_is_selected_for_an_unknown_id(view) -> None:
    before = view.current_id()
    assert not view.select_id(999)
    assert view.current_id() == before


def test_it_paints_chips_in_both_themes(view, qapp) -> None:
    assert not view.grab().isNull()
