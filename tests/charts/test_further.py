"""The further charts say their point in the title, in both languages, and know what each bar and field stands for."""

from __future__ import annotations

from datetime import date

import pytest
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crmdesk.charts.attention import draw_attention, draw_effort, draw_moves, draw_potential, draw_rising
from crmdesk.charts.axes import key_at
from crmdesk.charts.churn import draw_churn
from crmdesk.charts.lifecycle import draw_cohorts, draw_losses, draw_radar, draw_stage_flow
from crmdesk.charts.look import chart_look
from crmdesk.charts.satisfaction import draw_satisfaction
from crmdesk.charts.unprofitable import draw_unprofitable
from crmdesk.charts.win_back import draw_win_backs
from crmdesk.domain.churn import Churn, LevelChurn
from crmdesk.domain.cohort import Cohort, Cohorts
from crmdesk.domain.effort import KEPT, WON, Effort, EffortRow, Spent
from crmdesk.domain.fairness import AfterMove, LevelAttention, RisingStar
from crmdesk.domain.lifecycle_flow import FlowMonth, StageFlow
from crmdesk.domain.lifecycle_moves import TierMoves, ValuePotential
from crmdesk.domain.loss import Losses, LossRow
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.satisfaction import MonthScore, SatisfactionSeries
from crmdesk.domain.second_purchase import Radar, Waiting
from crmdesk.domain.unprofitable import UnprofitableRow, Unprofitables
from crmdesk.domain.win_back import WinBackRate, WinBackRates
from crmdesk.i18n import language

FLOW = StageFlow((FlowMonth("2026-10", 3, 1, 2), FlowMonth("2026-11", 2, 0, 4)))
RADAR = Radar(
    30,
    26,
    (
        Waiting("early", 6, 0, 26, 0.9),
        Waiting("due", 1, 26, 60, 0.7),
        Waiting("overdue", 4, 60, 90, 0.3),
        Waiting("late", 0, 90, None, 0.0),
    ),
)
LOSSES = Losses(
    (LossRow("price", 3, 900 * MONEY_UNIT, 0.6), LossRow("", 2, 600 * MONEY_UNIT, 0.4)), 3, {"": (7, 8), "price": (1,)}
)
COHORTS = Cohorts((Cohort("2026-08", 10, (0.6, 0.5)), Cohort("2026-09", 8, (0.25,))), False, 1, 0.44)
LEVELS = (
    LevelAttention("A", 5, 2, 0.1, 0.8, 1, 0, 0, 0, None, 0.0),
    LevelAttention("B", 9, 18, 0.9, 0.2, 0, 0, 0, 0, None, 0.0),
)
STARS = (RisingStar(7, "王姐超市", "C", 900 * MONEY_UNIT, 100 * MONEY_UNIT, None),)
MOVES = TierMoves(
    ("A", "B", ""),
    ("A", "B"),
    {("B", "A"): (1, 2), ("A", "B"): (3,), ("", "B"): (4,)},
    before=date(2026, 5, 26),
    up=2,
    down=1,
)
MAP = ValuePotential(("high", "medium", "low"), ("A", "B"), {("high", "B"): (1, 2), ("low", "A"): (3,)}, 2, 3)
WIN_BACKS = WinBackRates(
    (WinBackRate("visit", 8, 3, 2), WinBackRate("call", 4, 1)),
    WinBackRate("offer", 5, 3),
    WinBackRate("plain", 7, 1),
    {"visit": (1, 2), "call": (3,)},
)
EFFORT = Effort(
    (
        EffortRow(WON, tuple(range(6)), Spent(6, 18, 0, 60 * MONEY_UNIT, 30 * MONEY_UNIT)),
        EffortRow(KEPT, tuple(range(10, 20)), Spent(4, 10)),
    )
)
CHURN = Churn(
    date(2026, 5, 26),
    date(2026, 11, 22),
    (LevelChurn("A", 10, 0, 1, (1,)), LevelChurn("B", 18, 50 * MONEY_UNIT, 0, (10, 11, 12, 13))),
    (AfterMove("down", 6, 1, 1, 0.2, (13,)),),
)
THIN = Unprofitables(
    (
        UnprofitableRow(7, "白忙商贸", 90_000 * MONEY_UNIT, "margin", 0.03, None),
        UnprofitableRow(8, "让利超市", 40_000 * MONEY_UNIT, "discount", None, 0.3),
    )
)
ANSWERS = SatisfactionSeries(
    (MonthScore("2026-09", 2.0, 3), MonthScore("2026-10", 4.0, 4), MonthScore("2026-11", 5.0, 2)),
    3.5,
    1,
    {"2026-10": (7,)},
)
DRAWINGS = {
    "unprofitable": (draw_unprofitable, THIN, "8", "2 家量大不赚钱：做了 ¥13万 的生意"),
    "effort": (draw_effort, EFFORT, KEPT, "赢来一位新客要 1 小时 30 分、¥15（一年里 6 位）"),
    "flow": (draw_stage_flow, FLOW, "2026-11,quiet", "2 个月里来了和又来了 6 家，安静了 6 家"),
    "radar": (draw_radar, RADAR, "overdue", "只来过一次的 11 家里 5 家该来第二单了：再来的一半 26 天内就来"),
    "losses": (draw_losses, LOSSES, "?", "丢钱最多的原因：嫌贵，一年 ¥900"),
    "win_backs": (draw_win_backs, WIN_BACKS, "visit", "试着挽回 12 次，回来 4 次，上门最管用"),
    "satisfaction": (draw_satisfaction, ANSWERS, "2026-10", "问过 9 次，平均 3.5 分，比以前高"),
    "cohorts": (draw_cohorts, COHORTS, "2026-08,2", "第一单后的那个月，44% 的客户又来买"),
    "attention": (draw_attention, LEVELS, "A", "「A」级带来 80% 的钱，只得到 10% 的联系"),
    "churn": (draw_churn, CHURN, "+down", "「B」级半年里走了 22%：4 家，一年 ¥50 的生意"),
    "rising": (draw_rising, STARS, "7", "1 家涨起来了却没人管：半年多了 ¥800"),
    "moves": (draw_moves, MOVES, "B,A", "和 2026-05-26 比，2 家升了级，1 家降了级"),
    "potential": (draw_potential, MAP, "high,B", "2 家潜力大，等级还没跟上"),
}


@pytest.fixture
def figure() -> Figure:
    figure = Figure(figsize=(5, 3.2))
    FigureCanvasAgg(figure)
    return figure


def middle_of(figure: Figure, key: str) -> MouseEvent:
    figure.canvas.draw()
    patch = next(p for axes in figure.axes for p in axes.patches if p.get_gid() == key)
    box = patch.get_window_extent()
    return MouseEvent("button_press_event", figure.canvas, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_title_is_the_point_and_a_click_tells_the_key(figure: Figure, name: str) -> None:
    draw, values, key, title = DRAWINGS[name]
    draw(figure, values, chart_look("light"))
    assert figure.get_suptitle().replace("\n", "") == title
    assert key_at(figure, middle_of(figure, key)) == key


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.filterwarnings("error:Glyph")
def test_it_speaks_english_in_the_dark_as_well(figure: Figure, name: str) -> None:
    draw, values, _key, chinese = DRAWINGS[name]
    with language("en"):
        draw(figure, values, chart_look("dark"))
        figure.canvas.draw()
    told = figure.get_suptitle()
    assert told != chinese
    assert told.isascii() or "¥" in told


def test_one_customer_is_one_in_english(figure: Figure) -> None:
    with language("en"):
        draw_radar(figure, RADAR, chart_look("light"))
    assert "1 customer · 70% still come" in [text.get_text() for text in figure.axes[0].texts]
