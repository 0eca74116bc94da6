"""The charts that a file's data allow, and how each is drawn. What draws is loaded with the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from crmdesk.domain.insight import CountRow, Insight
from crmdesk.i18n import _
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from crmdesk.charts.look import ChartLook
    from crmdesk.gui.widgets.chart_card import Draw

    DrawShares = Callable[[Figure, str, list[tuple[str, str, int]], ChartLook], None]

SHOWN_QUIET: Final = 8


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
