"""量大不赚钱: who buys much and leaves little of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, horizontal_bars, start
from crmdesk.charts.look import ChartLook
from crmdesk.charts.people import shortened
from crmdesk.i18n import _
from crmdesk.words.formats import percent, short_money
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.domain.unprofitable import UnprofitableRow, Unprofitables

SHOWN: Final = 8


def draw_unprofitable(figure: Figure, found: Unprofitables, look: ChartLook) -> None:
    """By the money they pay, with what is left or let off; a click gives the customer's id as text."""
    told = _("{count} customers buy much and leave little: {money} of sales")
    title = one_thing(told.format(count=len(found.rows), money=short_money(found.money)))
    bars = [
        Bar(str(row.customer_id), shortened(row.name), max(row.money, 0), look.quiet, _note(row))
        for row in found.rows[:SHOWN]
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _note(row: UnprofitableRow) -> str:
    money = short_money(row.money)
    if row.reason == "margin" and row.margin is not None:
        return _("{money} · margin {share}").format(money=money, share=percent(row.margin))
    return _("{money} · {share} off").format(money=money, share=percent(row.discount))
