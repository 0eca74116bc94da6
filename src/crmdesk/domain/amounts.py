"""Amounts, quantities and counts as people write them: exact ints out, everything doubtful flagged."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from crmdesk.domain.money import MONEY_UNIT, QUANTITY_UNIT
from crmdesk.domain.reading import Read
from crmdesk.domain.text import ERROR_WORDS, half_width, is_error, plain, says_nothing

_LIMIT: Final = Decimal(10) ** 13  # 10 trillion: more is no amount and would not fit the file's integers
_SCALES: Final = {
    "": 1, "十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "萬": 10_000, "w": 10_000, "十万": 100_000,
    "百万": 1_000_000, "千万": 10_000_000, "m": 1_000_000, "亿": 100_000_000, "億": 100_000_000,
}  # fmt: skip
_CURRENCY: Final = re.compile(
    r"^(?:人民币|rmb|cny|usd|eur|gbp|hkd|us\$|hk\$|[¥￥$€£])\s*|\s*(?:rmb|cny|usd|eur|gbp|hkd|人民币)$", re.I
)
_FOREIGN: Final = re.compile(r"usd|eur|gbp|hkd|[$€£]|美元|美金|欧元|英镑|港币|日元", re.I)
_ENDING: Final = re.compile(r"(?:元整?|块钱?|圆整?|钱|/年|/月|一年|左右)$")
_ABOUT: Final = re.compile(
    r"^(?:约|大约|大概|近|将近|差不多|预计|估计|≈|~|>|<|≥|≤|超过?|不到)\s*"
    r"|\s*(?:左右|上下|多|余|\+|以上|以内|以下|几)(?:元|块)?$"
)
_NUMBER: Final = re.compile(r"(?P<number>\d+(?:\.\d*)?|\.\d+)\s*(?P<scale>十万|百万|千万|[十百千万萬亿億kwm])?", re.I)
_TWO_NUMBERS: Final = re.compile(r"\d \d")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_GERMAN: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?|\d+,\d*")
_RANGE: Final = re.compile(r"(.+?)\s*(?:-|~|—|–|至|到)\s*(.+)")
_SUM: Final = re.compile(r"[^+]+(?:\+[^+]+)+")
_MIXED: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿|千)\s*(\d+(?:\.\d+)?)\s*(千|百)?")
_COUNTED: Final = re.compile(r"(?<=\d)\s*(?![kw]$|[万千百亿])[^\d\s.,+\-~～%()]{1,3}$", re.I)
_PER_PIECE: Final = re.compile(r"\s*(?:/|每)\s*[\u4e00-\u9fffA-Za-z]{1,3}$")
_PIECE: Final = r"[斤两克吨箱盒瓶袋包件个条套台只双张本支桶罐板份打桌碗把根块枚升米]|公斤|千克|公升|平方?"
_HALF: Final = re.compile(rf"(?P<n>\d+|[一二三四五六七八九十两]+)?(?:{_PIECE})?半(?:{_PIECE})?")
_CHINESE_COUNT: Final = re.compile(rf"(?P<n>[一二三四五六七八九十两百]+)\s*(?:{_PIECE})")
_FREE: Final = frozenset(["免费", "赠送", "赠品", "送", "免单", "free", "零", "零元", "0元", "无偿"])
_UPPER: Final = (
    {char: number for number, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {char: number for number, char in enumerate("〇一二三四五六七八九")}
    | {"两": 2, "贰": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6}
)
_PLACES: Final = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_CHINESE_NUMBER: Final = re.compile(r"[零壹贰叁肆伍陆柒捌玖〇一二三四五六七八九两貳參叄陸拾十佰百仟千万萬亿億]+")
_CHINESE_AMOUNT: Final = re.compile(rf"(?P<whole>{_CHINESE_NUMBER.pattern})?(?:[元圆块](?P<rest>.*))?")
_SMALL: Final = re.compile(r"(?:零)?(?:(?P<j>.)角)?(?:零)?(?:(?P<f>.)分)?(?:[整正])?")


@dataclass(frozen=True)
class AmountRule:
    """How a column writes its amounts: `unit` 10000 for 万元, `german` where all of it is 1.234,50."""

    unit: int = 1
    german: bool = False


_PLAIN: Final = AmountRule()
_NO_QUANTITY: Final = Read[int](None, "quantity_unreadable")


def read_amount(value: object, rule: AmountRule = _PLAIN) -> Read[int]:
    """An amount as int money (1/10,000). Ranges, about, foreign signs are flagged; no text ever becomes 0."""
    if isinstance(value, bool):
        return Read(None, "amount_unreadable")
    if isinstance(value, int | float):
        return _bare(value, rule)
    text = half_width(plain(value)).lower().rstrip("。;,，")
    if says_nothing(text):
        return Read(None)
    if _TWO_NUMBERS.search(text):
        return Read(None, "amount_unreadable")
    text = text.replace(" ", "")
    if text in ERROR_WORDS or is_error(text):
        return Read(None, "cell_error")
    if text in _FREE:
        return Read(0)
    read = _from_text(text, rule)
    if read.code == "" and read.value is not None and _FOREIGN.search(text):
        return Read(read.value, "amount_currency")
    return read


def read_price(value: object, rule: AmountRule = _PLAIN) -> Read[int]:
    """The price of a piece: what it is counted in may stand behind it (1.5元/斤)."""
    return read_amount(_PER_PIECE.sub("", value) if isinstance(value, str) else value, rule)


def read_quantity(value: object) -> Read[int]:
    """A quantity as int (1/1,000); a unit behind it (3 箱) is no fault."""
    if isinstance(value, bool):
        return Read(None, "quantity_unreadable")
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > 1e12:
            return Read(None, "quantity_unreadable")
        return Read(_exact(value, QUANTITY_UNIT))
    text = half_width(plain(value))
    if says_nothing(text):
        return Read(None)
    if half := _HALF.fullmatch(text):
        whole = _chinese_number(half["n"]) if half["n"] and not half["n"].isdecimal() else int(half["n"] or 0)
        return Read(whole * QUANTITY_UNIT + QUANTITY_UNIT // 2) if whole is not None else _NO_QUANTITY
    if (counted := _CHINESE_COUNT.fullmatch(text)) and (number := _chinese_number(counted["n"])) is not None:
        return Read(number * QUANTITY_UNIT)
    read = read_amount(_COUNTED.sub("", text))
    if read.value is None:
        return Read(None, "cell_error" if read.code == "cell_error" else "quantity_unreadable")
    return Read(read.value * QUANTITY_UNIT // MONEY_UNIT, read.code.replace("amount_", "quantity_"), read.values)


def read_count(value: object) -> Read[int]:
    """A whole number: how often, how many points; a fraction is flagged."""
    read = read_quantity(value)
    if read.value is None or read.value % QUANTITY_UNIT:
        return Read(None, read.code or ("count_fraction" if read.value is not None else ""), read.values)
    return Read(read.value // QUANTITY_UNIT, read.code, read.values)


def read_pay_share(value: object, way: str) -> Read[int]:
    """The share that is paid, in millionths. `way` says what a plain number is: "pay_share" 0.8, "rate_off" 0.2.

    8折, 85折, 8.5折 and 七五折 say it themselves, so does 20% off; anything else is flagged.
    """
    text = half_width(plain(value)).lower().replace(" ", "")
    if says_nothing(text) or text in ("不打折", "无折扣", "原价", "全价"):
        return Read(None if says_nothing(text) else 1_000_000)
    if fold := re.fullmatch(r"(\d+(?:\.\d+)?|[一二三四五六七八九]{1,2})折", text):
        digits = "".join(str(_UPPER.get(char, char)) for char in fold[1])
        return _share(Decimal(digits) / (100 if Decimal(digits) >= 10 and "." not in digits else 10))
    if off := re.fullmatch(r"(\d+(?:\.\d+)?)%(?:off|优惠)|减(\d+(?:\.\d+)?)%", text):
        return _share(1 - Decimal(off[1] or off[2]) / 100)
    number = re.fullmatch(r"(\d*\.?\d+)(%)?", text)
    if number is None:
        return Read(None, "discount_unreadable")
    share = Decimal(number[1]) / (100 if number[2] else 1)
    if way == "pay_share" and 1 < share <= 10 and not number[2]:
        share /= 10
    return _share(1 - share if way == "rate_off" else share)


def _share(share: Decimal) -> Read[int]:
    return Read(round(share * 1_000_000)) if 0 <= share <= 1 else Read(None, "discount_unreadable")


def _bare(number: float, rule: AmountRule) -> Read[int]:
    if not math.isfinite(number):
        return Read(None, "cell_error")
    if rule.unit == 1 and abs(number) < 1e9:
        return Read(_exact(number, MONEY_UNIT))
    return _scaled(Decimal(str(number)), rule)


def _exact(number: float, unit: int) -> int:
    """A number in `unit`ths, as its decimal writing says; decimals are asked only near a half, for they cost 1 µs."""
    times = number * unit
    whole = round(times)
    if abs(times - whole) > 0.499:
        return int((Decimal(str(number)) * unit).to_integral_value(ROUND_HALF_EVEN))
    return whole


def _scaled(number: Decimal, rule: AmountRule) -> Read[int]:
    """A number without a unit of its own, times that of the column; 35000 in a column of 万元 is not believed."""
    if rule.unit > 1 and abs(number) >= 10_000:
        return Read(None, "amount_unit_doubtful", {"unit": rule.unit})
    return _money(number * rule.unit)


def _money(amount: Decimal) -> Read[int]:
    if abs(amount) >= _LIMIT:
        return Read(None, "amount_too_large")
    return Read(int((amount * MONEY_UNIT).to_integral_value(ROUND_HALF_EVEN)))


def _from_text(text: str, rule: AmountRule) -> Read[int]:
    """An amount written as text, lower case and without blanks."""
    if text.startswith(("(", "（")) and text.endswith((")", "）")):
        return _negated(_from_text(text[1:-1], rule))
    if text[0] in "-−–" and len(text) > 1:
        return _negated(_from_text(text[1:], rule))
    if re.fullmatch(r"[\d,]+(?:\.\d+)?-", text):
        return _negated(_from_text(text[:-1], rule))
    if about := _ABOUT.search(text):
        rest = text[: about.start()] + text[about.end() :]
        read = _from_text(rest, rule) if rest else Read[int](None)
        return Read(read.value, "amount_about" if read.value is not None else "amount_unreadable")
    if _SUM.fullmatch(text):
        return _summed(text, rule)
    text = text.removeprefix("+")
    bare = _CURRENCY.sub("", text)
    if bare[:1] in ("-", "−"):
        return _negated(_from_text(bare[1:], rule)) if len(bare) > 1 else Read(None, "amount_unreadable")
    return _one(bare, rule)


def _negated(read: Read[int]) -> Read[int]:
    return Read(-read.value if read.value is not None else None, read.code, read.values)


def _summed(text: str, rule: AmountRule) -> Read[int]:
    """5000+3000: the sum, if every part is clear."""
    parts = [_from_text(part, rule) for part in text.split("+") if part]
    values = [part.value for part in parts]
    if len(parts) < 2 or any(part.code for part in parts) or None in values:
        return Read(None, "amount_unreadable")
    return Read(sum(value for value in values if value is not None))


def _one(text: str, rule: AmountRule) -> Read[int]:
    """One amount without sign: digits in some grouping, a scale behind it, or Chinese capitals."""
    own_unit = _ENDING.search(text) is not None
    text = re.sub(r"(?:美元|美金|欧元|英镑|港币|日元)$", "", _ENDING.sub("", text))
    digits = _ungrouped(text, german=rule.german)
    if digits is None:
        return Read(None, "amount_grouping")
    if mixed := _MIXED.fullmatch(digits):
        return _mixed(mixed)
    if match := _NUMBER.fullmatch(digits):
        number, scale = Decimal(match["number"]), match["scale"] or ""
        if scale or own_unit:
            return _money(number * _SCALES[scale])
        return _scaled(number, rule)
    if (chinese := _chinese(text if not own_unit else text + "元")) is not None:
        return _money(chinese)
    if _RANGE.fullmatch(text) and sum(char.isdigit() for char in text) >= 2:
        return Read(None, "amount_range")
    return Read(None, "amount_unreadable")


def _mixed(match: re.Match[str]) -> Read[int]:
    """3万5 (35000), 3万5千, 1亿2000: the part behind takes the next lower place unless it names its own or is long."""
    high, scale, low, own = Decimal(match[1]), _SCALES[match[2]], Decimal(match[3]), match[4]
    if own:
        return _money(high * scale + low * _SCALES[own])
    if len(match[3]) == 1:
        return _money(high * scale + low * scale / 10)
    return _money(high * scale + low) if len(match[3]) >= 3 else Read(None, "amount_unreadable")


def _ungrouped(text: str, *, german: bool) -> str | None:
    """The text without grouping marks; None where a comma or point could mean two things."""
    number = re.match(r"[\d.,，'’]+", text.replace("，", ","))
    if number is None:
        return text
    digits, rest = number[0].replace("'", "").replace("’", ""), text[number.end() :]
    if german:
        if _GERMAN.fullmatch(digits) or digits.isdecimal():
            return digits.replace(".", "").replace(",", ".") + rest
        return None
    if "," not in digits:
        return digits + rest if digits.count(".") <= 1 else None
    if _GROUPED.fullmatch(digits):
        return digits.replace(",", "") + rest
    return None


def _chinese(text: str) -> Decimal | None:
    """贰万元整, 三千五百, 壹佰贰拾叁元肆角伍分; None where the text is no such amount."""
    match = _CHINESE_AMOUNT.fullmatch(re.sub(r"[整正]$", "", text))
    if match is None or not match["whole"]:
        return None
    whole = _chinese_number(match["whole"])
    small = _SMALL.fullmatch(match["rest"] or "")
    if whole is None or small is None:
        return None
    jiao, fen = _UPPER.get(small["j"] or "零"), _UPPER.get(small["f"] or "零")
    if jiao is None or fen is None:
        return None
    return Decimal(whole) + Decimal(jiao) / 10 + Decimal(fen) / 100


def _chinese_number(text: str) -> int | None:
    """A whole number in Chinese figures; None where the figures make no number."""
    total = section = digit = 0
    for char in text:
        if char in _UPPER:
            if digit:
                return None
            digit = _UPPER[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            total = (total + section + digit) * _SCALES[char]
            section = digit = 0
    last_place = _PLACES.get(text[-2:-1], 0) or _SCALES.get(text[-2:-1], 0) if len(text) > 2 else 0
    if digit and last_place >= 100 and text[-2:-1] not in ("十", "拾"):
        digit *= last_place // 10
    return total + section + digit
