"""Light and dark: palette and style sheet from the tokens, following the system and switched at run time."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from crmdesk.gui.fonts import apply_font, base_points
from crmdesk.gui.palette import DARK, LIGHT, Tokens, palette_of
from crmdesk.paths import resource


@cache
def _template() -> str:
    return resource("theme", "crmdesk.qss").read_text(encoding="utf-8")


def style_sheet(tokens: Tokens, scale: int, line: int) -> str:
    """The style sheet in a theme's colours at a text scale in percent; `line` is the height of a line of text."""
    base = base_points(scale)
    sizes = {"small": base * 0.9, "heading": base * 1.15, "title": base * 1.4, "display": base * 1.75}
    values = {
        "images": resource("theme").as_posix(),
        "text_line": line,
        "pill": (line + 6) // 2,
        "toast_action": DARK.accent_text if tokens is LIGHT else LIGHT.accent_text,
        **{name: f"{size:.1f}" for name, size in sizes.items()},
    }
    return _template() % (tokens._asdict() | values)


class Theme(QObject):
    """Applies a theme to the application and keeps following the system where the user has not chosen."""

    changed = Signal()

    def __init__(self, app: QApplication, wanted: str, scale: int, *, dressed: bool = True) -> None:
        """Without `dressed` the style sheet waits for `dress`."""
        super().__init__(app)
        self._app = app
        self._wanted = wanted
        self._scale = scale
        self._tokens: Tokens | None = None
        self._dressed = dressed
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply(wanted, scale)

    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens or LIGHT

    def apply(self, wanted: str, scale: int) -> None:
        """Take "light", "dark" or, when empty, what the system has; text at `scale` percent."""
        tokens = {"light": LIGHT, "dark": DARK}.get(wanted) or self._system()
        if tokens is self._tokens and scale == self._scale:
            self._wanted = wanted
            return
        self._wanted, self._scale, self._tokens = wanted, scale, tokens
        apply_font(self._app, scale)
        self._app.setPalette(palette_of(tokens))
        if self._dressed:
            self._put_on(tokens, scale)
        self.changed.emit()

    def dress(self) -> None:
        """Put the style sheet on, once. Over a window in the making each move of a widget would work it out anew."""
        if not self._dressed:
            self._dressed = True
            self._put_on(self.tokens(), self._scale)

    def _put_on(self, tokens: Tokens, scale: int) -> None:
        self._app.setStyleSheet(style_sheet(tokens, scale, QFontMetrics(self._app.font()).height()))

    def _system(self) -> Tokens:
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow(self) -> None:
        if not self._wanted:
            self.apply("", self._scale)
