"""Phones and streets as they compare, whatever way they were written."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from crmdesk.domain.keys import address_key
from crmdesk.domain.simplified import simplified

_AREA: Final = re.compile(r"(0\d{2,3})-([2-9]\d{6,7})(?:-\d+)?")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_PLACES: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}?(?:市|自治州|地区|盟))?"
    r"(?:[\u4e00-\u9fff]{1,6}?(?:区|县|市|旗))?"
)
_NUMBERS: Final = re.compile(r"\d+[a-z]?|[a-z]\d*")
_DIGITS: Final = "零一二三四五六七八九"
_COUNTED: Final = re.compile(r"[零〇一二三四五六七八九十百]+(?=[号栋幢楼室层单座弄组])")
_MANY_DIGITS: Final = 6
_FULL_STREET: Final = 5  # characters from which a street says where a customer is
NEAR: Final = 80
FAR: Final = 60


class Where(StrEnum):
    """How two streets stand to each other."""

    UNKNOWN = "unknown"
    SAME = "same"
    NEAR = "near"
    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"


def phone_key(phone: str) -> str:
    """A phone as two spellings of it compare: a landline without its area and extension; "" for no real number."""
    if (landline := _AREA.fullmatch(phone)) is not None:
        return landline[2]
    bare = phone.partition("-")[0] if phone[:1] == "1" or phone[:2] in ("40", "80") else phone
    digits = re.sub(r"\D", "", bare)
    if len(digits) <= _MANY_DIGITS or len(set(digits)) < 3 or digits in "01234567890123456789":
        return ""
    return digits


def nearly_the_same(one: str, other: str) -> bool:
    """Whether two mobile numbers differ by one digit, or by two that changed places."""
    if not (_MOBILE.fullmatch(one) and _MOBILE.fullmatch(other)):
        return False
    wrong = [at for at in range(11) if one[at] != other[at]]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1


def street_key(address: str) -> str:
    """An address as two spellings of it compare: without province, city and district, 十二号 apart."""
    if not address:
        return ""
    text = _COUNTED.sub(lambda found: _in_digits(found[0]), address_key(simplified(address)))
    street = _PLACES.sub("", text)
    return street if len(street) >= 2 else text


def _in_digits(number: str) -> str:
    """十二 and 一二 as 12, 二十 as 20, 一百零八 as 108."""
    digits = [str(_DIGITS.find(sign)) if sign in _DIGITS else sign for sign in number.replace("〇", "零")]
    if "十" not in digits and "百" not in digits:
        return "".join(digits)
    total, last = 0, 0
    for at, sign in enumerate(digits):
        if sign == "百":
            total, last = total + (last or 1) * 100, 0
        elif sign == "十":
            total, last = total + (last or (1 if at == 0 else 0)) * 10, 0
        else:
            last = int(sign)
    return str(total + last)


def house_numbers(street: str) -> list[str]:
    """The numbers in a street key, in their order."""
    return _NUMBERS.findall(street)


def where(one: str, other: str) -> Where:
    """How two street keys stand to each other; the numbers in them must be the same."""
    if not one or not other:
        return Where.UNKNOWN
    if one == other:
        return Where.SAME if len(one) >= _FULL_STREET else Where.NEAR
    if min(len(one), len(other)) < _FULL_STREET:
        return Where.UNCLEAR
    mine, theirs = house_numbers(one), house_numbers(other)
    fewer = min(len(mine), len(theirs))
    if mine[:fewer] != theirs[:fewer] and mine[-fewer:] != theirs[-fewer:]:
        return Where.ELSEWHERE
    if fewer and (one in other or other in one):
        return Where.SAME
    alike = fuzz.ratio(one, other)
    if alike >= NEAR and fewer:
        return Where.NEAR
    return Where.ELSEWHERE if alike < FAR else Where.UNCLEAR


def may_be_near(one: str, other: str) -> bool:
    """Whether `where` could find two streets the same or near; cheap, and never too strict."""
    return one in other or other in one or fuzz.ratio(one, other, score_cutoff=NEAR) > 0
