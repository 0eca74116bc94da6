"""The window's font: the system's own Chinese one, else the bundled one, so no machine shows boxes."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtGui import QFont, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication

from crmdesk.paths import resource

BUNDLED: Final = "crmdesk Sans SC"
_FILES: Final = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")
_LIKED: Final = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
_BASE_POINTS: Final = 13.0 if sys.platform == "darwin" else 10.0


def window_family(points: float = _BASE_POINTS) -> str:
    """The family to write the window in; loads the bundled fonts where the system has none for Chinese."""
    liked = QFont()
    liked.setFamilies(_LIKED)
    liked.setPointSizeF(points)  # as it will be used, so that it is not loaded for nothing
    found = QFontInfo(liked).family()
    if found in _LIKED:
        return found
    from PySide6.QtGui import QFontDatabase  # only now, for it names every writing system

    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return chinese[0] if chinese else load_bundled()


def load_bundled() -> str:
    """Make the bundled fonts known to Qt and give their family."""
    from PySide6.QtGui import QFontDatabase

    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    return BUNDLED


def base_points(scale: int) -> float:
    """The size of ordinary text at a text scale in percent."""
    return _BASE_POINTS * scale / 100


def text_scale() -> float:
    """How much larger than at 100 % the text is now; icons grow with it."""
    return QGuiApplication.font().pointSizeF() / _BASE_POINTS if QApplication.instance() is not None else 1.0


def apply_font(app: QApplication, scale: int) -> None:
    """Write the whole window in the window's family at `scale` percent."""
    family = app.font().family() if app.property("crmdesk_font") else window_family(base_points(scale))
    app.setProperty("crmdesk_font", True)
    font = QFont(family)
    font.setPointSizeF(base_points(scale))
    app.setFont(font)
