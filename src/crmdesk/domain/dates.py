"""Days and times as people write them: ISO days out, everything doubtful flagged."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain, says_nothing

_EPOCH: Final = date(1899, 12, 30)
_MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_CHINESE: Final = {char: str(digit) for digit, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CLOCK: Final = re.compile(
    r"[T\s]*(?P<half>上午|下午|凌晨|早上|中午|晚上|晚|am|pm)?\s*(?P<h>\d{1,2})\s*[:时點点]\s*(?P<m>\d{1,2})?(?:分)?"
    r"(?:[:]?(?P<s>\d{1,2})(?:\.\d+)?秒?)?\s*(?P<after>am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|CST)?$",
    re.I,
)
_NOISE: Final = re.compile(
    r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b[,.]?|左右|前后|^于|^约|(?<=[日号\d\s])(?:上午|下午|早上|中午|晚上|傍晚|凌晨)$",
    re.I,
)
_YMD: Final = re.compile(r"(\d{4})\s*[-/.年\s_]\s*(\d{1,2})\s*[-/.月\s_]\s*(\d{1,2})\s*[日号]?")
_SHORT: Final = re.compile(r"(\d{1,2})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_TAIL_YEAR: Final = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*[-/.\s]\s*(\d{4})")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?")
_YEAR_MONTH: Final = re.compile(r"(\d{4}|\d{2}(?=年))\s*[-/.年]\s*(\d{1,2})\s*(?:月份?)?")
_PART: Final = re.compile(r"(?:(\d{4}|\d{2})\s*年\s*)?(\d{1,2})\s*月份?\s*(底|末|初|中旬?|上旬|下旬)")
_YEAR: Final = re.compile(r"(\d{4})\s*年?")
_ENGLISH: Final = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[-\s./]*)?(?P<mon>[a-z]{3,9})[-\s./]*(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?[-\s,./]+(?P<y>\d{4}|\d{2})",
    re.I,
)
_DAY_ALONE: Final = re.compile(r"(\d{1,2})\s*[日号]")
_SEVERAL: Final = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_YEARS_OFF: Final = {"去年": -1, "今年": 0, "前年": -2, "明年": 1}
_RELATIVE: Final = re.compile(
    r"[天日周月年][后内]|(?:周|星期|礼拜)[一二三四五六日天末]|国庆|春节|过年|中秋|端午|元旦|五一|今天|昨天|前天|明天|后天|上周|下周|本周|这周|上个?月|下个?月|本月|去年|今年|明年|天前|周前|月前|年前|today|yesterday"
)


@dataclass(frozen=True)
class DateRule:
    """How a column writes its days: `year` for days without one, `day_first` for 5/3/2024, `year_first` for 24/3/5.

    `month`: the rows stand under the heading of that month, which settles 5号 and, with `year`, the year of its days.
    `past`: no day may lie ahead of `today`. In a birthday column 3月5日 is whole ("--03-05").
    """

    today: date
    year: int | None = None
    month: int | None = None
    day_first: bool | None = None
    year_first: bool = False
    past: bool = False
    birthday: bool = False


Moment = tuple[str, str]  # ISO day, "HH:MM:SS" or ""


def read_date(value: object, rule: DateRule) -> Read[Moment]:
    """The day (and time, where one is written) of a cell. Never guesses: a doubtful day comes with a code."""
    if isinstance(value, datetime):
        return _from_datetime(value, rule)
    if isinstance(value, date):
        return _checked(value, "", rule)
    if isinstance(value, bool):
        return Read(None, "date_unreadable")
    if isinstance(value, int | float):
        return _from_number(float(value), rule)
    text = half_width(plain(value)).translate({0x2013: "-", 0x2014: "-", 0x3002: ".", 0x3001: "-"})
    if says_nothing(text):
        return Read(None)
    return _from_text(text, rule)


def _from_datetime(value: datetime, rule: DateRule) -> Read[Moment]:
    if value.microsecond:
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    clock = value.time().isoformat() if value.time() != datetime.min.time() else ""
    return _checked(value.date(), clock, rule)


def _from_number(number: float, rule: DateRule) -> Read[Moment]:
    """A bare number: 20240305, 240305, a serial day (45356.5 with its time), 3.5 for 5 March."""
    whole = int(number) if abs(number) < 1e15 else 0
    if number == 0:
        return Read(None, "date_zero")
    if rule.month and number == whole and 1 <= whole <= 31 and not rule.birthday:
        return _without_year(rule.month, whole, "", rule)
    written = _written_together(whole, rule) if number == whole else None
    if written is not None:
        return written
    if number == whole and 100_101 <= whole <= 999_912 and 1900 <= whole // 100 <= 2100:
        return _month_only(whole // 100, whole % 100, rule)
    if len(str(whole)) == 14 and number == whole:
        return _from_text(str(whole), rule)
    if number != whole and 1 <= number < 13:
        return _month_dot_day(number, rule)
    if number == whole and 1900 <= whole <= 2100 and not rule.birthday:
        return Read(None, "date_year_only")
    if 1 <= number < 80_000 and (whole >= 10_000 or (rule.birthday and whole > 2100)):
        return _from_datetime(datetime.combine(_EPOCH, datetime.min.time()) + timedelta(days=number), rule)
    if number == whole and 1900 <= whole <= 2100:
        return Read(None, "date_year_only")
    return Read(None, "date_unreadable")


def _written_together(whole: int, rule: DateRule) -> Read[Moment] | None:
    """20240305 and 240305; none where the number is no such day."""
    month, day = whole // 100 % 100, whole % 100
    if 10_000_000 <= whole <= 99_999_999:
        return _of(whole // 10_000, month, day, "", rule)
    if 100_000 <= whole <= 999_999 and _exists(_century(whole // 10_000, rule), month, day):
        return _of(_century(whole // 10_000, rule), month, day, "", rule)
    return None


def _month_dot_day(number: float, rule: DateRule) -> Read[Moment]:
    """3.5 typed for 5 March; 3.1 may have been 3.10, so it is not guessed."""
    month, _, day = format(number, ".10g").partition(".")
    if len(day) == 1 and day in "123":
        return Read(None, "date_dot_lost")
    return _without_year(int(month), int(day) if len(day) <= 2 else 0, "", rule)


def _from_text(text: str, rule: DateRule) -> Read[Moment]:
    bare = _NOISE.sub("", text).strip(" ,;。")
    if any(char in _CHINESE or char == "十" for char in bare):
        bare = _chinese_digits(bare)
    if bare.replace(".", "", 1).isdecimal():
        return _from_digits(bare, rule)
    clock = _CLOCK.search(bare)
    if clock and clock.start() and (bare[clock.start()] in "T \t上下凌早中晚" or "日" in bare[: clock.start()]):
        seconds = _clock_text(clock)
        if seconds is None:
            return Read(None, "date_impossible")
        return _day_text(bare[: clock.start()].strip(" T"), seconds, rule)
    if bare[:2] in _YEARS_OFF and not rule.birthday:
        return _of_relative_year(bare, rule)
    read = _day_text(bare, "", rule)
    # 上周六 has lost its weekday by now.
    return Read(None, "date_relative") if read.code == "date_unreadable" and _RELATIVE.search(text) else read


def _of_relative_year(text: str, rule: DateRule) -> Read[Moment]:
    """去年12月, 今年3月5日: from the year that the sheet's other days tell, else from this one.

    Flagged, for the sheet may be an old one.
    """
    year = (rule.year or rule.today.year) + _YEARS_OFF[text[:2]]
    read = _day_text(f"{year}年{text[2:].lstrip('的 ')}", "", rule)
    if read.value is None or read.code == "date_future":
        return read if read.value else Read(None, "date_relative")
    return Read(read.value, "date_relative_year", {"year": year})


def _from_digits(text: str, rule: DateRule) -> Read[Moment]:
    if len(text) in (12, 14) and text.isdecimal():
        clock = f"{text[8:10]}:{text[10:12]}:{text[12:] or '00'}"
        if not _is_clock(clock):
            return Read(None, "date_unreadable")
        return _of(int(text[:4]), int(text[4:6]), int(text[6:8]), clock, rule)
    if len(text) == 6 and text.isdecimal() and _exists(_century(int(text[:2]), rule), int(text[2:4]), int(text[4:])):
        return _of(_century(int(text[:2]), rule), int(text[2:4]), int(text[4:]), "", rule)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        month, day = text.split(".")
        return _without_year(int(month), int(day), "", rule)
    if re.fullmatch(r"\d{4}\.\d{1,2}", text):
        return _month_only(int(text[:4]), int(text[5:]), rule)
    return _from_number(float(text), rule) if len(text) < 16 else Read(None, "date_unreadable")


def _day_text(text: str, clock: str, rule: DateRule) -> Read[Moment]:
    """A day written with separators: the first of its forms that fits."""
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None and (pattern is not _DAY_ALONE or rule.month):
            return read(match, clock, rule)
    if text.isdecimal():
        return _with_clock(_from_digits(text, rule), clock)
    return _no_day(text)


def _no_day(text: str) -> Read[Moment]:
    if len(_SEVERAL.findall(text)) > 1:
        return Read(None, "date_two")
    if _YEAR.fullmatch(text):
        return Read(None, "date_year_only")
    if _RELATIVE.search(text):
        return Read(None, "date_relative")
    return Read(None, "date_unreadable")


def _short_year(match: re.Match[str], clock: str, rule: DateRule) -> Read[Moment]:
    """24.3.5, 24年3月5日; 05/03/24 where the column says so. What can be read both ways is not guessed."""
    first, sign, second, third = int(match[1]), match[2], int(match[3]), int(match[4])
    year_first = _exists(_century(first, rule), second, third)
    year_last = _exists(_century(third, rule), second, first) or _exists(_century(third, rule), first, second)
    if sign == "年" or rule.year_first or (year_first and ((first > 12 and sign != "/") or not year_last)):
        return _of(_century(first, rule), second, third, clock, rule)
    if year_first and rule.day_first is None:
        return Read(None, "date_order_ambiguous")
    return _day_or_month_first(first, second, _century(third, rule), clock, rule)


def _day_or_month_first(first: int, second: int, year: int, clock: str, rule: DateRule) -> Read[Moment]:
    """5/3/2024: clear where one part is above 12 or both are equal or the column has decided; else flagged."""
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 else (second, first)
        return _of(year, month, day, clock, rule)
    if rule.day_first is None:
        read = _of(year, first, second, clock, rule)
        return Read(read.value, "date_order_ambiguous")
    day, month = (first, second) if rule.day_first else (second, first)
    return _of(year, month, day, clock, rule)


def _english(match: re.Match[str], clock: str, rule: DateRule) -> Read[Moment]:
    month = _MONTHS.get(match["mon"][:3].lower())
    day = match["d1"] or match["d2"]
    if month is None or (match["d1"] and match["d2"]):
        return Read(None, "date_unreadable")
    year = int(match["y"]) if len(match["y"]) == 4 else _century(int(match["y"]), rule)
    return _of(year, month, int(day), clock, rule) if day else _month_only(year, month, rule)


def _part_of_month(match: re.Match[str], _clock: str, rule: DateRule) -> Read[Moment]:
    """3月底, 3月初, 3月中: a day of that part, flagged as about."""
    year = _century(int(match[1]), rule) if match[1] else rule.year
    month = int(match[2])
    if year is None or not 1 <= month <= 12:
        return Read(None, "date_without_year" if year is None else "date_impossible")
    day = {"初": 1, "上": 1, "中": 15, "下": 25}.get(match[3][0]) or monthrange(year, month)[1]
    read = _of(year, month, day, "", rule)
    return Read(read.value, read.code or "date_about", read.values)


def _month_only(year: int, month: int, rule: DateRule) -> Read[Moment]:
    if not 1 <= month <= 12:
        return Read(None, "date_impossible")
    if rule.birthday:
        return Read(None, "date_month_only")
    read = _of(year, month, 1, "", rule)
    return Read(read.value, read.code or "date_month_only", read.values)


def _without_year(month: int, day: int, clock: str, rule: DateRule) -> Read[Moment]:
    if not _exists(rule.year or 2000, month, day):
        return Read(None, "date_impossible")
    if rule.birthday:
        return Read((f"--{month:02}-{day:02}", ""))
    if rule.year is None:
        return Read(None, "date_without_year")
    read = _of(rule.year, month, day, clock, rule)
    if month == rule.month:
        return read  # 3月5日 under 2024年3月 leaves nothing open
    return Read(read.value, read.code or "date_year_assumed", read.values or {"year": rule.year})


def _of(year: int, month: int, day: int, clock: str, rule: DateRule) -> Read[Moment]:
    if not _exists(year, month, day):
        return Read(None, "date_impossible")
    return _checked(date(year, month, day), clock, rule)


def _checked(day: date, clock: str, rule: DateRule) -> Read[Moment]:
    """A day that exists, flagged where it lies too far back, or ahead where it cannot."""
    moment = (day.isoformat(), clock)
    if (rule.past or rule.birthday) and day > rule.today:
        return Read(moment, "date_future")
    if day.year < (1900 if rule.birthday else 1970):
        return Read(moment, "date_very_old")
    if day.year > rule.today.year + 20:
        return Read(moment, "date_future")
    return Read(moment)


def _with_clock(read: Read[Moment], clock: str) -> Read[Moment]:
    return Read((read.value[0], clock), read.code, read.values) if read.value and clock else read


def _clock_text(match: re.Match[str]) -> str | None:
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    half = (match["half"] or match["after"] or "").lower()
    if (half in ("下午", "晚上", "晚", "pm") and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    if half in ("am", "凌晨") and hour == 12:
        hour = 0
    text = f"{hour:02}:{minute:02}:{second:02}"
    return ("" if text == "00:00:00" else text) if _is_clock(text) else None


def _is_clock(text: str) -> bool:
    hour, minute, second = (int(part) for part in text.split(":"))
    return hour < 24 and minute < 60 and second < 60


@cache
def _exists(year: int, month: int, day: int) -> bool:
    return 1800 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _century(year: int, rule: DateRule) -> int:
    """A two-digit year in its century: at most ten years ahead, for birthdays never ahead."""
    if year > 99:
        return year
    limit = rule.today.year % 100 + (0 if rule.birthday else 10)
    return (2000 if year <= limit else 1900) + year


def _chinese_digits(text: str) -> str:
    """二〇二四年三月二十五日 with digits; the rest as it is."""
    text = re.sub(r"(?<![一二三四五六七八九])十(?=[一二三四五六七八九])", "1", text)
    text = re.sub(r"(?<![一二三四五六七八九])十", "10", text)
    text = re.sub(r"(?<=[一二三四五六七八九])十(?=[一二三四五六七八九])", "", text)
    text = re.sub(r"(?<=[一二三四五六七八九])十", "0", text)
    return "".join(_CHINESE.get(char, char) for char in text)


# The order counts: 2024.3.5 is no short year, and 3月底 no month.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, DateRule], Read[Moment]]], ...]] = (
    (_YMD, lambda m, clock, rule: _of(int(m[1]), int(m[2]), int(m[3]), clock, rule)),
    (_TAIL_YEAR, lambda m, clock, rule: _day_or_month_first(int(m[1]), int(m[3]), int(m[4]), clock, rule)),
    (_SHORT, _short_year),
    (_PART, _part_of_month),
    (_YEAR_MONTH, lambda m, _, rule: _month_only(_century(int(m[1]), rule), int(m[2]), rule)),
    (_MONTH_DAY, lambda m, clock, rule: _without_year(int(m[1]), int(m[2]), clock, rule)),
    (_DAY_ALONE, lambda m, clock, rule: _without_year(rule.month or 0, int(m[1]), clock, rule)),
    (_ENGLISH, _english),
)
