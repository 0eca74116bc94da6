"""Charts of where customers stand: stages, those gone quiet, and any other share of a list."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from crmdesk.charts.axes import Bar, horizontal_bars, start
from crmdesk.charts.look import ChartLook
from crmdesk.i18n import _
from crmdesk.words.formats import money_text
from crmdesk.words.labels import stage_label

LONGEST_NAME = 12


def draw_stages(figure: Figure, stages: Sequence[tuple[str, int]], look: ChartLook) -> None:
    """Customers by stage. `stages`: stage code and count, in the order of life; a click gives the code."""
    total = sum(count for _stage, count in stages)
    gone = sum(count for stage, count in stages if stage in ("dormant", "lost"))
    title = _("{gone} of {total} customers have gone quiet").format(gone=gone, total=total)
    bars = [
        Bar(
            stage,
            stage_label(stage),
            count,
            look.quiet if stage in ("dormant", "lost") else look.accent,
            _("{count} customers").format(count=count),
        )
        for stage, count in stages
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def draw_quiet(figure: Figure, quiet: Sequence[tuple[str, str, int, int]], look: ChartLook) -> None:
    """Those gone quiet, by money. `quiet`: customer id as text, name, money, days since; a click gives the id."""
    title = _("{money} stand behind the customers gone quiet").format(money=money_text(sum(row[2] for row in quiet)))
    bars = [
        Bar(key, shortened(name), max(money, 0), look.quiet, _quiet_note(money, days))
        for key, name, money, days in quiet
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def _quiet_note(money: int, days: int) -> str:
    return _("{money} · {days} days").format(money=money_text(money), days=days)


def draw_shares(figure: Figure, title: str, shares: Sequence[tuple[str, str, int]], look: ChartLook) -> None:
    """Customers by any fact, for lists without money. `shares`: key, label and count; a click gives the key."""
    bars = [
        Bar(key, shortened(label), count, look.accent, _("{count} customers").format(count=count))
        for key, label, count in shares
    ]
    horizontal_bars(start(figure, title, look), bars, look)


def shortened(name: str) -> str:
    """A name that fits beside a bar."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
