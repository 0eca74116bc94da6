"""Days that sheets and headings are called by: 2026-10-01, 10月1日, 销售日报10.1. 1-6 may as well be half a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from crmdesk.domain.text import half_width

_REPORT: Final = r"(?:日报|日结|销售|出货|送货|流水|明细|收银|营业|记录)?(?:日报|日结|明细|记录|单|表)?"
_NUMBERS: Final = (
    r"(?:(?P<year>20\d\d)\s*(?P<after_year>[-._/年])\s*)?"
    r"(?P<month>\d{1,2})\s*(?P<after_month>[-._/月])\s*(?P<day>\d{1,2})\s*(?P<ending>[日号])?"
)
_DAY: Final = re.compile(rf"{_REPORT}[-_ ]*(?:{_NUMBERS}|(?P<compact>20\d{{6}}))[-_ ]*{_REPORT}\s*[:：]?")
_DAILY: Final = re.compile(r"日报|日结")
_PAIR: Final = re.compile(r"\D*\d{1,2}\s*[-._/]\s*\d{1,2}\D*")
_PART: Final = re.compile(r" \(\d+\)$")  # the second table of a sheet is called "Sheet1 (2)"
_MONTH_SAID: Final = re.compile(r"(?<!\d)(?:(?P<year>20\d\d)\s*[-./年]\s*)?(?P<month>\d{1,2})\s*月(?!\s*\d)")
_LEAP_YEAR: Final = 2000  # has every day that a name without a year may mean
_FEWEST: Final = 3  # sheets: 2-1 and 2-2 are the parts of a second delivery, too
_CLOSED: Final = 10  # days between two sheets of a row at most: a week's holiday with the weekends around it


class DayName(NamedTuple):
    """The day that a text may be, and whether it can be nothing else."""

    year: int | None
    month: int
    day: int
    plain: bool
    spanning: bool  # 1-6 is as often January to June; 1.6 is not


def whole_name(name: str) -> str:
    """A sheet's name without the number of its table."""
    return half_width(_PART.sub("", name)).strip()


def day_called(text: str) -> DayName | None:
    """2026-10-01, 20261001, 10月1日, 销售日报10.1, 1-6; None where the text is no day at all."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    packed = match["compact"]
    parts = (packed[:4], packed[4:6], packed[6:]) if packed else match.group("year", "month", "day")
    year, month, day = (int(part) if part else 0 for part in parts)
    try:
        date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    spanning = match["after_month"] in ("-", "_")
    return DayName(year or None, month, day, bool(packed) or _is_plain(match, spanning=spanning), spanning)


def _is_plain(match: re.Match[str], *, spanning: bool) -> bool:
    """10月1日, 2026-10-01, 10.1号, 日报10.1; but 2026年1-6 is half a year, and 1-6日 are six days."""
    if match["after_month"] == "月" or match["after_year"] == match["after_month"]:
        return True
    return not spanning and bool(match["ending"] or _DAILY.search(match[0]))


def month_said(said: Sequence[str]) -> tuple[int | None, int] | None:
    """The year, where given, and month that the nearest of these texts names: 2024年12月流水."""
    found = next(filter(None, map(_MONTH_SAID.search, said)), None)
    return (int(found["year"]) if found["year"] else None, int(found["month"])) if found else None


def is_sure_day(name: str, said: Sequence[str], beside: Sequence[str]) -> bool:
    """Whether a name that may be a day is one: by its form, the month that `said` names, or the sheets `beside` it."""
    called = day_called(whole_name(name))
    if called is None or called.plain:
        return called is not None
    month = month_said(said)
    return (not called.spanning and month is not None and month[1] == called.month) or _in_a_row(beside)


def _in_a_row(names: Sequence[str]) -> bool:
    """10.1, 10.2, 10.5 are days: all names of two numbers follow upon each other, most of them the day after."""
    pairs = [name for name in dict.fromkeys(map(whole_name, names)) if _PAIR.fullmatch(name)]
    days = [date(_LEAP_YEAR, one.month, one.day).toordinal() for one in map(day_called, pairs) if one]
    if len(days) < max(len(pairs), _FEWEST):
        return False
    steps = [(later - sooner) % 366 for sooner, later in pairwise(days)]  # 1.1 comes after 12.31
    if steps[0] > 366 // 2:
        steps = [366 - step for step in steps]  # the newest first
    return max(steps) <= _CLOSED and min(steps) > 0 and steps.count(1) * 2 >= len(steps)
