"""Charts say their point in the title, draw Chinese, and know what each bar stands for."""

from __future__ import annotations

import pytest
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crmdesk.charts.axes import key_at, title_lines
from crmdesk.charts.look import chart_look
from crmdesk.charts.people import draw_quiet, draw_shares, draw_stages, shortened
from crmdesk.charts.value import draw_months, draw_pareto, draw_rfm_grid, draw_tiers
from crmdesk.domain.insight import MonthRow, ParetoPoint, QuietRow, RfmCell, StageRow, TierRow
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.i18n import language

TIERS = (TierRow("A", 2, 900 * MONEY_UNIT, 0.9), TierRow("B", 5, 100 * MONEY_UNIT, 0.1))
STAGES = (StageRow("active", 5), StageRow("dormant", 2), StageRow("lost", 1))
MONTHS = (MonthRow("2026-09", 100 * MONEY_UNIT), MonthRow("2026-10", 300 * MONEY_UNIT))
QUIET = (QuietRow(7, "王姐超市", 24_000 * MONEY_UNIT, 81),)
GRID = tuple(tuple(RfmCell(5 - y, x + 1, x * y, 0) for x in range(5)) for y in range(5))


@pytest.fixture
def figure() -> Figure:
    figure = Figure(figsize=(5, 3))
    FigureCanvasAgg(figure)
    return figure


def title(figure: Figure) -> str:
    return figure.get_suptitle()


def middle_of(figure: Figure, key: str) -> MouseEvent:
    figure.canvas.draw()
    patch = next(p for axes in figure.axes for p in axes.patches if p.get_gid() == key)
    box = patch.get_window_extent()
    return MouseEvent("button_press_event", figure.canvas, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)


def test_the_tier_chart_says_what_the_best_level_brings(figure):
    draw_tiers(figure, TIERS, chart_look("light"))
    assert title(figure) == "「A」级 2 家，带来 90% 的钱"


def test_a_chart_speaks_the_language_of_its_caller(figure):
    with language("en"):
        draw_tiers(figure, TIERS, chart_look("light"))
    assert title(figure) == "2 customers of tier A bring 90% of the money"


def test_a_click_on_a_bar_tells_its_tier(figure):
    draw_tiers(figure, TIERS, chart_look("dark"))
    assert key_at(figure, middle_of(figure, "B")) == "B"


def test_a_click_beside_the_bars_tells_nothing(figure):
    draw_tiers(figure, TIERS, chart_look("dark"))
    figure.canvas.draw()
    assert key_at(figure, MouseEvent("button_press_event", figure.canvas, 1, 1)) is None


def test_the_stage_chart_counts_those_gone_quiet(figure):
    draw_stages(figure, STAGES, chart_look("light"))
    assert title(figure) == "8 个客户里有 3 个安静了"


def test_the_month_chart_names_the_best_month(figure):
    draw_months(figure, MONTHS, chart_look("light"))
    assert title(figure) == "这几个月里 2026-10 最好，¥300"


def test_the_quiet_chart_hands_back_the_customer(figure):
    draw_quiet(figure, QUIET, chart_look("light"))
    assert key_at(figure, middle_of(figure, "7")) == "7"
    assert "¥24,000" in title(figure)


def test_the_pareto_line_says_who_brings_four_fifths(figure):
    draw_pareto(figure, (ParetoPoint(0.5, 0.9), ParetoPoint(1.0, 1.0)), 0.4, chart_look("light"))
    assert title(figure) == "40% 的客户带来 80% 的钱"


def test_a_field_of_the_rfm_grid_tells_its_recency_and_frequency(figure):
    draw_rfm_grid(figure, GRID, chart_look("light"))
    assert key_at(figure, middle_of(figure, "5,1")) == "5,1"


def test_any_other_fact_can_be_drawn_without_money(figure):
    draw_shares(figure, "哪里的客户", [("x", "徐州", 4), ("", "还不清楚", 1)], chart_look("light"))
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["徐州", "还不清楚"]


def test_drawing_again_replaces_the_old_chart(figure):
    draw_stages(figure, STAGES, chart_look("light"))
    draw_tiers(figure, TIERS, chart_look("light"))
    assert len(figure.axes) == 1


@pytest.mark.filterwarnings("error:Glyph")
def test_every_chart_draws_chinese_without_boxes(figure):
    draw_quiet(figure, (QuietRow(1, "喆鑫龘烎商行", 1, 2),), chart_look("dark"))
    figure.canvas.draw()


def test_a_long_name_is_shortened_with_a_sign():
    assert shortened("徐州市聚鑫粮油批发有限公司") == "徐州市聚鑫粮油批发有限…"


def test_the_last_level_is_grey_and_the_first_the_strongest():
    look = chart_look("light")
    assert (look.level(0, 4), look.level(3, 4)) == (look.levels[0], look.levels[-1])


def test_a_title_breaks_behind_a_comma_and_never_within_a_number():
    title = "接下来 90 天预计来 476–570 单；上次预计 513 单，来了 477 单"
    assert title_lines(title, 200) == [title]
    assert title_lines(title, 54) == ["接下来 90 天预计来 476–570 单；上次预计 513 单，", "来了 477 单"]
    assert title_lines("In 12 months, 1,234 came, 5 left", 22) == ["In 12 months,", "1,234 came, 5 left"]
    assert title_lines("one\ntwo", 20) == ["one", "two"]
