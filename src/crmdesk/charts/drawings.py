"""The charts that a file's data allow, and how each is drawn: for the window, and for their sentences in a shell.

What draws is loaded with the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.insight import CountRow, Insight
from crmdesk.i18n import _
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from crmdesk.charts.look import ChartLook

    Draw = Callable[[Figure, ChartLook], None]
    DrawShares = Callable[[Figure, str, list[tuple[str, str, int]], ChartLook], None]

SHOWN_QUIET: Final = 8
SHOWN_STARS: Final = 8


def drawings(found: Insight, *, presenting: bool) -> Iterator[tuple[str, Draw]]:
    """Each chart that the data allow; none for those that they do not."""
    from crmdesk.charts import people, value

    if found.tiers and not presenting:
        yield "tiers", lambda figure, look: value.draw_tiers(figure, found.tiers, look)
    if found.has_money and found.stages:
        yield "stages", lambda figure, look: people.draw_stages(figure, found.stages, look)
    if found.months:
        yield "months", lambda figure, look: value.draw_months(figure, found.months, look)
    if found.quiet and not presenting:  # it names them
        quiet = found.quiet[:SHOWN_QUIET]
        yield "quiet", lambda figure, look: people.draw_quiet(figure, quiet, look)
    if found.pareto and found.buyers_for_80:
        needed = found.buyers_for_80 / found.buyers
        yield "pareto", lambda figure, look: value.draw_pareto(figure, found.pareto, needed, look)
    if found.rfm_grid:
        yield "rfm_grid", lambda figure, look: value.draw_rfm_grid(figure, found.rfm_grid, look)
    yield from _shares(found)


def further(name: str, found: Any) -> Draw:  # noqa: ANN401 - each chart has values of its own
    """How one of the further charts (`operations.insight_more.FURTHER`) is drawn from its values."""
    from crmdesk.charts import attention, churn, conversion, lifecycle, satisfaction, unprofitable, win_back

    draw: dict[str, Draw] = {
        "funnel": lambda figure, look: conversion.draw_funnel(figure, found, look),
        "source_yield": lambda figure, look: conversion.draw_sources(figure, found, look),
        "second_purchase": lambda figure, look: lifecycle.draw_radar(figure, found, look),
        "rising": lambda figure, look: attention.draw_rising(figure, found.rising[:SHOWN_STARS], look),
        "unprofitable": lambda figure, look: unprofitable.draw_unprofitable(figure, found, look),
        "stage_flow": lambda figure, look: lifecycle.draw_stage_flow(figure, found, look),
        "tier_moves": lambda figure, look: attention.draw_moves(figure, found, look),
        "forecast": lambda figure, look: attention.draw_expected(figure, found, look),
        "satisfaction": lambda figure, look: satisfaction.draw_satisfaction(figure, found, look),
        "win_backs": lambda figure, look: win_back.draw_win_backs(figure, found, look),
        "loss_reasons": lambda figure, look: lifecycle.draw_losses(figure, found, look),
        "attention": lambda figure, look: attention.draw_attention(
            figure, [level for level in found.levels if level.tier and level.customers], look
        ),
        "churn": lambda figure, look: churn.draw_churn(figure, found, look),
        "effort": lambda figure, look: attention.draw_effort(figure, found, look),
        "value_potential": lambda figure, look: attention.draw_potential(figure, found, look),
        "cohorts": lambda figure, look: lifecycle.draw_cohorts(figure, found, look),
    }
    return draw[name]


def sentence(draw: Draw) -> str:
    """The sentence that stands above a chart, in one line and the current language."""
    from matplotlib.figure import Figure

    from crmdesk.charts.look import chart_look

    figure = Figure(figsize=(40, 4))  # so wide that no title is broken
    draw(figure, chart_look("light"))
    return figure.get_suptitle()


def _shares(found: Insight) -> Iterator[tuple[str, Draw]]:
    from crmdesk.charts import people

    for name, title, rows in (
        ("intents", _("{count} customers with this intent: {what}"), found.intents),
        ("regions", _("{count} customers are in {what}"), found.regions),
        ("sources", _("{count} customers came through {what}"), found.sources),
        ("completeness", _("{what} of the facts are filled in for {count} customers"), found.completeness),
    ):
        if len(rows) > 1:
            shares = [(row.value, _share_words(name, row), row.customers) for row in rows]
            _key, most, count = max(shares, key=lambda share: share[2])
            yield name, partial(_swapped, people.draw_shares, title.format(count=count, what=most), shares)


def _swapped(draw: DrawShares, title: str, shares: list[tuple[str, str, int]], figure: Figure, look: ChartLook) -> None:
    draw(figure, title, shares, look)


def _share_words(name: str, row: CountRow) -> str:
    if name == "intents":
        return label("intent", row.value)
    if name == "completeness":
        low = int(row.value)
        return f"{low}–{low + 25}%"
    return row.value or _("not known")
