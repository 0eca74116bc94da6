"""An empty file: drop a sheet, choose one, or look at sample data."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton

from crmdesk.gui.pages.welcome import DropZone, WelcomePage, dropped_files


@pytest.fixture
def page(desk, qtbot) -> WelcomePage:
    made = WelcomePage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def sheets(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def test_choosing_asks_for_files(page, desk) -> None:
    asked = []
    desk.import_requested.connect(asked.append)
    page.findChild(QPushButton, "choose_file").click()
    assert asked == [[]]


def test_sample_data_is_one_click_away(page) -> None:
    asked = []
    page.sample_wanted.connect(lambda: asked.append("sample"))
    page.findChild(QPushButton, "try_sample").click()
    assert asked == ["sample"]


def test_a_dropped_sheet_is_handed_on(page, desk, tmp_path: Path) -> None:
    asked = []
    desk.import_requested.connect(asked.append)
    zone = page.findChild(QFrame, "drop_zone")
    assert isinstance(zone, DropZone)
    data = sheets(str(tmp_path / "客户.xlsx"))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    zone.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert zone.property("over")
    zone.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert asked == [[tmp_path / "客户.xlsx"]]
    assert not zone.property("over")


def test_what_is_no_file_is_not_taken() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.xlsx")])
    assert dropped_files(data) == []


def test_nothing_is_imported_into_a_file_that_may_only_be_read(page, desk) -> None:
    desk.lay(desk.database)
    assert not page.findChild(QPushButton, "choose_file").isEnabled()
    desk.allow_editing()
    assert page.findChild(QPushButton, "choose_file").isEnabled()
