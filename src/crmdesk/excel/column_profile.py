"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crmdesk.domain.names import is_organisation
from crmdesk.domain.text import half_width, is_ditto, is_error, plain, says_nothing
from crmdesk.excel.reference_data import region_table, surnames

_LOOKED_AT: Final = 400
_LONGEST: Final = 300  # a longer text is judged by its beginning
_MOBILE: Final = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE: Final = re.compile(r"\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}(?!\d)")
_DAY: Final = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[T\s].*)?|\d{1,2}/\d{1,2}/(?:19|20)?\d\d(?:\s.*)?"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:\d{1,2}月)?\d{1,2}[日号]|\d{1,2}月\d{1,2}"
    r"|(?:[农阴旧]历)?(?:\d{4}年)?闰?[正冬腊一二三四五六七八九十]{1,2}月(?:初|[一二三]?十|廿|卅)[一二三四五六七八九十]?"
)
_NUMBER: Final = re.compile(r"[-(]?[¥￥$]?\d[\d,]*(?:\.\d+)?\)?(?:元|万|w|k|万元)?")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_STREET: Final = re.compile(r"[路街道巷弄村镇乡]\w*\d|\d+[号栋幢室弄楼]|[路街巷]|大道|街道|小区|大厦|广场|工业园|市场")
_LOG: Final = re.compile(r"(?:\d{4}|\d{2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[:：,，]\s*\S")


@dataclass(frozen=True)
class Profile:
    """Counts and shares (0 to 1, of the filled cells) of a column's sample."""

    values: tuple[object, ...] = ()  # filled cells that say something
    texts: tuple[str, ...] = ()  # the same as text
    filled: float = 0.0  # of all rows of the sample
    distinct: float = 0.0
    phones: float = 0.0
    days: float = 0.0
    numbers: float = 0.0
    whole: float = 0.0
    mails: float = 0.0
    places: float = 0.0
    streets: float = 0.0
    numbered: float = 0.0  # streets with a house's number
    organisations: float = 0.0
    people: float = 0.0
    logs: float = 0.0
    length: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether no cell says anything."""
        return not self.values


def profile(cells: Sequence[object]) -> Profile:
    """Look at a column's cells, the first 400 of them."""
    cells = cells[:_LOOKED_AT]
    short = [cell[:_LONGEST] if isinstance(cell, str) else cell for cell in cells]
    pairs = [(cell, plain(cell)) for cell in short if cell is not None and cell != ""]
    pairs = [(cell, text) for cell, text in pairs if not (says_nothing(text) or is_ditto(text) or is_error(text))]
    if not pairs:
        return Profile()
    values, texts = tuple(cell for cell, _ in pairs), tuple(half_width(text) for _, text in pairs)
    count = len(texts)
    numbers = [_is_number(cell, text) for cell, text in zip(values, texts, strict=True)]
    return Profile(
        values,
        texts,
        filled=count / len(cells),
        distinct=len(set(texts)) / count,
        phones=sum(bool(_MOBILE.match(text) or _LANDLINE.match(text)) for text in texts) / count,
        days=sum(_is_day(cell, text) for cell, text in zip(values, texts, strict=True)) / count,
        numbers=sum(numbers) / count,
        whole=sum(text.isdecimal() for text in texts) / count,
        mails=sum(bool(_MAIL.search(text)) for text in texts) / count,
        places=sum(_is_place(text) for text in texts) / count,
        streets=sum(bool(_STREET.search(text)) and len(text) >= 4 for text in texts) / count,
        numbered=sum(bool(re.search(r"[\u4e00-\u9fff]\d+\s*[号栋幢室弄楼#]|路\d+", text)) for text in texts) / count,
        organisations=sum(is_organisation(text) for text in texts) / count,
        people=sum(surnames().is_person(text) for text in texts) / count,
        logs=sum(bool(_LOG.match(text)) for text in texts) / count,
        length=sum(map(len, texts)) / count,
    )


def _is_day(cell: object, text: str) -> bool:
    return isinstance(cell, date | datetime) or bool(_DAY.fullmatch(text))


def _is_number(cell: object, text: str) -> bool:
    if isinstance(cell, bool):
        return False
    return isinstance(cell, int | float) or bool(_NUMBER.fullmatch(text.lower().replace(" ", "")))


def _is_place(text: str) -> bool:
    return bool(re.match(r"[\u4e00-\u9fff]{2}", text)) and region_table().read(text).value is not None
