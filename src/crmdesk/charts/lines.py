"""A chart as lines for a shell: the very words that stand beside its bars and in its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from crmdesk.charts.look import chart_look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from crmdesk.charts.drawings import Draw

_WIDE: Final = (40, 4)  # inches: no words are broken
_BESIDE: Final = 0.45  # of a row: what is further from a name is a row without one


def in_lines(draw: Draw) -> list[list[str]]:
    """A line for each bar or row of fields, its name first; empty for a chart that says nothing beside its drawing."""
    figure = Figure(figsize=_WIDE)
    draw(figure, chart_look("light"))
    axes = figure.axes[0]
    if not isinstance(axes.yaxis.get_major_locator(), FixedLocator) or not any(one.get_text() for one in axes.texts):
        return []  # its rows have no names: it is a line, or months from left to right
    names = {tick: label.get_text() for tick, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)}
    rows: dict[float, list[Text]] = {}
    for words in axes.texts:
        height = float(words.get_position()[1])
        nearest = min(names, key=lambda tick: abs(tick - height))
        rows.setdefault(nearest if abs(nearest - height) < _BESIDE else height, []).append(words)
    lines = [[names.get(height, ""), *_in_order(rows[height])] for height in sorted(rows)]
    return [*_heads(axes, lines), *lines]


def _in_order(row: list[Text]) -> list[str]:
    """From the top down, from left to right."""
    ordered = sorted(row, key=lambda words: words.get_position()[::-1])
    return [" · ".join(words.get_text().splitlines()) for words in ordered]


def _heads(axes: Axes, lines: list[list[str]]) -> list[list[str]]:
    """The names of the columns, where each has one."""
    heads = [label.get_text() for label in axes.get_xticklabels()]
    return [["", *heads]] if heads and all(len(line) == len(heads) + 1 for line in lines) else []
