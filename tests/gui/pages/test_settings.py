"""设置: every change holds at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox

from crmdesk.gui.pages.settings import SettingsPage


@pytest.fixture
def page(desk, qtbot) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(page, name: str, value: object) -> None:
    box = page.findChild(QComboBox, name)
    index = box.findData(value)
    box.setCurrentIndex(index)
    box.activated.emit(index)


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("language_choice", "en", "language"),
        ("theme_choice", "dark", "theme"),
        ("scale_choice", 125, "text_scale"),
    ],
)
def test_a_choice_is_kept(page, desk, name, value, setting) -> None:
    choose(page, name, value)
    assert getattr(desk.settings, setting) == value


def test_the_daily_cap_is_kept(page, desk) -> None:
    page.findChild(QSpinBox, "daily_cap").setValue(12)
    assert desk.settings.daily_cap == 12


def test_it_shows_what_was_chosen_elsewhere(page, desk) -> None:
    desk.set_settings(theme="dark")
    assert page.findChild(QComboBox, "theme_choice").currentData() == "dark"


def test_it_says_where_the_data_lies_and_opens_the_folder(page, desk, prompts) -> None:
    assert page.findChild(QLabel, "data_file").text() == str(desk.database.path)
    page.findChild(QPushButton, "show_file").click()
    assert prompts.shown == [desk.database.path]
