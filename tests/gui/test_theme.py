"""Light and dark, and the size of the text."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget

from crmdesk.gui.fonts import BUNDLED, load_bundled, window_family
from crmdesk.gui.palette import DARK, LIGHT, tokens_of
from crmdesk.gui.theme import Theme, style_sheet
from crmdesk.paths import resource


@pytest.fixture
def theme(qapp):
    made = Theme(qapp, "light", 100)
    yield made
    made.apply("light", 100)
    made.deleteLater()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_every_token_of_the_sheet_is_filled_in(tokens) -> None:
    sheet = style_sheet(tokens, 100, 18)
    assert "$" not in sheet.split("*/", 1)[1]
    for image in re.findall(r"url\(([^)]+)\)", sheet):
        assert resource("theme").joinpath(image.rpartition("/")[2]).exists(), image


def test_a_switch_reaches_every_widget(theme, qtbot) -> None:
    button = QPushButton("保存")
    qtbot.addWidget(button)
    button.show()
    theme.apply("dark", 100)
    assert tokens_of(button.palette()) is DARK
    theme.apply("light", 100)
    assert tokens_of(button.palette()) is LIGHT


def test_without_a_choice_the_system_is_followed(theme) -> None:
    theme.apply("", 100)
    expected = DARK if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    assert theme.tokens() is expected


def test_applying_the_same_again_tells_nobody(theme) -> None:
    told = []
    theme.changed.connect(lambda: told.append(1))
    theme.apply("light", 100)
    assert told == []
    theme.apply("dark", 100)
    assert told == [1]


@pytest.mark.parametrize("wanted", ["light", "dark"])
def test_check_boxes_and_combo_boxes_are_drawn_in_the_theme(theme, wanted, qtbot) -> None:
    theme.apply(wanted, 100)
    tokens = theme.tokens()
    page = QWidget()
    qtbot.addWidget(page)
    box, combo = QCheckBox("到期提醒我", page), QComboBox(page)
    combo.addItem("电话")
    box.setChecked(True)
    column = QVBoxLayout(page)
    column.addWidget(box)
    column.addWidget(combo)
    page.show()
    picture = page.grab().toImage()
    ticked = picture.pixelColor(box.mapTo(page, QPoint(6, box.height() // 2 + 5)))
    assert ticked.name().upper() == tokens.accent
    inside = picture.pixelColor(combo.mapTo(page, QPoint(combo.width() // 2, 6)))
    assert inside.name().upper() == tokens.surface


def test_the_focus_is_seen(theme, qtbot) -> None:
    button = QPushButton("保存")
    qtbot.addWidget(button)
    button.show()
    calm = button.grab().toImage()
    button.setFocus()
    button.activateWindow()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != calm


def test_there_is_a_chinese_font_on_any_machine(qapp) -> None:
    assert window_family()
    assert load_bundled() == BUNDLED
