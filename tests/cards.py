"""What a card's parts say, and pressing what stands in them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from crmdesk.gui.pages.detail_add import AddMenu
from crmdesk.gui.widgets.pieces import MenuButton


def texts(part: QWidget) -> list[str]:
    """The lines of a part, its heading first."""
    QCoreApplication.processEvents()  # new lines are shown, old ones gone, once they are laid out
    return [one.text() for one in part.findChildren(QLabel) if one.parent() is part and not one.isHidden()]


def link(part: QWidget, name: str) -> QPushButton:
    """A verb of a part; the one before it is still on its way out."""
    QCoreApplication.processEvents()
    return part.findChildren(QPushButton, name)[-1]


def choose(part: QWidget, name: str, said: str) -> None:
    """Choose in the menu of a line."""
    _trigger(part.findChildren(MenuButton, name)[-1], said)


def add(card: QWidget, said: str) -> None:
    """Choose in ＋添加."""
    _trigger(card.findChild(AddMenu), said)


def _trigger(menu: MenuButton, said: str) -> None:
    menu.fill()
    next(action for action in menu.drop.actions() if action.text() == said).trigger()
