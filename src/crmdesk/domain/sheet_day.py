"""The day that a sheet speaks of: two sheets of the same headers are older and newer by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

_PARTED: Final = re.compile(r"(?<!\d)(20\d\d)[-_./年](\d{1,2})[-_./月](\d{1,2})(?!\d)")
_CLOSE: Final = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_YEARLESS: Final = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]?(?!\d)")


class SheetDay(NamedTuple):
    """When a sheet was true: its ISO day, and when its file was written (ISO), which tells two of one day apart."""

    day: str
    written: str


def named_day(texts: Iterable[str], today: date) -> date | None:
    """The last day up to today that a file's or sheet's name tells: 客户20261115, 2026-11-15, 11月15日; else None."""
    found = [day for text in texts for day in _days(text, today) if day <= today]
    return max(found, default=None)


def _days(text: str, today: date) -> list[date]:
    full = [(int(year), int(month), int(day)) for year, month, day in _PARTED.findall(text) + _CLOSE.findall(text)]
    if full:
        return _real(full)
    # Without a year it is the last such day that has been: nobody names a list after a day to come.
    told = [(int(month), int(day)) for month, day in _YEARLESS.findall(text)]
    return _real((today.year - ((month, day) > (today.month, today.day)), month, day) for month, day in told)


def _real(days: Iterable[tuple[int, int, int]]) -> list[date]:
    found = []
    for one in days:
        try:
            found.append(date(*one))
        except ValueError:  # the 31st of a month that has 30, or no day at all
            continue
    return found
