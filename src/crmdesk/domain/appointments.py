"""Appointments in notes: 预约29号, 约明天下午, 三天内联系, 下周三回访, call back in 3 days. Told with their sentence.

A note is an appointment where one clause says both what is to be done and a day that is still to come as seen from the
day it was written. 最高五万 is none, 昨天联系过 is none. Nothing here creates anything: it is for the user to take up.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from crmdesk.domain.text import half_width

LONGEST: Final = 2_000  # signs of a note that are looked at
_FAR: Final = 366  # days ahead that an appointment can lie
_SENTENCE: Final = re.compile(r"[^。;!?\n]+")
_CLAUSE: Final = re.compile(r"[^,，]+")
_DEED: Final = re.compile(
    r"(?<![大制合节简隐违])约(?!束)|联系(?!人|方式|电话|地址)|回访|回电|回复|打电话|通电话|打给|拜访|上门|见面|面谈|跟进|到店|过来|再来|来(?:做|取|拿|看|买|提|修|洗|剪|交|付|结|试|订|办)|再谈|再聊|再问|再看|看货|看样|送样|送货|"
    r"报价|签约|签合同|取货|提货|安装|量房|复诊|复查|提醒|催款|收款|结账|付款"
    r"|\b(?:call|ring|phone|visit|meet|contact|follow[- ]?up|appointment|remind|come|see)\b",
    re.I,
)
_NEXT: Final = re.compile(r"下次|下一次|预约|计划|提醒|待办|\bnext\b", re.I)
_OVER: Final = re.compile(
    r"(?:联系|回访|拜访|打电话|电话|上门|见面|跟进|到店|来|送货|报价|取货|提货|付款|收款|问|谈|聊)(?:过|了|完)|已经?(?:联系|回访|拜访|上门|送|付|收|取|签|报价)"
    r"|取消|不用|不要|不必|无需|别(?:再)?(?:打|联系|来)|没(?:联系|约|来|打)|改期|未(?:联系|约|接)"
    r"|\b(?:called|visited|met|contacted|cancel\w*|no need|don't|do not)\b",
    re.I,
)
_DIGITS: Final = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_ENGLISH_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WEEKDAYS: Final = {char: place for place, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNT: Final = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_WITHIN: Final = r"\s*(?:之?内|以内|之?后|以后|过后)"

Day = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True)
class Appointment:
    """A day to come, and the sentence that names it."""

    due_on: date
    sentence: str


def find_appointments(text: str, written: date) -> list[Appointment]:
    """The appointments that a note names, relative to the day it was written; each day once, in the order told."""
    found: dict[date, str] = {}
    told = half_width(text[:LONGEST])
    if not _DEED.search(told):
        return []  # as most notes: not worth taking apart
    for sentence in _SENTENCE.findall(told):
        for clause in _CLAUSE.findall(sentence):
            if is_appointment(clause):
                day = day_in(clause, written)
                if day is not None and written <= day <= written + timedelta(days=_FAR):
                    found.setdefault(day, sentence.strip())
    return [Appointment(day, sentence) for day, sentence in found.items()]


def said_under(header: str, text: str) -> str:
    """What a cell says together with a header that says what for: 下周三 under 下次联系 is an appointment, too."""
    return f"{header}：{text}" if _NEXT.search(header) else text


def clauses(text: str) -> list[str]:
    """A note taken apart: a day belongs to the deed of its own clause."""
    return [
        clause for sentence in _SENTENCE.findall(half_width(text[:LONGEST])) for clause in _CLAUSE.findall(sentence)
    ]


def is_appointment(clause: str) -> bool:
    """Whether a clause says something to be done that is not over or called off."""
    return bool(_DEED.search(clause)) and not _OVER.search(clause)


def day_in(clause: str, written: date) -> date | None:
    """The day that a clause names, as seen from the day it was written."""
    for pattern, day_of in _grammar():
        match = pattern.search(clause)
        if match:
            return day_of(match, written)
    return None


def _number(text: str) -> int:
    """12, 三, 十, 十五, 二十一; halves are left to the caller."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _on(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _full(match: re.Match[str], _written: date) -> date | None:
    return _on(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], written: date) -> date | None:
    """3月5号: the next one."""
    month, day = _number(match["m"]), _number(match["d"])
    this_year = _on(written.year, month, day)
    return this_year if this_year and this_year >= written else _on(written.year + 1, month, day)


def _day_of_month(match: re.Match[str], written: date) -> date | None:
    """29号: the next one; 下个月5号: that of the next month."""
    day = _number(match["d"])
    later = bool(match["next"])
    for ahead in (1,) if later else (0, 1, 2):
        months = written.year * 12 + written.month - 1 + ahead
        found = _on(months // 12, months % 12 + 1, day)
        if found and found >= written:
            return found
    return None


def _days(match: re.Match[str], written: date) -> date | None:
    return None if match["n"] == "半" else written + timedelta(days=_number(match["n"]))


def _weeks(match: re.Match[str], written: date) -> date | None:
    return None if match["n"] == "半" else written + timedelta(days=7 * _number(match["n"]))


def _months(match: re.Match[str], written: date) -> date | None:
    if match["n"] == "半":
        return written + timedelta(days=15)
    months = written.year * 12 + written.month - 1 + _number(match["n"])
    return date(months // 12, months % 12 + 1, min(written.day, monthrange(months // 12, months % 12 + 1)[1]))


def _named_day(match: re.Match[str], written: date) -> date | None:
    """今天 is the day of the note, 大后天 three days on."""
    ahead = {"今": 0, "明": 1, "后": 2, "大": 3}[match[0][0]]
    return written + timedelta(days=ahead)


def _weekday(match: re.Match[str], written: date) -> date | None:
    """下周三 lies in the next week, 周三 is the next one to come."""
    place = _WEEKDAYS[match["w"]]
    monday = written - timedelta(days=written.weekday())
    if match["next"]:
        return monday + timedelta(days=7 * len(match["next"].replace("个", "")) + place)
    day = monday + timedelta(days=place)
    return day if day >= written or match["this"] else day + timedelta(days=7)


def _next_week(_match: re.Match[str], written: date) -> date | None:
    return written + timedelta(days=7 - written.weekday())


def _next_month(_match: re.Match[str], written: date) -> date | None:
    return (written.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_end(_match: re.Match[str], written: date) -> date | None:
    return written.replace(day=monthrange(written.year, written.month)[1])


def _english_ahead(match: re.Match[str], written: date) -> date | None:
    number = _ENGLISH_NUMBERS.get(match["n"].lower()) or int(match["n"])
    return written + timedelta(days=number * (7 if match["unit"].lower().startswith("week") else 1))


def _english_weekday(match: re.Match[str], written: date) -> date | None:
    place = _ENGLISH_DAYS.index(match["w"].lower()[:3])
    ahead = (place - written.weekday()) % 7
    return written + timedelta(days=ahead or (7 if match["next"] else 0))


def _english_month_day(match: re.Match[str], written: date) -> date | None:
    month = _ENGLISH_MONTHS.index((match["m1"] or match["m2"]).lower()[:3]) + 1
    day = int(match["d1"] or match["d2"])
    this_year = _on(written.year, month, day)
    return this_year if this_year and this_year >= written else _on(written.year + 1, month, day)


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], Day], ...]:
    """What a day can look like, the most exact first: the first that is found tells the day of a clause."""
    months = "|".join(_ENGLISH_MONTHS)
    days = "|".join(_ENGLISH_DAYS)
    number = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
    told: tuple[tuple[str, Day], ...] = (
        (r"(?<!\d)(?P<y>20\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)", _full),
        (rf"(?<!\d)(?P<m>{number})\s*月\s*(?P<d>{number})\s*[日号]?(?!\d)", _month_day),
        (rf"{_COUNT}\s*个?(?:工作)?[天日]{_WITHIN}", _days),
        (rf"{_COUNT}\s*个?(?:周|星期|礼拜){_WITHIN}", _weeks),
        (rf"{_COUNT}\s*个?月{_WITHIN}", _months),
        (r"大后[天日]|今[天日晚]|明[天日早晚]|后[天日]", _named_day),
        (r"(?P<this>[本这]个?)?(?P<next>(?:下个?){1,2})?(?:周|星期|礼拜)(?P<w>[一二三四五六日天末])", _weekday),
        (
            rf"(?P<next>下个?月)?(?<![\d.路街巷弄道村组栋])(?P<d>{number})\s*[号日](?![楼院线店铺机码馆门库桌仓房室厂车柜\d])",
            _day_of_month,
        ),
        (r"下(?:个)?(?:周|星期|礼拜)", _next_week),
        (r"月底|月末", _month_end),
        (r"下(?:个)?月", _next_month),
        (
            r"\b(?:in|within)\s+(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven)\s+(?P<unit>days?|weeks?)\b",
            _english_ahead,
        ),
        (r"\btomorrow\b", lambda _match, written: written + timedelta(days=1)),
        (r"\btoday\b|\btonight\b", lambda _match, written: written),
        (rf"\b(?P<next>next\s+)?(?P<w>{days})(?:day|sday|nesday|rsday|urday)?\b", _english_weekday),
        (r"\bnext week\b", _next_week),
        (r"\bnext month\b", _next_month),
        (
            rf"\b(?:(?P<m1>{months})[a-z]*\.?\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{months})[a-z]*)\b",
            _english_month_day,
        ),
    )
    return tuple((re.compile(pattern, re.I), day_of) for pattern, day_of in told)
