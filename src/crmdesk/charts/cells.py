"""A table drawn as fields: the more customers, the stronger; each field knows what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crmdesk.charts.axes import LABEL_SIZE
from crmdesk.charts.look import ChartLook

HALF_LIGHT = 0.18  # relative luminance from which dark words read better than light ones
FAINTEST, RANGE = 0.08, 0.85  # how strongly an empty field is painted, and how much more the fullest


@dataclass(frozen=True)
class Cell:
    """A field: its column and row from the upper left, what it stands for, its words, 0 to 1, and its colour."""

    x: int
    y: int
    key: str
    words: str
    strength: float
    color: str = ""  # the accent


def draw_cells(axes: Axes, cells: Iterable[Cell], columns: Sequence[str], rows: Sequence[str], look: ChartLook) -> None:
    """Draw the fields with a name for each column below and each row beside."""
    for cell in cells:
        draw_cell(axes, cell, look)
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.set_xticks([place + 0.5 for place in range(len(columns))], list(columns))
    axes.set_yticks([place + 0.5 for place in range(len(rows))], list(rows))


def draw_cell(axes: Axes, cell: Cell, look: ChartLook) -> None:
    """Draw one field with its words in the middle."""
    color, alpha = cell.color or look.accent, FAINTEST + RANGE * cell.strength
    field = Rectangle((cell.x + 0.04, cell.y + 0.04), 0.92, 0.92, facecolor=color, alpha=alpha)
    field.set_gid(cell.key)
    axes.add_patch(field)
    axes.text(
        cell.x + 0.5,
        cell.y + 0.5,
        cell.words,
        ha="center",
        va="center",
        color=ink_on(color, alpha, look),
        fontsize=LABEL_SIZE,
        family=look.font,
    )


def ink_on(color: str, alpha: float, look: ChartLook) -> str:
    """The one of the text and the background colour that is read best on a colour at this strength."""
    # Paint is mixed as the screen mixes it, which is darker than mixing light.
    red, green, blue = (
        alpha * top + (1 - alpha) * below for top, below in zip(to_rgb(color), to_rgb(look.background), strict=True)
    )
    light = _luminance(to_hex((red, green, blue))) > HALF_LIGHT
    darker, lighter = sorted((look.text, look.background), key=_luminance)
    return darker if light else lighter


def _luminance(color: str) -> float:
    """Relative luminance by WCAG 2, 0 to 1."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
