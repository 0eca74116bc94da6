"""The colours and the font of a chart, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from matplotlib import font_manager

from crmdesk.paths import resource

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class ChartLook:
    """What a drawing function needs to know of the theme. `levels` go from the best tier to the last."""

    background: str
    text: str
    muted: str
    grid: str
    accent: str
    quiet: str
    levels: tuple[str, ...]
    font: str

    def level(self, rank: int, count: int) -> str:
        """The colour of the tier at `rank` of `count`: the first is the strongest, the last one grey."""
        if rank >= count - 1 and count > 1:
            return self.levels[-1]
        return self.levels[min(rank, len(self.levels) - 2)]


# The window's own colours (gui/palette.py), which this room may not know; bars may be lighter than words.
LIGHT: Final = {
    "background": "#FFFFFF",
    "text": "#16202A",
    "muted": "#55636E",
    "grid": "#E3E8EB",
    "accent": "#0B7A6B",
    "quiet": "#C27A12",
    "levels": ("#0B7A6B", "#43A398", "#93CDC4", "#C4DEDA", "#B4BEC4"),
}
DARK: Final = {
    "background": "#191F23",
    "text": "#E6EBEE",
    "muted": "#9DABB5",
    "grid": "#2A3238",
    "accent": "#2CB5A0",
    "quiet": "#EBB45A",
    "levels": ("#2CB5A0", "#1F8F7F", "#18695E", "#1C4B45", "#5F6C75"),
}


@cache
def chart_font() -> str:
    """The family name of the bundled font, which draws Chinese on every machine."""
    path = str(resource("fonts", "NotoSansSC-Regular.otf"))
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


def chart_look(theme: Theme) -> ChartLook:
    """The look of charts in a theme."""
    return ChartLook(**(DARK if theme == "dark" else LIGHT), font=chart_font())  # type: ignore[arg-type]
