"""Charts of who brings the money: tiers, months, the Pareto line, the RFM grid."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from crmdesk.charts.axes import LABEL_SIZE, Bar, horizontal_bars, start, vertical_bars
from crmdesk.charts.look import ChartLook
from crmdesk.i18n import _
from crmdesk.words.formats import money_text, percent_text, short_money_text

GRID_STEPS = 5
TARGET_SHARE = 0.8


def draw_tiers(figure: Figure, tiers: Sequence[tuple[str, int, int]], look: ChartLook) -> None:
    """Money by tier. `tiers`: name, customers, money (int), best first; a click on a bar gives the tier's name."""
    total = sum(money for _name, _count, money in tiers) or 1
    best, count, money = tiers[0]
    title = _("{count} customers of tier {tier} bring {share} of the money").format(
        count=count, tier=best, share=percent_text(money / total)
    )
    bars = [
        Bar(name, name, max(money, 0), look.level(rank, len(tiers)), _tier_note(count, money, total))
        for rank, (name, count, money) in enumerate(tiers)
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _tier_note(count: int, money: int, total: int) -> str:
    return _("{count} customers · {money} · {share}").format(
        count=count, money=short_money_text(money), share=percent_text(money / total)
    )


def draw_months(figure: Figure, months: Sequence[tuple[str, int]], look: ChartLook) -> None:
    """Money by month. `months`: ISO month and money, oldest first, without gaps; a click gives the month."""
    best_month, best = max(months, key=lambda row: row[1])
    title = _("The best month was {month} with {money}").format(month=best_month, money=money_text(best))
    bars = [Bar(month, month[2:].replace("-", "/"), money, look.accent) for month, money in months]
    axes = start(figure, title, look)
    vertical_bars(axes, bars, look)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda money, _place: short_money_text(int(money))))


def draw_pareto(figure: Figure, shares: Sequence[float], look: ChartLook) -> None:
    """The Pareto line. `shares`: cumulated share of the money (0 to 1), one per customer, the largest first."""
    needed = next((n for n, share in enumerate(shares, 1) if share >= TARGET_SHARE), len(shares))
    title = _("{part} of the customers bring 80% of the money").format(part=percent_text(needed / len(shares)))
    axes = start(figure, title, look)
    across = [n / len(shares) for n in range(len(shares) + 1)]
    axes.plot(across, [0.0, *shares], color=look.accent, linewidth=2)
    axes.fill_between(across, [0.0, *shares], color=look.accent, alpha=0.12, linewidth=0)
    axes.axhline(TARGET_SHARE, color=look.quiet, linewidth=1, linestyle=(0, (4, 3)))
    axes.axvline(needed / len(shares), color=look.quiet, linewidth=1, linestyle=(0, (4, 3)))
    axes.grid(color=look.grid, linewidth=0.8)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.03)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda share, _place: percent_text(share)))
    for axis, words in ((axes.xaxis, _("Customers, the largest first")), (axes.yaxis, _("Share of the money"))):
        axis.label.set(text=words, fontsize=LABEL_SIZE, color=look.muted, fontfamily=look.font)


def draw_rfm_grid(figure: Figure, grid: Sequence[Sequence[int]], look: ChartLook) -> None:
    """Customers by recency (rows, the latest on top) and frequency (columns, the most on the right).

    `grid`: 5 rows of 5 counts; a click gives `row,column`.
    """
    best = grid[0][GRID_STEPS - 1]
    title = _("{count} customers bought lately and often").format(count=best)
    axes = start(figure, title, look)
    most = max(max(row) for row in grid) or 1
    for y, row in enumerate(grid):
        for x, count in enumerate(row):
            field = Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, facecolor=look.accent, alpha=0.08 + 0.85 * count / most)
            field.set_gid(f"{y},{x}")
            axes.add_patch(field)
            strong = look.background if count > most / 2 else look.text
            axes.text(x + 0.5, y + 0.5, str(count), ha="center", va="center", fontsize=LABEL_SIZE, color=strong)
    axes.set_xlim(0, GRID_STEPS)
    axes.set_ylim(GRID_STEPS, 0)
    middle = [step + 0.5 for step in range(GRID_STEPS)]
    axes.set_xticks([middle[0], middle[-1]], [_("seldom"), _("often")])
    axes.set_yticks([middle[0], middle[-1]], [_("lately"), _("long ago")])
