"""Sources and the funnel say their point in the title, and each part of a bar knows whom it stands for."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crmdesk.charts.conversion import draw_funnel, draw_sources
from crmdesk.charts.look import chart_look
from crmdesk.domain.conversion import Conversion, Level, Pace
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.source_yield import BROUGHT, Closed, SourceRow, SourceYield
from crmdesk.i18n import language

SOURCES = SourceYield(
    (
        SourceRow("抖音", "抖音", tuple(range(8)), tuple(range(4)), (0, 1), 12_000 * MONEY_UNIT),
        SourceRow(BROUGHT, "", tuple(range(10, 16)), tuple(range(10, 15)), (), 9_000 * MONEY_UNIT),
    ),
    3,
    Closed(6, 5),
    Closed(8, 4),
)
LEVELS = (Level("captured", tuple(range(20))), Level("qualified", tuple(range(10)), 0.5), Level("bought", (1, 2), 0.2))


@pytest.fixture
def figure() -> Figure:
    figure = Figure(figsize=(5, 3.2))
    FigureCanvasAgg(figure)
    return figure


def keys(figure: Figure) -> list[str]:
    return [patch.get_gid() for axes in figure.axes for patch in axes.patches if patch.get_gid()]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sources_are_bars_of_parts_that_open(figure, theme):
    draw_sources(figure, SOURCES, chart_look(theme))
    figure.canvas.draw()
    assert figure.get_suptitle().replace("\n", "") == "抖音带来最多：¥1.2万。熟人介绍的占 43%，83% 买了；别的 50% 买了"
    assert keys(figure) == ["抖音,again", "抖音,bought", "抖音", f"{BROUGHT},bought", BROUGHT]
    for key in keys(figure):
        assert SOURCES.ids(key)


def test_the_funnel_says_how_long_it_takes_else_who_bought(figure):
    look = chart_look("light")
    draw_funnel(figure, Conversion(LEVELS, 9, 2, 4, Pace(6, 12, 3)), look)
    assert figure.get_suptitle().replace("\n", "") == "先聊后买：9 家里 2 家买了（22%），通常 12 天、3 次联系"
    assert keys(figure) == ["captured", "qualified", "bought"]
    draw_funnel(figure, Conversion(LEVELS, 9, 2, 4), look)
    assert figure.get_suptitle().replace("\n", "") == "先聊后买：9 家里 2 家买了（22%）"
    with language("en"):
        draw_funnel(figure, Conversion(LEVELS, 9, 2, 4, Pace(6, 12, 1)), look)
    assert figure.get_suptitle().replace("\n", " ").endswith("usually after 12 days and 1 contact")
