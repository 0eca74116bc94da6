"""Charts of who brings the money: tiers, months, the Pareto line, the RFM grid."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from crmdesk.charts.axes import LABEL_SIZE, Bar, horizontal_bars, start, vertical_bars
from crmdesk.charts.cells import Cell, draw_cell
from crmdesk.charts.look import ChartLook
from crmdesk.domain.insight import MonthRow, ParetoPoint, RfmCell, TierRow
from crmdesk.i18n import _
from crmdesk.words.formats import percent, short_money, whole_money

TARGET_SHARE = 0.8


def draw_tiers(figure: Figure, tiers: Sequence[TierRow], look: ChartLook) -> None:
    """Money by tier, the best level first; a click on a bar gives the tier's name."""
    best = tiers[0]
    title = _("{count} customers of tier {tier} bring {share} of the money").format(
        count=best.customers, tier=best.tier, share=percent(best.share)
    )
    bars = [
        Bar(row.tier, row.tier, max(row.money, 0), look.level(rank, len(tiers)), _tier_note(row))
        for rank, row in enumerate(tiers)
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _tier_note(row: TierRow) -> str:
    return _("{count} customers · {money} · {share}").format(
        count=row.customers, money=short_money(row.money), share=percent(row.share)
    )


def draw_months(figure: Figure, months: Sequence[MonthRow], look: ChartLook) -> None:
    """Money by month, the oldest first, without gaps; a click gives the ISO month."""
    best = max(months, key=lambda row: row.money)
    title = _("The best of these months was {month}: {money}").format(month=best.month, money=whole_money(best.money))
    bars = [Bar(row.month, row.month[2:].replace("-", "/"), row.money, look.accent) for row in months]
    axes = start(figure, title, look)
    vertical_bars(axes, bars, look)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _place: short_money(int(amount))))


def draw_pareto(figure: Figure, points: Sequence[ParetoPoint], needed: float, look: ChartLook) -> None:
    """The Pareto line. `needed`: the share (0 to 1) of the buyers that brings four fifths of the money."""
    title = _("{part} of the customers bring 80% of the money").format(part=percent(needed))
    axes = start(figure, title, look)
    across, up = [0.0, *(point.customers for point in points)], [0.0, *(point.money for point in points)]
    axes.plot(across, up, color=look.accent, linewidth=2)
    axes.fill_between(across, up, color=look.accent, alpha=0.12, linewidth=0)
    axes.axhline(TARGET_SHARE, color=look.quiet, linewidth=1, linestyle=(0, (4, 3)))
    axes.axvline(needed, color=look.quiet, linewidth=1, linestyle=(0, (4, 3)))
    axes.grid(color=look.grid, linewidth=0.8)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.03)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda share, _place: percent(share)))
    for axis, words in ((axes.xaxis, _("Customers, the largest first")), (axes.yaxis, _("Share of the money"))):
        axis.label.set(text=words, fontsize=LABEL_SIZE, color=look.muted, fontfamily=look.font)


def draw_rfm_grid(figure: Figure, grid: Sequence[Sequence[RfmCell]], look: ChartLook) -> None:
    """Customers by recency (rows, the latest on top) and frequency (columns); a click gives `recency,frequency`."""
    title = _("{count} customers bought lately and often").format(count=grid[0][-1].customers)
    axes = start(figure, title, look)
    most = max(cell.customers for row in grid for cell in row) or 1
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            key = f"{cell.recency},{cell.frequency}"
            draw_cell(axes, Cell(x, y, key, str(cell.customers), cell.customers / most), look)
    axes.set_xlim(0, len(grid[0]))
    axes.set_ylim(len(grid), 0)
    axes.set_xticks([0.5, len(grid[0]) - 0.5], [_("seldom"), _("often")])
    axes.set_yticks([0.5, len(grid) - 0.5], [_("lately"), _("long ago")])
