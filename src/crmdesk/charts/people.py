"""Charts of where customers stand: stages, those gone quiet, and any other share of a list."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, horizontal_bars, start, width_of
from crmdesk.charts.look import ChartLook
from crmdesk.domain.insight import QuietRow, StageRow
from crmdesk.domain.stage import Stage
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.labels import label

LONGEST_NAME = 24  # Latin letters; of Chinese ones half as many
QUIET = (Stage.DORMANT, Stage.LOST)


def draw_stages(figure: Figure, stages: Sequence[StageRow], look: ChartLook) -> None:
    """Customers by stage, in the order of life; a click gives the stage's code."""
    gone = sum(row.customers for row in stages if row.stage in QUIET)
    total = formats.count(sum(row.customers for row in stages))
    title = _("{gone} of {total} customers have gone quiet").format(gone=formats.count(gone), total=total)
    bars = [
        Bar(row.stage, label("stage", row.stage), row.customers, _stage_color(row.stage, look), _people(row.customers))
        for row in stages
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _stage_color(stage: str, look: ChartLook) -> str:
    return look.quiet if stage in QUIET else look.accent


def _people(count: int) -> str:
    return _("{count} customers").format(count=count)


def draw_quiet(figure: Figure, quiet: Sequence[QuietRow], look: ChartLook) -> None:
    """Those gone quiet, by the money they brought; a click gives the customer's id as text."""
    title = _("{money} stand behind the {count} largest gone quiet").format(
        money=formats.whole_money(sum(row.money for row in quiet)), count=len(quiet)
    )
    bars = [
        Bar(str(row.customer_id), shortened(row.name), max(row.money, 0), look.quiet, _quiet_note(row)) for row in quiet
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _quiet_note(row: QuietRow) -> str:
    return _("{money} · {days} days").format(money=formats.whole_money(row.money), days=row.days)


def draw_shares(figure: Figure, title: str, shares: Sequence[tuple[str, str, int]], look: ChartLook) -> None:
    """Customers by any fact, for lists without money. `shares`: key, words and count; a click gives the key."""
    bars = [Bar(key, shortened(words), count, look.accent, _people(count)) for key, words, count in shares]
    horizontal_bars(start(figure, title, look), bars, look)


def shortened(name: str) -> str:
    """A name that fits beside a bar."""
    if width_of(name) <= LONGEST_NAME:
        return name
    kept = name
    while width_of(kept + "…") > LONGEST_NAME:
        kept = kept[:-1]
    return kept.rstrip() + "…"
