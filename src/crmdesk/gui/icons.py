"""One family of line icons (24 × 24, stroke 1.75), tinted in the colours of the theme at run time."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from crmdesk.gui.fonts import text_scale
from crmdesk.gui.palette import Tokens, tokens_of
from crmdesk.paths import resource

SIZE: Final = 18


@cache
def _shape(name: str, pixels: int) -> QPixmap:
    """The icon in black: its file is read and drawn once, whatever colours it then comes in."""
    file = resource("icons", f"{name}.svg")
    if not file.exists():
        raise FileNotFoundError(file)
    return QIcon(str(file)).pixmap(QSize(pixels, pixels), 1.0)


def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """The icon in a colour ("#0B7A6B"), `size` pixels wide. Raises FileNotFoundError for a name without a file."""
    picture = QPixmap(_shape(name, round(size * ratio)))
    paint = QPixmap(picture.size())
    paint.fill(QColor(colour))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, paint)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def icon(name: str, tokens: Tokens, role: str = "text", size: int = SIZE) -> QIcon:
    """The icon in the colour of a token (`role`)."""
    # Drawn at the sharpest screen's resolution: Qt scales it down by itself.
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    made = QIcon(pixmap(name, getattr(tokens, role), size, ratio))
    made.addPixmap(pixmap(name, tokens.faint, size, ratio), QIcon.Mode.Disabled)
    return made


def set_icon(target: QAbstractButton | QAction | QLabel, name: str, role: str = "text", size: int = SIZE) -> None:
    """Give an icon to a button, action or label, so that `retint` finds it again at a theme switch."""
    target.setProperty("icon_name", name)
    target.setProperty("icon_role", role)
    target.setProperty("icon_size", size)
    _tint(target, _tokens_for(target))


def retint(root: QObject, tokens: Tokens) -> None:
    """Tint anew all icons below `root` that were given by `set_icon`."""
    targets: list[QAbstractButton | QAction | QLabel] = [*root.findChildren(QAbstractButton)]
    targets += root.findChildren(QAction)
    targets += root.findChildren(QLabel)
    for target in targets:
        if target.property("icon_name"):
            _tint(target, tokens)


def _tokens_for(target: QObject) -> Tokens:
    return tokens_of(target.palette() if isinstance(target, QWidget) else QPalette())


def _tint(target: QAbstractButton | QAction | QLabel, tokens: Tokens) -> None:
    name, role, wanted = (str(target.property(key)) for key in ("icon_name", "icon_role", "icon_size"))
    size = round(int(wanted) * text_scale())
    made = icon(name, tokens, role, size)
    if isinstance(target, QLabel):
        target.setPixmap(made.pixmap(size))
        return
    target.setIcon(made)
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(size, size))
