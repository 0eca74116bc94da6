"""One family of icons, tinted for the theme."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from crmdesk.gui.icons import icon, pixmap, retint, set_icon
from crmdesk.gui.palette import DARK, LIGHT
from crmdesk.paths import resource

FAMILY = sorted(path.stem for path in resource("icons").glob("*.svg") if path.stem != "crmdesk")


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", FAMILY)
def test_the_family_has_one_build(name) -> None:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="1.75"' in source
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}", source)) == {"#000"}


@pytest.mark.parametrize("name", FAMILY)
def test_every_icon_can_be_drawn(name, qapp) -> None:
    assert colours(pixmap(name, "#0B7A6B", 48).toImage()) == {"#0B7A6B"}


def test_a_theme_switch_tints_what_was_given_an_icon(qapp, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button, label, action = QPushButton(window), QLabel(window), QAction(window)
    for target in (button, label, action):
        set_icon(target, "money", "text", 32)
    retint(window, DARK)
    for image in (button.icon().pixmap(32), label.pixmap(), action.icon().pixmap(32)):
        assert QColor(DARK.text).name().upper() in colours(image.toImage())


def test_the_same_icon_is_drawn_once(qapp) -> None:
    assert icon("money", LIGHT) is icon("money", LIGHT)


def test_an_unknown_icon_is_an_error(qapp) -> None:
    with pytest.raises(FileNotFoundError):
        icon("unicorn", LIGHT)
