"""The chart of satisfaction: what customers answered, month by month."""

from __future__ import annotations

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, start, vertical_bars
from crmdesk.charts.look import ChartLook
from crmdesk.domain.satisfaction import LOW, SCORES, SatisfactionSeries
from crmdesk.i18n import _


def draw_satisfaction(figure: Figure, found: SatisfactionSeries, look: ChartLook) -> None:
    """The mean score by month; a click gives the month ("2026-11")."""
    told = _("{count} answers, {average} of 5 on average")
    where = {-1: _("lower than before"), 1: _("higher than before")}.get(found.trend, "")
    if where:
        told = _("{count} answers, {average} of 5 on average, {where}")
    axes = start(figure, told.format(count=found.answers, average=found.average, where=where), look)
    bars = [
        Bar(row.month, row.month[2:].replace("-", "/"), row.score, look.quiet if row.score <= LOW else look.accent)
        for row in found.rows
    ]
    vertical_bars(axes, bars, look)
    axes.set_ylim(0, max(SCORES))
