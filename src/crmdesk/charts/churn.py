"""The chart of who left, by the tier it had before, and of what follows a move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, horizontal_bars, start
from crmdesk.charts.look import ChartLook
from crmdesk.i18n import _
from crmdesk.words.fairness import after_name, after_note, left_note
from crmdesk.words.formats import percent, short_money
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.domain.churn import Churn


def draw_churn(figure: Figure, found: Churn, look: ChartLook) -> None:
    """The part of each level that left in half a year; a click gives the tier, or "+up", "+down"."""
    worst = found.worst
    title = _("Tier {tier} lost {share} in half a year: {count} customers, {money} a year").format(
        tier=worst.tier, share=percent(worst.share), count=len(worst.who), money=short_money(worst.money)
    )
    bars = [Bar(level.tier, level.tier, level.share, look.quiet, left_note(level)) for level in found.levels]
    bars += [
        Bar(f"+{one.direction}", after_name(one), one.lost / one.customers, look.levels[-1], after_note(one))
        for one in found.moved
    ]
    horizontal_bars(start(figure, one_thing(title), look), bars, look)
