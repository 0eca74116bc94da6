"""Cell contents as plain text: width, blanks, and what people write where they know nothing."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20}
_IS_WIDE: Final = re.compile(r"[\uff01-\uff5e\u3000\xa0\u202f]")
_INVISIBLE: Final = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF]
)
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_ESCAPED: Final = re.compile(r"_x000[0-9A-Fa-f]_")
# fmt: off
NOTHING_WORDS: Final = frozenset((
    "-", "--", "---", "—", "/", "//", "\\", ".", "。", "?", "？", "??", "？？", "…", "无", "没有", "暂无", "空",
    "未知", "不详", "不知道", "不清楚", "未填", "未填写", "未提供", "没留", "待定", "待补", "待补充",
    "n/a", "na", "nil", "null", "none", "nan", "nat",
))
DITTO_WORDS: Final = frozenset((
    "同上", "〃", "″", "‘’", "“”", "”", "＂", '"', "''", "〞", "同", "ditto", "同前", "同上行", "do.",
))
ERROR_WORDS: Final = frozenset((
    "#div/0!", "#n/a", "#n/a!", "#name?", "#null!", "#num!", "#ref!", "#value!", "#spill!", "#calc!", "#getting_data",
    "#field!", "inf", "-inf", "1.#inf", "1.#qnan",
))
# fmt: on


def half_width(text: str) -> str:
    """The text with full-width letters, digits, signs and blanks in their narrow form; CJK punctuation stays."""
    return text.translate(_WIDTH) if _IS_WIDE.search(text) else text


def tidy(text: str) -> str:
    """The text without invisible characters, without blanks around it, runs of blanks as one; width as typed."""
    if text.isprintable() and "_x" not in text and "  " not in text:
        return text.strip()
    if "_x" in text:
        text = _ESCAPED.sub(" ", text)
    text = text.translate(_INVISIBLE).replace("\xa0", " ").replace("\u3000", " ")
    return _BLANKS.sub(" ", text).strip()


def plain(value: object) -> str:
    """A cell's content as text: 13800138000.0 is "13800138000", a day is ISO, true is "TRUE"."""
    if isinstance(value, str):
        return value if value.isalnum() else tidy(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return tidy(str(value))


def float_text(value: float) -> str:
    """A number as a person would write it: no ".0", no exponent; 0.1 + 0.2 as 0.3."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e21:
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e-" in text else text


def says_nothing(text: str) -> bool:
    """Whether the text is one of the ways to write that one does not know: -, 无, N/A …"""
    return not text or (len(text) < 5 and text.lower() in NOTHING_WORDS)


def is_error(text: str) -> bool:
    """Whether the text is a spreadsheet's error value, such as #DIV/0!."""
    return (text.startswith("#") and text.endswith(("!", "?"))) or text.lower() in ERROR_WORDS


def is_ditto(text: str) -> bool:
    """Whether the text means: as in the row above (同上, 〃)."""
    return text.lower() in DITTO_WORDS
