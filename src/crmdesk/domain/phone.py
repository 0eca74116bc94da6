"""Phone numbers as people write them: digits without +86, landlines "0571-88881234", extensions "-801"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain, says_nothing

Point = tuple[str, str, str]  # kind, value, label
Phones = Read[list[Point]]

_AREAS: Final = (
    r"10|2[0-9]|3(?:1\d|35|49|5\d|7\d|9[1-8])|4(?:1[1-9]|2[179]|3\d|40|5\d|6[4-9]|7\d|8[23])"
    r"|5(?:1\d|2[37]|3\d|4[36]|5\d|6[1-6]|7\d|80|9\d)|6(?:3[1-5]|6[0238]|9[12])"
    r"|7(?:0[1]|1\d|2[248]|3\d|4[3-6]|5\d|6[0236-9]|7\d|9\d)|8(?:1[2-8]|2[5-7]|3\d|40|5\d|7\d|8[1-8]|9[1-8])"
    r"|9(?:0[1-9]|1\d|3\d|4[13]|5[1-5]|7\d|9\d)"
)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−─－﹣~～", "-"))
_EXT: Final = r"(?:\s*(?:-{1,2}|转|轉|分机号?|内线|ext\.?|x|#|,)\s*:?\s*(?P<ext>\d{1,6}))?(?!\d)"
_FOREIGN: Final = re.compile(
    r"(?<![\d])(?:\+|00)(?!\s?86)\d[\d\s().-]{5,18}\d(?:\s*(?:x|ext\.?|转|#)\s*\d{1,6})?", re.I
)
_SPACED_MOBILE: Final = re.compile(r"(?<!\d)1[3-9](?:[-\s]?\d){9}(?!\d)")
_TOKEN: Final = re.compile(
    r"(?<![\d.])(?:\(?\+?\s?(?:00)?86\)?[-\s]{0,2}(?=[01(]))?"
    r"(?:(?P<mobile>0?1[3-9](?:[-\s.]?\d){9})(?!\d)(?:(?:\s*(?:转|轉|ext\.?|x)\s*|-(?=\d{4}(?![-\d])))(?P<mext>\d{1,6}))?"
    rf"|\(?(?P<area>0(?:{_AREAS}))\)?[-\s]{{0,3}}(?P<local>[1-9]\d{{2,3}}[-\s]?\d{{4}}){_EXT}"
    rf"|(?P<service>[48]00(?:[-\s]?\d){{7}})(?!\d){_EXT.replace('<ext>', '<sext>')}"
    rf"|(?<!\d[-\s)])(?<!\d\)\s)(?P<near>[2-9]\d{{6,7}}|[2-9]\d{{2,3}}-\d{{4}}){_EXT.replace('<ext>', '<next>')}"
    r"|(?P<short>(?:95|96|10|12)\d{3,4})(?!\d))",
    re.I,
)
_MASKED: Final = re.compile(r"\d[*＊xX•·]{2,}\d")
_SAME_WECHAT: Final = re.compile(
    r"微信\s*(?:同号|同手机号?|同电话|号?同)|同微信|手机(?:号)?(?:和|与|同)?微信(?:同号|号)?|v同号|vx同号|wx同号", re.I
)
_ID: Final = r"[A-Za-z][A-Za-z0-9_-]{5,19}"
_WECHAT_ID: Final = re.compile(
    rf"(?:微信号?|v信|\b(?:weixin|wechat|wx|vx|v))\s*[:：=]?\s*(?P<id>(?<=[微信号\s:：=]){_ID})", re.I
)
# Letters enough that it is no mistyped number, a sign that no plain word has, digits too few for tel0571-88881234.
_ONLY_ID: Final = re.compile(rf"(?=wx|(?:[\d_-]*[A-Za-z]){{3}}(?!(?:\D*\d){{7}}))(?=.*[\d_-]){_ID}", re.I)
_NO_ZERO: Final = re.compile(rf"(?:\+|\b00)86[-\s]*\(?(?=(?:{_AREAS})\)?[-\s]*[2-9]\d{{2,3}}[-\s]?\d{{4}}(?!\d))")
_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_LABEL_EDGE: Final = " \t()（）[]【】:：/、,，;；|\\-.。*\n和及或'`‘’"
_PARTING: Final = re.compile(r"[/、,，;；|\n\\]")
_KIND_LABELS: Final = re.compile(
    r"^(?:手机|手机号码?|电话|电话号码|联系电话|联系方式|tel|mobile|phone|座机|固话|办公电话|m|t|p)$", re.I
)
_LETTERS: Final = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"})  # typed for digits
_LETTER: Final = r"[^\W\d_\u3400-\u9fff]"  # of a word; Chinese stands beside anything
# 1381111OOO5, l3800138000, 138-OOOO-1234: among digits, and not the end of Tel.
_TYPED: Final = re.compile(
    rf"(?<!{_LETTER})(?:(?<=\d)[OoIl〇]+|[OoIl〇]+(?=\d)|(?<=\d[-\s])[Oo〇]+(?=[-\s]\d))(?!{_LETTER})"
)
_FAX: Final = re.compile(r"传真|fax", re.I)


def read_phones(value: object, *, foreign: bool = False) -> Phones:
    """All numbers in a cell with their labels. `foreign`: the column's are not Chinese."""
    if isinstance(value, float) and 1.3e10 <= value < 2e10 and value == int(value):
        return Read([("phone", str(int(value)), "")])
    if isinstance(value, str) and _is_mobile(value):
        return Read([("phone", value, "")])  # as most of them stand there
    text = half_width(plain(value)).translate(_DASHES)
    if _is_mobile(text):
        return Read([("phone", text, "")])
    if says_nothing(text):
        return Read(None)
    if text[:1].isalpha() and _ONLY_ID.fullmatch(text):
        return Read([("wechat", text, "")], "phone_is_wechat")
    if _EXPONENT.fullmatch(text) or _MASKED.search(text):
        return Read(None, "phone_digits_lost")
    return _foreign_column(text) if foreign else _several(text)


def _is_mobile(text: str) -> bool:
    return len(text) == 11 and text[0] == "1" and text[1] in "3456789" and text.isascii() and text.isdecimal()


def _several(text: str) -> Phones:
    """Find every number; what has digits and is no number is flagged, words beside a number are its label."""
    same_wechat = bool(_SAME_WECHAT.search(text))
    rest = _NO_ZERO.sub("0", _SAME_WECHAT.sub(" ", text))
    ids = [match["id"] for match in _WECHAT_ID.finditer(rest)] if not rest.isdecimal() else []
    if ids:
        rest = _WECHAT_ID.sub(" ", rest)
    found: list[tuple[int, int, str]] = []
    if "+" in rest or "00" in rest:
        inside = [match.span() for match in _SPACED_MOBILE.finditer(rest)]  # the 00 of 185 0044 4890 is no country's
        foreign = [m for m in _FOREIGN.finditer(rest) if not any(start < m.start() < end for start, end in inside)]
        found = [(m.start(), m.end(), _international(m[0])) for m in foreign]
        found = [(start, end, number) for start, end, number in found if number]
        for start, end, _ in found:
            rest = rest[:start] + "\x00" * (end - start) + rest[end:]
    area = ""
    for match in _TOKEN.finditer(rest):
        area = match["area"] or area
        found.append((match.start(), match.end(), _number(match, area)))
    found.sort()
    points, unread = _labelled(rest, found)
    if same_wechat and points:
        points.append(("wechat", points[0][1], ""))
    points += [("wechat", one, "") for one in ids]
    if not points:
        return _doubtful(text, unread)
    if unread:
        return Read(points, "phone_part_unread", {"part": " ".join(unread)})
    return Read(points)


def _number(match: re.Match[str], area: str) -> str:
    """The number of a match in our form; a number without area code takes that of the one before it."""
    if match["mobile"]:
        mobile = _digits(match["mobile"])[-11:]
        return f"{mobile}-{match['mext']}" if match["mext"] else mobile
    if match["service"] or match["short"]:
        number = _digits(match["service"] or match["short"])
        return f"{number}-{match['sext']}" if match["sext"] else number
    local = _digits(match["local"] or match["near"])
    extension = match["ext"] or match["next"]
    number = f"{match['area'] or area}-{local}" if match["area"] or area else local
    return f"{number}-{extension}" if extension else number


def _labelled(text: str, found: list[tuple[int, int, str]]) -> tuple[list[Point], list[str]]:
    """Each number with the words that belong to it, and the pieces with digits that were not understood."""
    points: list[Point] = []
    unread: list[str] = []
    before = text[: found[0][0]] if found else text
    label = _label(before, unread)
    # 138… 王姐 139… 老公: nothing before the first number and something behind the last one.
    behind = not label and bool(found) and bool(_label(text[found[-1][1] :], []))
    for at, (_, end, number) in enumerate(found):
        following = text[end : found[at + 1][0] if at + 1 < len(found) else len(text)]
        bracket = re.match(r"\s*[(（\[【]([^)）\]】]*)[)）\]】]?", following)
        own = _label(bracket[1], unread) if bracket else ""
        mine, others = _parted(following[bracket.end() :] if bracket else following, behind, at + 1 == len(found))
        tail = _label(mine, unread)
        if own and tail and not others:
            tail, others = "", mine  # (王姐) 老公 139…
        known = "" if _KIND_LABELS.match(label) else label
        wanted = own or " ".join(part for part in (known, tail) if part) or label
        kind = "fax" if _FAX.search(wanted) else "phone"
        point = (kind, number, "" if kind == "fax" or _KIND_LABELS.match(wanted) else wanted)
        if (kind, number) not in {known[:2] for known in points}:
            points.append(point)
        label = _label(others, unread)
    return points, unread


def _parted(text: str, behind: bool, last: bool) -> tuple[str, str]:
    """The words behind a number that are its own, and those that belong to the next number."""
    if last:
        return text, ""
    mine, sign, others = _parts(text)
    if sign:
        return mine, others
    return (text, "") if behind else ("", text)


def _parts(text: str) -> tuple[str, str, str]:
    """A text before, at and behind the first sign that parts numbers."""
    sign = _PARTING.search(text)
    return (text[: sign.start()], sign[0], text[sign.end() :]) if sign else (text, "", "")


def _label(piece: str, unread: list[str]) -> str:
    """The words in a piece of text between numbers; digits in it are put aside as not understood."""
    unread.extend(re.findall(r"\d[\d\s().-]{3,}\d|\d{3,}", piece.replace("\x00", "")))
    words = re.sub(r"\d+", " ", piece.replace("\x00", ""))
    words = re.sub(r"\s+", " ", words).strip(_LABEL_EDGE)
    return "" if words.lower() in ("or", "and") else words


def _doubtful(text: str, unread: list[str]) -> Phones:
    """A cell without any number of known form: digits that cannot be a number, or words only."""
    if _is_mobile(told := _digits(_TYPED.sub(lambda match: match[0].translate(_LETTERS), text))):
        return Read([("phone", told, "")], "phone_letters")
    digits = _digits(text)
    if len(digits) < 3:
        return Read(None, "phone_no_number")
    if len(digits) > 15:
        return Read(None, "phone_too_long", {"count": len(digits)})
    if len(digits) in (10, 11) and re.fullmatch(rf"(?:{_AREAS})[2-9]\d{{6,7}}", digits):
        cut = 2 if digits.startswith("10") or digits[0] == "2" else 3
        return Read([("phone", f"0{digits[:cut]}-{digits[cut:]}", "")], "phone_zero_added")
    if len(unread) > 1 and all(len(_digits(part)) >= 7 for part in unread):
        kept = [("phone", _digits(part), "") for part in unread]
        return Read(kept, "phone_digits", {"count": len(_digits(unread[0]))})
    return Read([("phone", digits, "")], "phone_digits", {"count": len(digits)})


def _foreign_column(text: str) -> Phones:
    """The numbers of a column that is not Chinese: digits, "+" and the country kept where given."""
    points: list[Point] = []
    for piece in re.split(r"\s*(?:[;,\n]|:::|\bor\b)\s*", text):
        main, _, extension = re.sub(r"(?i)\s*(?:x|ext\.?|#)\s*(\d{1,6})$", "~\\1", piece).partition("~")
        digits = _digits(main)
        if 5 <= len(digits) <= 15:
            number = _international(main) or digits
            points.append(("phone", f"{number}-{extension}" if extension else number, ""))
        elif digits:
            return Read(points or None, "phone_digits", {"count": len(digits)})
    return Read(points) if points else Read(None, "phone_no_number")


@lru_cache(maxsize=4096)
def _international(text: str) -> str:
    """A number with its country as +85291234567, an extension as -752; "" where it is none."""
    stripped = text.strip()
    if not stripped.startswith(("+", "00")):
        return ""
    import phonenumbers  # costs its loading only where a foreign number stands

    candidate = "+" + stripped[2:] if stripped.startswith("00") else stripped
    try:
        number = phonenumbers.parse(candidate.replace("转", "x").replace("#", "x"), None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    plus = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if plus.startswith("+86"):
        return ""
    return f"{plus}-{number.extension}" if number.extension else str(plus)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
