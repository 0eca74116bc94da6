"""Charts of where customers come from, and how many of them get to the first order."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from crmdesk.charts.axes import LABEL_SIZE, Bar, horizontal_bars, start
from crmdesk.charts.look import ChartLook
from crmdesk.domain.conversion import CAPTURED, Conversion, Level
from crmdesk.domain.source_yield import SourceRow, SourceYield
from crmdesk.i18n import _
from crmdesk.words.conversion import (
    funnel_sentence,
    level_label,
    source_label,
    source_note,
    sources_sentence,
    talks_sentence,
)
from crmdesk.words.formats import percent

HEIGHT = 0.62  # of a bar, as `horizontal_bars` draws it
UNNAMED = ""  # a bar without a key is not clicked: its parts are


def draw_sources(figure: Figure, found: SourceYield, look: ChartLook) -> None:
    """Customers by source, in three parts: came again, bought once, came only; a click gives "抖音,again"."""
    axes = start(figure, sources_sentence(found), look)
    rows = found.shown()
    colors = (look.accent, look.levels[2], look.levels[-1])
    bars = [Bar(UNNAMED, source_label(row), len(row.came), colors[-1], source_note(row)) for row in rows]
    horizontal_bars(axes, bars, look)
    for place, row in enumerate(rows):
        _draw_parts(axes, place, row, colors)
    words = (_("bought again"), _("bought once"), _("did not buy"))
    font = {"family": look.font, "size": LABEL_SIZE}
    handles = [Patch(color=color, label=text) for color, text in zip(colors, words, strict=True)]
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        ncols=3,
        frameon=False,
        prop=font,
        labelcolor=look.muted,
        borderaxespad=0.2,
        handlelength=1,
        handletextpad=0.4,
        columnspacing=1.2,  # in English the three hardly fit beside each other
    )


def _draw_parts(axes: Axes, place: int, row: SourceRow, colors: tuple[str, ...]) -> None:
    again, bought, came = len(row.again), len(row.bought), len(row.came)
    parts = ((0, again, f"{row.key},again"), (again, bought, f"{row.key},bought"), (bought, came, row.key))
    for (left, right, key), color in zip(parts, colors, strict=True):
        if right > left:
            for patch in axes.barh([place], [right - left], left=left, color=color, height=HEIGHT):
                patch.set_gid(key)


def draw_funnel(figure: Figure, found: Conversion, look: ChartLook) -> None:
    """The levels from the widest down, each with its share of the one above; a click gives the level."""
    title = talks_sentence(found) or funnel_sentence(found)
    bars = [
        Bar(level.code, level_label(level.code), len(level.customers), _shade(look, place), _told(level))
        for place, level in enumerate(found.levels)
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _shade(look: ChartLook, place: int) -> str:
    """The nearer to the end, the stronger."""
    return (look.levels[-1], look.levels[2], look.levels[1], look.levels[0])[min(place, 3)]


def _told(level: Level) -> str:
    count = f"{len(level.customers):,}"
    return (
        count
        if level.code == CAPTURED
        else _("{count} · {share} of those above").format(count=count, share=percent(level.share))
    )
