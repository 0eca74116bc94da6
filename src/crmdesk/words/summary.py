"""A day told in words, to copy into a chat."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.attention import DayLine, DaySummary
from crmdesk.i18n import _
from crmdesk.words.formats import day, money
from crmdesk.words.labels import label

_LINES_SHOWN: Final = 30


def day_summary_text(summary: DaySummary) -> str:
    """The day's summary as plain text in the current language; what did not happen is not mentioned."""
    lines = [_("Summary of {day}").format(day=day(summary.day)), _contacts(summary)]
    if summary.won_orders:
        lines.append(_("Won {count} orders, {money}").format(count=summary.won_orders, money=money(summary.won_money)))
    if summary.new_customers:
        lines.append(_("New customers: {count}").format(count=summary.new_customers))
    lines += [_line(place, line) for place, line in enumerate(summary.lines[:_LINES_SHOWN], 1)]
    if len(summary.lines) > _LINES_SHOWN:
        lines.append(_("and {count} more lines").format(count=len(summary.lines) - _LINES_SHOWN))
    if summary.promises_open:
        lines.append(_("Promises still open: {count}").format(count=summary.promises_open))
    if summary.open_tomorrow:
        lines.append(_("Due tomorrow: {count}").format(count=summary.open_tomorrow))
    return "\n".join(lines)


def _contacts(summary: DaySummary) -> str:
    if not summary.lines:
        return _("Nothing logged")
    each = _("{kind} {count}")
    kinds = " · ".join(each.format(kind=label("interaction", kind), count=n) for kind, n in summary.counts.items())
    customers = len({line.customer for line in summary.lines})
    return _("Contacted {count}: {kinds}").format(count=customers, kinds=kinds)


def _line(place: int, line: DayLine) -> str:
    told = line.summary or label("interaction", line.kind)
    if line.outcome:
        told = f"{told} ({label('outcome', line.outcome)})"
    return _("{number}. {customer}: {text}").format(number=place, customer=line.customer, text=told)
