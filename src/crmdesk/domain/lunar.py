"""Days of the lunar calendar, as people write them: 农历八月十五, 腊月二十三, 1985年(阴历)闰六月初一."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain

_MARK: Final = re.compile(r"[(（]?(?:农历|阴历|旧历|古历|农|阴|lunar)[)）]?\s*[:：]?", re.I)
_IN_HEADER: Final = re.compile(r"[农阴旧古]历|[(（][农阴][)）]|lunar", re.I)
_SOLAR: Final = re.compile(r"阳|公历|新历|国历|solar", re.I)
_SOLAR_MARK: Final = re.compile(r"\s*[(（]?(?:阳历|公历|新历|国历|阳|公|新|solar)[)）]?\s*[:：]?", re.I)
_MONTH_NAMES: Final = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_DIGITS: Final = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_LUNAR: Final = re.compile(
    r"(?:(?P<year>\d{4}|\d{2}|[〇零一二三四五六七八九]{4})\s*[年.\-/])?\s*(?P<leap>闰)?"
    r"(?P<month>\d{1,2}|[正冬腊臘]|十[一二]?|[一二三四五六七八九])\s*[月.\-/]\s*"
    r"(?P<day>初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|卅|\d{1,2}|[一二三四五六七八九])[日号]?"
)
# 月初 alone is the beginning of a month of ours; 月初五 is the fifth of a lunar one.
_ONLY_LUNAR: Final = re.compile(r"[正冬腊臘闰]|月\s*(?:初[一二三四五六七八九十]|廿|卅)")


def is_lunar(text: str) -> bool:
    """Whether the text says that its day is one of the lunar calendar."""
    return bool(_MARK.search(text) or _ONLY_LUNAR.search(text))


def is_lunar_day(text: str) -> bool:
    """Whether the text may be a day of the lunar calendar, said or not: 八月十五, 正月十六, 3.5."""
    return read_lunar_day(text).value is not None


def header_is_lunar(header: str) -> bool:
    """Whether a header says so of all its days: 生日(农历), but not 生日(农历/阳历)."""
    return bool(_IN_HEADER.search(header)) and not _SOLAR.search(header)


def without_solar_mark(text: str) -> str:
    """1979.7.7(阳历) without the word that says which calendar it is; "" where none says so."""
    bare = _SOLAR_MARK.sub("", text)
    return bare.strip() if bare != text else ""


def read_lunar_day(value: object) -> Read[str]:
    """A lunar birthday as "1985-08-15" or, without a year, "--08-15": numbers of the lunar calendar, not of ours."""
    text = half_width(plain(value))
    match = _LUNAR.fullmatch(_MARK.sub("", text).strip())
    if match is None:
        return Read(None, "date_unreadable")
    month, day = _month(match["month"]), _number(match["day"].removeprefix("初"))
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return Read(None, "date_impossible")
    year = _year(match["year"])
    if year and not 1900 <= year <= 2100:
        return Read(None, "date_very_old")
    iso = f"{year or '-'}-{month:02}-{day:02}"
    return Read(iso, "lunar_leap" if match["leap"] else "")


def solar_of(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of our calendar; None where that month of the moon has no such day. Loads lunar_python."""
    from lunar_python import Lunar, Solar

    try:
        found = Lunar.fromYmd(year, -month if leap else month, day).getSolar()
    except Exception:  # noqa: BLE001 - the library raises nothing more special for a leap month that is none
        return None
    back = Solar.fromYmd(found.getYear(), found.getMonth(), found.getDay()).getLunar()
    same = (abs(back.getMonth()), back.getDay()) == (month, day)  # the 30th of a month of 29 days runs on
    return date(found.getYear(), found.getMonth(), found.getDay()) if same else None


def _month(text: str) -> int:
    return _MONTH_NAMES.get(text) or _number(text)


def _year(text: str | None) -> int:
    """The year in digits, 0 where there is none; two digits are of the last century, or of this one up to 26."""
    if not text:
        return 0
    year = int("".join(str(_DIGITS.get(char, char)) for char in text))
    if year > 99:
        return year
    return (2000 if year <= 26 else 1900) + year


def _number(text: str) -> int:
    """A number up to 39 in digits or in Chinese: 15, 十五, 二十, 廿三, 卅."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
