"""The chart of win-backs: which way brought how many back."""

from __future__ import annotations

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, horizontal_bars, start
from crmdesk.charts.look import ChartLook
from crmdesk.domain.win_back import WinBackRate, WinBackRates
from crmdesk.i18n import _
from crmdesk.words.care import method_label
from crmdesk.words.formats import percent
from crmdesk.words.phrases import one_thing


def draw_win_backs(figure: Figure, rates: WinBackRates, look: ChartLook) -> None:
    """Ways of winning back by the share that came back, the most tried first; a click gives the way's code."""
    told = _("{won} of {tried} attempts brought the customer back")
    best = rates.best
    if best is not None and len(rates.rows) > 1:
        told = _("{won} of {tried} attempts brought the customer back; the best way: {way}")
    title = told.format(won=rates.won, tried=rates.tried, way=method_label(best.method) if best else "")
    rows = [row for row in rates.rows if row.tried]
    bars = [Bar(row.method, method_label(row.method), row.won / row.tried, look.accent, _note(row)) for row in rows]
    if rates.with_offer.tried and rates.without.tried:
        bars += [
            Bar("", method_label(row.method), row.won / row.tried, look.levels[2], _note(row))
            for row in (rates.with_offer, rates.without)
        ]
    horizontal_bars(start(figure, title, look), bars, look)


def _note(row: WinBackRate) -> str:
    told = _("{won} of {tried} · {share}").format(won=row.won, tried=row.tried, share=percent(row.won / row.tried))
    if row.waiting:
        told = _("{told} · {count} under way").format(told=told, count=row.waiting)
    return one_thing(told)
