"""The forecast is drawn beside how it did last time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crmdesk.charts.forecast import draw_forecast, forecast_title
from crmdesk.charts.look import chart_look
from crmdesk.domain.forecast import Forecast, Trial
from crmdesk.domain.forecast_buying import Buying
from crmdesk.domain.forecast_future import Estimate
from crmdesk.i18n import language

UNTIL = date(2026, 11, 22).toordinal()
STEPS = tuple((days, Estimate(days * 0.4, days * 0.45, days * 0.5)) for days in (30, 60, 90))


@pytest.fixture
def figure() -> Figure:
    figure = Figure(figsize=(5, 3))
    FigureCanvasAgg(figure)
    return figure


def forecast(trial: Trial | None) -> Forecast:
    nobody = np.zeros(0)
    none = nobody.astype(np.int64)
    buying = Buying("mbg", 1.0, 1.0, 1.0, 1.0, 0.0, np.eye(4))
    return Forecast(UNTIL, "day", buying, None, none, none, nobody, nobody, nobody, (), STEPS, trial)


def trial(came: int) -> Trial:
    days = tuple(UNTIL - 89 + place * 2 for place in range(came))
    return Trial(UNTIL - 89, UNTIL, Estimate(33.0, 41.0, 49.0), came, STEPS, days)


def test_the_title_says_what_comes_and_how_it_did_last_time():
    assert forecast_title(forecast(trial(38))) == "接下来 90 天预计来 36–45 单；上次预计 41 单，来了 38 单"
    with language("en"):
        assert forecast_title(forecast(None)) == "The next 90 days bring 36 to 45 orders"


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_came_is_drawn_against_what_was_expected(figure, theme):
    draw_forecast(figure, forecast(trial(38)), chart_look(theme))
    figure.canvas.draw()
    expected, came, ahead = figure.axes[0].get_lines()[:3]
    assert came.get_ydata()[-1] == 38
    assert expected.get_xdata()[-1] == 0
    assert ahead.get_xdata()[-1] == 90
    assert [mark.get_text() for mark in figure.axes[0].get_xticklabels()] == ["2026-08-24", "2026-11-22", "2027-02-20"]


def test_without_a_trial_the_chart_begins_today(figure):
    draw_forecast(figure, forecast(None), chart_look("light"))
    assert figure.axes[0].get_xlim() == (0, 90)


def test_the_words_stay_within_the_picture(figure):
    draw_forecast(figure, forecast(trial(60)), chart_look("light"))
    figure.canvas.draw()
    box = figure.bbox
    for words in figure.axes[0].texts:
        extent = words.get_window_extent()
        assert box.x0 <= extent.x0
        assert extent.x1 <= box.x1
        assert extent.y1 <= box.y1
