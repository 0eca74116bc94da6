"""The row that goes on in the next line."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from crmdesk.gui.pages.flow import FlowLayout


@pytest.fixture
def row(_look, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    flow = FlowLayout(widget)
    for number in range(4):
        flow.addWidget(QPushButton(f"按钮 {number}", widget))
    return widget, flow


def test_a_narrow_row_is_higher(row):
    _widget, flow = row
    wide = flow.sizeHint().width()
    assert flow.heightForWidth(wide) < flow.heightForWidth(wide // 2) < flow.heightForWidth(wide // 4)


def test_hidden_widgets_take_no_room(row):
    widget, flow = row
    widget.resize(flow.sizeHint().width(), 40)
    widget.show()
    flow.itemAt(0).widget().hide()
    flow.activate()
    assert flow.itemAt(1).widget().x() == 0


def test_widgets_are_given_back(row):
    _widget, flow = row
    assert flow.count() == 4
    assert flow.takeAt(0) is not None
    assert flow.takeAt(9) is None
    assert flow.itemAt(3) is None


def test_what_follows_the_gap_stays_at_the_right_end_also_where_it_took_a_line_of_its_own(row):
    widget, flow = row
    flow.add_gap()
    save = QPushButton("保存", widget)
    flow.addWidget(save)
    widget.show()
    for width in (flow.sizeHint().width() * 2, flow.sizeHint().width() - 10):
        widget.resize(width, flow.heightForWidth(width))
        flow.activate()
        assert save.geometry().right() == widget.rect().right()
    assert save.y() > 0
