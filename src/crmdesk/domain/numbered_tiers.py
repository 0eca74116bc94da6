"""Tiers that a sheet gives as 1, 2, 3 or 一, 二, 三: which end is the best has to be said, by the sheet or by the user.

Words that say it themselves (A, VIP, 高, 一级客户) are the user's own and stay as they are.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from crmdesk.domain.text import half_width

End = Literal["low", "high", ""]

_CHINESE: Final = "一二三四五六七八九"
_NUMBER: Final = re.compile(rf"([1-9])(?:\.0)?|([{_CHINESE}])")
_NAMED: Final = re.compile(
    r"(?<!\d)([1-9])\s*(?:级|档|类|星|分)?\s*(?:为|是|=|:|代表|表示|即)?\s*(?:最高|最好|最重要|最优|最大|best|highest)",
    re.I,
)
_DOWN: Final = re.compile(r"(?:由|从)高(?:到|至|往)低|(?:由|从)(?:好|重要)(?:到|至)|(?:高|好)(?:→|->|—|~)(?:低|差)")
_UP: Final = re.compile(r"(?:由|从)低(?:到|至|往)高|数字越大|越大越|(?:低|差)(?:→|->|—|~)(?:高|好)")
_SMALL: Final = re.compile(r"数字越小|越小越")


def tier_number(text: str) -> int | None:
    """The number that a tier is, 1 to 9; None where it is a word."""
    match = _NUMBER.fullmatch(half_width(text).strip())
    if match is None:
        return None
    return int(match[1]) if match[1] else _CHINESE.index(match[2]) + 1


def told_end(text: str) -> End:
    """Which end a header or title says is the best: "low" where 1 is, "high" where the largest is; "" where unsaid."""
    plain = half_width(text)
    named = {match[1] for match in _NAMED.finditer(plain)}
    ends: set[End] = {"low" if number == "1" else "high" for number in named}
    if _DOWN.search(plain) or _SMALL.search(plain):
        ends.add("low")
    if _UP.search(plain):
        ends.add("high")
    return ends.pop() if len(ends) == 1 else ""


def tier_letter(number: int, best: str, most: int) -> str:
    """The level of a numbered tier, "A" for the best of `most`; "" for a number beyond them."""
    if number > most:
        return ""
    return chr(ord("A") + (number - 1 if best == "low" else most - number))
