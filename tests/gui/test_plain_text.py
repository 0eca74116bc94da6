"""Whatever a user wrote is shown as it was written: no label and no tooltip takes it for HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crmdesk.domain.customer import Customer
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.tables import TableColumn, TableModel
from crmdesk.operations import customers

BOLD = "<b>粗</b><img src='x'> 一个很长很长的名字，长得要看提示"


def test_a_tooltip_shows_the_signs_themselves():
    assert "&lt;b&gt;" in plain_tip(BOLD)
    assert plain_tip("王姐 & 老李") == "王姐 & 老李"
    model = TableModel(lambda _ids, _keys: [(1, BOLD)])
    model.set_columns([TableColumn("name", "客户")])
    model.set_ids([1])
    assert "&lt;b&gt;" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("place", ["today", "customers", "follow_ups"])
def test_no_label_with_words_of_a_user_is_rich_text(main_window, place, qtbot):
    database = main_window.desk.database
    main_window.desk.act(lambda _progress: customers.add_customer(database, Customer(name=BOLD, notes=BOLD)))
    main_window.show_place(place)
    qtbot.wait(50)
    rich = [
        label.objectName()
        for label in main_window.findChildren(QLabel)
        if "<b>" in label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []


def test_a_file_may_be_named_like_a_tag(main_window, tmp_path: Path):
    main_window.files.open(tmp_path / "<b>x.crmdesk", create=True)
    assert main_window.findChild(QLabel, "save_state").textFormat() == Qt.TextFormat.PlainText
