"""What all charts share: a quiet frame, a sentence as the title, bars that know what they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backend_bases import MouseEvent
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from crmdesk.charts.look import ChartLook

TITLE_SIZE = 12
LABEL_SIZE = 10
MOST_LABELS = 8
LETTERS_AN_INCH = 12.4
TITLE_ROOM = 0.97  # of the width: the rest lies before and behind a title
MOST_NOTES = 0.78  # of the axis: the rest is for the bars
FEWEST_BARS = 4  # fewer bars get no thicker


_BREAKS: Final = re.compile(r"(?<=[，；：、。])|(?<=[,;:.])(?=\s)")  # a comma within a number is none
_WIDE: Final = frozenset("·→…—“”‘’")


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for (handed back on a click), its label, its length, its colour, the words at its end."""

    key: str
    label: str
    value: float
    color: str
    note: str = ""


def start(figure: Figure, title: str, look: ChartLook) -> Axes:
    """Empty the figure and give the one pair of axes that the chart is drawn on."""
    figure.clear()
    figure.set_layout_engine("constrained")
    figure.set_facecolor(look.background)
    axes = figure.add_subplot()
    axes.set_facecolor(look.background)
    lines = title_lines(title, LETTERS_AN_INCH * LABEL_SIZE / TITLE_SIZE * figure.get_size_inches()[0] * TITLE_ROOM)
    font = {"fontsize": TITLE_SIZE, "color": look.text, "fontfamily": look.font}
    figure.suptitle("\n".join(lines), x=0.02, ha="left", wrap=True, **font)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, colors=look.muted, labelsize=LABEL_SIZE, labelfontfamily=look.font)
    axes.set_axisbelow(True)
    return axes


def title_lines(title: str, across: float) -> list[str]:
    """The title in lines of so many Latin letters, broken behind a comma where there is one in reach.

    Left to itself a title breaks between a number and what it counts, for Chinese has blanks nowhere else.
    """
    lines: list[str] = []
    for told in title.splitlines():
        lines.append("")
        for part in _BREAKS.split(told):
            # What is longer than a line by itself breaks within it anyway, and need not begin a new one.
            if lines[-1] and width_of((lines[-1] + part).rstrip()) > across >= width_of(part.strip()):
                lines.append("")
            lines[-1] += part
    return [line.strip() for line in lines]


def horizontal_bars(axes: Axes, bars: Sequence[Bar], look: ChartLook) -> None:
    """Draw the bars from the top down, each with its note behind it."""
    places = range(len(bars))
    drawn = axes.barh(places, [bar.value for bar in bars], color=[bar.color for bar in bars], height=0.62)
    axes.set_yticks(places, [bar.label for bar in bars])
    for label in axes.get_yticklabels():
        label.set_color(look.text)
    axes.set_ylim(max(len(bars), FEWEST_BARS) - 0.5, -0.5)
    axes.set_xticks([])
    longest = max((bar.value for bar in bars), default=0) or 1
    axes.set_xlim(0, longest / (1 - _note_share(axes, bars)))
    for place, bar, patch in zip(places, bars, drawn, strict=True):
        patch.set_gid(bar.key)
        note(axes, max(bar.value, 0) + longest * 0.025, place, bar.note, look)


def _note_share(axes: Axes, bars: Sequence[Bar]) -> float:
    """Which part of the axis the notes behind the bars need; the labels before them make the axis shorter."""
    across = LETTERS_AN_INCH * axes.get_figure().get_size_inches()[0]  # type: ignore[union-attr]
    labels = max((width_of(bar.label) for bar in bars), default=0)
    notes = max((width_of(line) for bar in bars for line in bar.note.splitlines()), default=0) + 2
    return float(min(MOST_NOTES, notes / max(across - labels, notes)))


def width_of(words: str) -> int:
    """How wide words are, in Latin letters; a Chinese one takes two, and so do signs that its fonts draw as wide."""
    return sum(2 if char > "\u2e80" or char in _WIDE else 1 for char in words)


def note(axes: Axes, x: float, y: float, text: str, look: ChartLook) -> None:
    """Words behind the end of a horizontal bar."""
    words = axes.text(x, y, text, va="center", fontsize=LABEL_SIZE, color=look.muted, fontfamily=look.font)
    # The room behind the bars is kept by the axis' limits; laid out as well, it would be reserved twice.
    words.set_in_layout(False)


def vertical_bars(axes: Axes, bars: Sequence[Bar], look: ChartLook) -> None:
    """Draw the bars from left to right over a light grid; labels that would not fit are thinned out."""
    places = range(len(bars))
    drawn = axes.bar(places, [bar.value for bar in bars], color=[bar.color for bar in bars], width=0.68)
    every = max(1, -(-len(bars) // MOST_LABELS))
    axes.set_xticks(list(places)[::every], [bar.label for bar in bars][::every])
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="y", color=look.grid, linewidth=0.8)
    for bar, patch in zip(bars, drawn, strict=True):
        patch.set_gid(bar.key)


def key_at(figure: Figure, event: MouseEvent) -> str | None:
    """What the bar or field under the mouse stands for; None beside them all."""
    for axes in figure.axes:
        for patch in axes.patches:
            if patch.get_gid() and patch.contains(event)[0]:
                return patch.get_gid()
    return None
