"""What is still to come, beside how the same forecast did on the last months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from crmdesk.charts.axes import LABEL_SIZE, start
from crmdesk.charts.look import ChartLook
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.domain.forecast import Forecast, Trial
    from crmdesk.domain.forecast_future import Estimate

Side = Literal["left", "center", "right"]
Step = tuple[int, "Estimate"]  # days since the beginning, what is expected until then

HEADROOM: Final = 1.25  # of the highest limit: room for the words above it
DASHES: Final = (0, (4, 3))


def draw_forecast(figure: Figure, found: Forecast, look: ChartLook) -> None:
    """Orders added up: those of the last months against their forecast, then the next 90 days with their limits."""
    axes = start(figure, forecast_title(found), look)
    trial = found.trial
    if trial is not None:
        _draw_trial(axes, trial, look)
    _draw_expected(axes, found.steps, 0, look.accent)
    days, last = found.steps[-1]
    _tell(axes, days, last.high, _("{low} to {high} expected").format(**_limits(last)), look, "right")
    axes.axvline(0, color=look.grid, linewidth=1.2)
    before = trial.start - trial.end - 1 if trial is not None else 0
    highest = max(last.high, trial.expected.high if trial else 0, trial.came if trial else 0, 1)
    axes.set_xlim(before, days)
    axes.set_ylim(0, highest * HEADROOM)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color=look.grid, linewidth=0.8)
    marks = [before, 0, days] if trial is not None else [0, days]
    axes.set_xticks(marks, [_day(found.until + mark) for mark in marks])
    for words, side in zip(axes.get_xticklabels(), _sides(len(marks)), strict=True):
        words.set_horizontalalignment(side)


def forecast_title(found: Forecast) -> str:
    """The chart in one sentence: what is expected, and how the last expectation did."""
    days, last = found.steps[-1]
    told = _("The next {days} days bring {low} to {high} orders").format(days=days, **_limits(last))
    if found.trial is None:
        return told
    return _("{told}; last time {forecast} were forecast, {came} came").format(
        told=told, forecast=round(found.trial.expected.expected), came=found.trial.came
    )


def _draw_trial(axes: Axes, trial: Trial, look: ChartLook) -> None:
    began = trial.start - trial.end - 1
    _draw_expected(axes, trial.steps, began, look.muted)
    moments = [began, *(day - trial.end for day in trial.days), 0]
    came = [*range(len(trial.days) + 1), len(trial.days)]
    axes.plot(moments, came, color=look.accent, linewidth=2, drawstyle="steps-post")
    words = _("{forecast} forecast, {came} came").format(forecast=round(trial.expected.expected), came=trial.came)
    _tell(axes, 0, max(trial.expected.high, trial.came), words, look, "right")


def _draw_expected(axes: Axes, steps: Sequence[Step], began: int, color: str) -> None:
    """A dashed line of what is expected, within the band of its limits."""
    days = [began, *(began + day for day, _estimate in steps)]
    low, middle, high = (
        [0.0, *(getattr(estimate, name) for _day, estimate in steps)] for name in ("low", "expected", "high")
    )
    axes.fill_between(days, low, high, color=color, alpha=0.16, linewidth=0)
    axes.plot(days, middle, color=color, linewidth=1.6, linestyle=DASHES)


def _tell(axes: Axes, x: float, y: float, words: str, look: ChartLook, side: Side) -> None:
    axes.annotate(
        words,
        (x, y),
        xytext=(-4, 4),
        textcoords="offset points",
        ha=side,
        va="bottom",
        fontsize=LABEL_SIZE,
        color=look.muted,
        fontfamily=look.font,
    )


def _limits(estimate: Estimate) -> dict[str, int]:
    return {"low": int(estimate.low), "high": int(-(-estimate.high // 1))}


def _sides(count: int) -> list[Side]:
    """The outer days stay within the chart."""
    middle: list[Side] = ["center"] * (count - 2)
    return ["left", *middle, "right"]


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
