"""Charts of where attention goes: contacts against money, value against potential, rising stars, moves of tiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from crmdesk.charts.axes import LABEL_SIZE, Bar, horizontal_bars, start
from crmdesk.charts.cells import Cell, draw_cells
from crmdesk.charts.forecast import draw_forecast
from crmdesk.charts.look import ChartLook
from crmdesk.charts.people import shortened
from crmdesk.domain.effort import VAIN
from crmdesk.i18n import _
from crmdesk.words.effort import GROUPS, duration, effort_parts, effort_sentence
from crmdesk.words.formats import percent, short_money
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.domain.effort import Effort, EffortRow
    from crmdesk.domain.fairness import LevelAttention, RisingStar
    from crmdesk.domain.forecast import Forecast
    from crmdesk.domain.lifecycle_moves import TierMoves, ValuePotential

STILL = 0.15  # how strongly fields are painted in which nobody moved
PAIR = 0.36  # height of a bar of two that stand together
LIKELY = "likely"  # the key of the whole forecast


def draw_attention(figure: Figure, levels: Sequence[LevelAttention], look: ChartLook) -> None:
    """The share of money and of contacts by tier; a click gives the tier."""
    least = max(levels, key=lambda level: level.money_share - level.contact_share)
    title = _("Tier {tier} brings {money} of the money and gets {contacts} of the contacts").format(
        tier=least.tier, money=percent(least.money_share), contacts=percent(least.contact_share)
    )
    axes = start(figure, title, look)
    for shift, color, words, name in (
        (-PAIR / 2, look.accent, _("money"), "money_share"),
        (PAIR / 2, look.quiet, _("contacts"), "contact_share"),
    ):
        shares = [getattr(level, name) for level in levels]
        places = [place + shift for place in range(len(levels))]
        for patch, level in zip(axes.barh(places, shares, PAIR, color=color), levels, strict=True):
            patch.set_gid(level.tier)
        for place, share in zip(places, shares, strict=True):
            axes.text(
                share + 0.01,
                place,
                f"{words} {percent(share)}",
                va="center",
                fontsize=LABEL_SIZE,
                color=look.muted,
                fontfamily=look.font,
            ).set_in_layout(False)
    axes.set_yticks(range(len(levels)), [level.tier for level in levels])
    axes.set_ylim(max(len(levels), 3) - 0.5, -0.5)
    axes.set_xticks([])
    longest = max(max(level.money_share, level.contact_share) for level in levels)
    axes.set_xlim(0, longest * 1.35)


def draw_effort(figure: Figure, found: Effort, look: ChartLook) -> None:
    """The time a customer took in a year, for those won, kept and in vain; a click gives the group.

    The title says what that and gifts and discounts come to, the bars their parts.
    """
    told = next(row for row in found.rows if row.group != VAIN)
    bars = [
        Bar(
            row.group,
            _(GROUPS[row.group]),
            row.minutes,
            look.levels[-1] if row.group == VAIN else look.accent,
            _taken(row),
        )
        for row in found.rows
    ]
    horizontal_bars(start(figure, effort_sentence(told), look), bars, look)


def _taken(row: EffortRow) -> str:
    told = one_thing(_("{count} customers").format(count=row.customers))
    # In one line it would leave the bars no room.
    return f"{told} · {duration(row.minutes)}\n{effort_parts(row)}"


def draw_rising(figure: Figure, stars: Sequence[RisingStar], look: ChartLook) -> None:
    """Who grows below the best tier while nobody looks, by money of the last half year; a click gives the id."""
    more = sum(star.now - star.before for star in stars)
    told = _("{count} customers rise unnoticed: {money} more in half a year")
    title = one_thing(told.format(count=len(stars), money=short_money(more)))
    bars = [
        Bar(str(star.customer_id), f"{shortened(star.name)} {star.tier}".strip(), star.now, look.accent, _grown(star))
        for star in stars
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _grown(star: RisingStar) -> str:
    grown = _("{before} → {now}").format(before=short_money(star.before), now=short_money(star.now))
    if star.days is None:
        return _("{grown} · no contact").format(grown=grown)
    return _("{grown} · {days} d unseen").format(grown=grown, days=star.days)


def draw_potential(figure: Figure, found: ValuePotential, look: ChartLook) -> None:
    """Noted potential (rows) by tier (columns); a click gives "high,A"."""
    if found.hidden:
        title = _("{count} customers could buy more than their tier says").format(count=found.hidden)
    else:
        title = _("{count} customers have their potential noted").format(count=found.noted)
    axes = start(figure, title, look)
    most = max(len(ids) for ids in found.who.values())
    cells = []
    for y, row in enumerate(found.rows):
        for x, column in enumerate(found.columns):
            count = found.count(row, column)
            color = look.quiet if row == "high" and x > 0 and count else look.accent
            cells.append(Cell(x, y, f"{row},{column}", str(count), count / most, color))
    names = {"high": _("much potential"), "medium": _("some"), "low": _("little")}
    draw_cells(axes, cells, [label("tier", name) for name in found.columns], [names[row] for row in found.rows], look)


def draw_moves(figure: Figure, moves: TierMoves, look: ChartLook) -> None:
    """Tiers then (rows) and now (columns); a click gives "B,A"."""
    title = _("Since {day} {up} customers moved up a tier and {down} down").format(
        day=moves.before.isoformat(), up=moves.up, down=moves.down
    )
    axes = start(figure, title, look)
    most = max(len(ids) for (old, new), ids in moves.who.items() if old != new and old and new)
    cells = []
    for y, old in enumerate(moves.rows):
        for x, new in enumerate(moves.columns):
            count = moves.count(old, new)
            # Who stayed, came or went is no move: it stands there for the sums, and must not outshine the moves.
            moved = old != new and old and new
            color = look.levels[-1] if not moved else look.quiet if x > y else look.accent
            strength = count / most if moved else STILL
            cells.append(Cell(x, y, f"{old},{new}", str(count) if count else "", strength if count else 0.0, color))
    draw_cells(
        axes, cells, [label("tier", name) for name in moves.columns], [label("tier", name) for name in moves.rows], look
    )
    then = _("then") if moves.told else _("then, by today's rules")
    for axis, words in ((axes.xaxis, _("now")), (axes.yaxis, then)):
        axis.label.set(text=words, fontsize=LABEL_SIZE, color=look.muted, fontfamily=look.font)


def draw_expected(figure: Figure, found: Forecast, look: ChartLook) -> None:
    """The forecast; a click anywhere gives LIKELY, for those of whom most is expected."""
    draw_forecast(figure, found, look)
    axes = figure.axes[0]
    whole = Rectangle((0, 0), 1, 1, transform=axes.transAxes, alpha=0)
    whole.set_gid(LIKELY)
    axes.add_patch(whole)
