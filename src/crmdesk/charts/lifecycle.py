"""Charts of the lifecycle: what months brought and took, the second order, why customers left, who stayed."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from crmdesk.charts.axes import LABEL_SIZE, MOST_LABELS, Bar, horizontal_bars, start
from crmdesk.charts.cells import Cell, draw_cells
from crmdesk.charts.look import ChartLook
from crmdesk.domain.cohort import Cohorts
from crmdesk.domain.lifecycle_flow import StageFlow
from crmdesk.domain.loss import NOT_ASKED, Losses, LossRow
from crmdesk.domain.second_purchase import DUE, OVERDUE, Radar, Waiting
from crmdesk.i18n import _
from crmdesk.words.formats import percent, short_money
from crmdesk.words.lifecycle import loss_label, waiting_label
from crmdesk.words.phrases import one_thing

BAR = 0.68
HEADROOM = 1.3  # of the highest bar: room for the words that name the colours


def draw_stage_flow(figure: Figure, flow: StageFlow, look: ChartLook) -> None:
    """Months from left to right: who came above the line, who fell silent below; a click gives "2026-10,quiet"."""
    came = sum(month.first + month.back for month in flow.months)
    gone = sum(month.quiet for month in flow.months)
    title = _("In {count} months {came} customers came or came back, {gone} fell silent").format(
        count=len(flow.months), came=came, gone=gone
    )
    axes = start(figure, title, look)
    above = [0] * len(flow.months)
    kinds = (("first", look.accent, _("first order")), ("back", look.levels[2], _("back again")))
    for kind, color, words in kinds:
        counts = [getattr(month, kind) for month in flow.months]
        bars = axes.bar(range(len(counts)), counts, bottom=above, color=color, width=BAR, label=words)
        above = [low + count for low, count in zip(above, counts, strict=True)]
        _name(bars.patches, flow, kind)
    counts = [-month.quiet for month in flow.months]
    below = axes.bar(range(len(counts)), counts, color=look.quiet, width=BAR, label=_("fell silent"))
    _name(below.patches, flow, "quiet")
    axes.axhline(0, color=look.muted, linewidth=0.8)
    axes.set_ylim(min(counts) * 1.1 - 0.5, max(above) * HEADROOM + 0.5)
    every = max(1, -(-len(flow.months) // MOST_LABELS))
    names = [month.month[2:].replace("-", "/") for month in flow.months]
    axes.set_xticks(list(range(len(names)))[::every], names[::every])
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _place: f"{abs(value):.0f}")
    axes.grid(axis="y", color=look.grid, linewidth=0.8)
    font = {"family": look.font, "size": LABEL_SIZE}
    axes.legend(loc="upper left", ncols=3, frameon=False, prop=font, labelcolor=look.muted, borderaxespad=0)


def _name(patches: list, flow: StageFlow, kind: str) -> None:  # type: ignore[type-arg]
    for patch, month in zip(patches, flow.months, strict=True):
        patch.set_gid(f"{month.month},{kind}")


def draw_radar(figure: Figure, radar: Radar, look: ChartLook) -> None:
    """First-time buyers by how long they have waited; a click gives the state."""
    title = _("{due} of {all} first-time buyers are due: half of those who return do so within {days} days").format(
        due=radar.due, all=radar.customers, days=radar.half
    )
    bars = [
        Bar(
            group.state,
            waiting_label(group.state, group.from_day, group.until_day),
            group.customers,
            look.quiet if group.state in (DUE, OVERDUE) else look.levels[2],
            _still(group),
        )
        for group in radar.waiting
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _still(group: Waiting) -> str:
    if not group.customers:
        return ""
    told = _("{count} customers · {share} still come")
    return one_thing(told.format(count=group.customers, share=percent(group.still_come)))


def draw_losses(figure: Figure, losses: Losses, look: ChartLook) -> None:
    """Reasons for leaving by lost money, the largest first; a click gives the reason."""
    told = [row for row in losses.rows if row.reason != NOT_ASKED]
    title = _("The most money left for this reason: {reason}, {money} a year").format(
        reason=loss_label(told[0].reason), money=short_money(told[0].money)
    )
    bars = [
        Bar(
            row.reason or "?",
            loss_label(row.reason),
            row.money,
            look.levels[-1] if row.reason == NOT_ASKED else look.quiet,
            _lost(row),
        )
        for row in losses.rows
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _lost(row: LossRow) -> str:
    told = _("{count} customers · {money} · {share}")
    return one_thing(told.format(count=row.customers, money=short_money(row.money), share=percent(row.share)))


def draw_cohorts(figure: Figure, cohorts: Cohorts, look: ChartLook) -> None:
    """When customers began (rows) and how many still bought in the periods after; a click gives "2026-03,2"."""
    share = percent(cohorts.share)
    title = (
        _("In the quarter after the first order {share} of the customers bought again")
        if cohorts.quarters
        else _("In the month after the first order {share} of the customers bought again")
    ).format(share=share)
    axes = start(figure, title, look)
    wide = max(len(row.shares) for row in cohorts.rows)
    cells = [
        Cell(x, y, f"{row.name},{x + 1}", percent(share), share)
        for y, row in enumerate(cohorts.rows)
        for x, share in enumerate(row.shares)
    ]
    rows = [
        _("{period} · {count} customers").format(period=row.name[2:].replace("-", "/"), count=row.customers)
        for row in cohorts.rows
    ]
    draw_cells(axes, cells, [f"+{place + 1}" for place in range(wide)], rows, look)
    words = _("quarters after the first order") if cohorts.quarters else _("months after the first order")
    axes.xaxis.label.set(text=words, fontsize=LABEL_SIZE, color=look.muted, fontfamily=look.font)
