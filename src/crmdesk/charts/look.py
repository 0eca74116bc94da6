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


LIGHT: Final = {
    "background": "#ffffff",
    "text": "#1f2a2e",
    "muted": "#5d6b70",
    "grid": "#e6eaec",
    "accent": "#0f766e",
    "quiet": "#b45309",
    "levels": ("#0f766e", "#43a398", "#9ed2ca", "#c9dedb", "#b9c1c6"),
}
DARK: Final = {
    "background": "#1b2023",
    "text": "#e7ecee",
    "muted": "#9aa8ad",
    "grid": "#2e363a",
    "accent": "#2dd4bf",
    "quiet": "#f0a94a",
    "levels": ("#2dd4bf", "#1fa395", "#17756c", "#1d4f4b", "#566168"),
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
