"""What a header says: its words looked up, whole or in parts, with the unit and number that it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.domain.simplified import simplified
from crmdesk.domain.text import half_width
from crmdesk.excel.reference_data import header_table

SHAPES: Final = ("orders", "customers", "interactions")
Meaning = tuple[Field, str]  # a field and its mark: "company", "first", "*" …

_SIGNS: Final = re.compile(r"[\s_\-.*:：'’\"!?？&、，,。;；|]+")
_BRACKET: Final = re.compile(r"[(（\[【<《][^()（）\[\]【】<>《》]*[)）\]】>》]?")
_UNIT: Final = re.compile(r"(?:单位[:：]?)?\s*(十万|百万|千万|万|千|亿|k|w)\s*(?:元|人民币|rmb|块)?", re.I)
# 单位：万元 stands anywhere above a table, (万元) in a title: 万 alone might belong to anything there.
_SAID_UNIT: Final = re.compile(
    r"单位\s*[:：]?\s*(?:人民币)?\s*(?P<said>十万|百万|千万|万|千)?\s*元"
    r"|[(（\[【]\s*(?:人民币)?\s*(?P<put>十万|百万|千万|万|千)元\s*[)）\]】]"
)
_FOREIGN: Final = re.compile(
    r"(?<![a-z])(usd|eur|gbp|hkd|jpy|aud|us\$|hk\$)(?![a-z])|([$€£])|(美元|美金|欧元|英镑|港币|港元|日元|澳元)", re.I
)
_UNITS: Final = {
    "千": 1000,
    "k": 1000,
    "万": 10_000,
    "w": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
}
# 元 as a unit ends its word: 金额(元), 元/斤, 金额元 (含税); 元月, 元旦, 元宵 and 10元店 are no unit.
_YUAN: Final = re.compile(r"元(?:整|人民币|rmb|计|为单位)?(?![\u4e00-\u9fffA-Za-z])", re.I)
_TALKS: Final = frozenset({Field.INTERACTION_ON, Field.INTERACTION_SUMMARY, Field.INTERACTION_KIND})
_CHINESE: Final = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_NTH: Final = re.compile(r"第?([一二三四五六七八九1-9])(?:次|轮|回)(.+)")
_LAST_NUMBER: Final = re.compile(r"(.*[^\d一二三四五六七八九])[(（]?([1-9]|[一二三四五六七八九])[)）]?")
_MIDDLE_NUMBER: Final = re.compile(r"(联系人|对接人|负责人)([1-9一二三四五])(.+)")
_FIRST_NUMBER: Final = re.compile(r"([1-9])([^\d].*)|([一二三四五])([联电手姓职].*)")


@dataclass(frozen=True)
class Match:
    """What a header was found to say. `sure` holds in any sheet, `by_shape` in a sheet of that shape and goes first."""

    sure: Meaning | None = None
    by_shape: Mapping[str, Meaning] = field(default_factory=dict)
    confidence: float = 0.0
    slot: int = 0
    unit: int = 1

    def meaning(self, shape: str) -> Meaning | None:
        """The field and mark in a sheet of this shape; None where the header says nothing."""
        return self.by_shape.get(shape) or self.sure

    def __bool__(self) -> bool:
        return self.sure is not None or bool(self.by_shape)


def spelled(header: str) -> str:
    """A header as it is compared: lower case, narrow, simplified, without signs; "Customer_ID " is "customerid"."""
    text = _SIGNS.sub("", half_width(header).lower())
    return text if text.isascii() else simplified(text)


@lru_cache(maxsize=4096)
def match_header(header: str) -> Match:
    """Look a header up: whole, without brackets, by its number, by patterns, by its parts, without its prefix."""
    text = spelled(header)
    if not text:
        return Match()
    unit = _unit_of(header)
    bare = spelled(_BRACKET.sub("", half_width(header))) or text
    found = _known(text, 0.97) or _known(bare, 0.95) or _numbered(bare)
    found = (
        found or _grouped(header) or _by_pattern(bare) or _prefixed(bare, 0.85) or _by_parts(header) or _suffixed(bare)
    )
    return replace(found, unit=unit) if found and unit != 1 else found


@cache
def _index() -> dict[str, Match]:
    """Every spelling with what it means."""
    table = header_table()
    sure: dict[str, Meaning] = {}
    shaped: dict[str, dict[str, Meaning]] = {}
    for name, spellings in table["words"].items():
        for spelling in spellings:
            sure[spelled(spelling)] = _meaning(name)
    for shape in SHAPES:
        for name, spellings in table[shape].items():
            for spelling in spellings:
                shaped.setdefault(spelled(spelling), {})[shape] = _meaning(name)
    return {text: Match(sure.get(text), shaped.get(text, {})) for text in sure.keys() | shaped.keys()}


def _meaning(name: str) -> Meaning:
    code, _, mark = name.partition(":")
    return Field(code), mark


def _known(text: str, confidence: float) -> Match:
    found = _index().get(text)
    return replace(found, confidence=confidence) if found else Match()


def _numbered(text: str) -> Match:
    """电话2, 2号联系人, 第二次跟进时间, Phone 1 - Value: the words without the number, and the number as slot."""
    if re.search(r"[a-z]\d+[a-z]", text) and (found := _known(re.sub(r"\d+", "n", text), 0.93)):
        return replace(found, slot=int(re.findall(r"\d+", text)[0]))
    if match := _MIDDLE_NUMBER.fullmatch(text):
        text = f"{match[1]}{match[3]}{match[2]}"
    for pattern, number, words in ((_NTH, 1, 2), (_LAST_NUMBER, 2, 1), (_FIRST_NUMBER, 1, 2)):
        match = pattern.fullmatch(text)
        if not match or not match[number]:
            continue
        if found := _known(match[words], 0.93) or _prefixed(match[words], 0.8) or _by_pattern(match[words]):
            return replace(found, slot=_CHINESE.get(match[number]) or int(match[number]))
    return Match()


def _grouped(header: str) -> Match:
    """联系方式 / 电话 of a two-line header: the group and the detail together, then the detail alone."""
    if header.isascii():
        return Match()  # "Book ID" is not the ID of a group Book
    pieces = [piece for piece in re.split(r"[\s/／\\|\n]+", half_width(header)) if piece]
    if len(pieces) < 2:
        return Match()
    group = match_header(pieces[0]) if len(pieces) == 2 and pieces[0] != header else Match()
    detail = _known(spelled(_BRACKET.sub("", pieces[-1])), 0.88) or _numbered(spelled(pieces[-1]))
    if group.sure and group.sure[0] in _TALKS and (told := detail.by_shape.get("interactions")):
        detail = replace(detail, sure=told, by_shape={})  # 第一次跟进 / 日期 is a day of that talk in any sheet
    if group.slot and detail:
        return replace(detail, slot=group.slot)
    if detail.by_shape and not detail.sure:
        return _by_pattern(spelled(header)) or detail
    return detail


@cache
def _patterns() -> tuple[tuple[Field, re.Pattern[str]], ...]:
    patterns = header_table()["patterns"].items()
    return tuple((Field(name), re.compile(pattern)) for name, spellings in patterns for pattern in spellings)


def _by_pattern(text: str) -> Match:
    for wanted, pattern in _patterns():
        if pattern.search(text):
            return Match((wanted, ""), confidence=0.9)
    return Match()


def _prefixed(text: str, confidence: float) -> Match:
    """客户地址, 会员手机号: the word without whose it is. 联系人… is the contact's."""
    marks = header_table()["marks"]
    for prefix in marks["contact_prefixes"]:
        if text.startswith(prefix) and (found := _known(text[len(prefix) :], confidence)) and found.sure:
            phone = found.sure[0] is Field.PHONE
            return replace(found, sure=(Field.CONTACT_PHONE, "")) if phone else found
    for prefix in marks["prefixes"]:
        rest = text[len(prefix) :]
        if (
            text.startswith(prefix)
            and rest
            and (found := _known(rest, confidence) or _known(rest.removeprefix("的"), confidence))
        ):
            return found
    return Match()


def _by_parts(header: str) -> Match:
    """企业联系人/法人, QQ/微信: the first part that is known."""
    for piece in re.split(r"[/／\\|、&+\n]+", half_width(header)):
        if found := _joined(piece) or (_part(piece) if spelled(piece) != spelled(header) else Match()):
            return found
    return Match()


def _joined(text: str) -> Match:
    """电话和微信: the first of words that are all known; the 与 of 参与次数 and the 和 of 和解金额 join nothing."""
    parts = [_part(piece) for piece in re.split("[和或及与]", text)]
    return parts[0] if len(parts) > 1 and all(parts) else Match()


def _part(text: str) -> Match:
    bare = spelled(_BRACKET.sub("", text))
    return _known(bare, 0.8) or _prefixed(bare, 0.75)


def _suffixed(text: str) -> Match:
    """贵公司联系电话: a known word of three signs or more at the end."""
    for start in range(1, len(text) - 2):
        found = _index().get(text[start:])
        if found and found.sure and found.sure[0] is not Field.EXTRA and not text.isascii():
            return Match(found.sure, confidence=0.6)
    return Match()


def _unit_of(header: str) -> int:
    """The unit in a header's brackets or at its end: 累计金额(万元) 10000, 金额/千元 1000; 1 where there is none."""
    text = simplified(half_width(header).lower().replace(" ", ""))
    for piece in [*re.findall(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]", text), *re.split(r"[/:：_\-]", text)[1:]]:
        if match := _UNIT.fullmatch(piece.strip()):
            return _UNITS.get(match[1], 1)
    match = re.search(r"(万|千)元$", text)
    return _UNITS[match[1]] if match else 1


def unit_said(text: str) -> int:
    """The unit that a title or the line above a table tells (单位：万元); 1 without, 0 where they tell two."""
    told = {match["said"] or match["put"] or "" for match in _SAID_UNIT.finditer(simplified(half_width(text)))}
    return _UNITS.get("".join(told), 1) if len(told) < 2 else 0


def names_yuan(header: str) -> bool:
    """Whether a header itself says that its amounts are whole yuan: 单价(元)."""
    return bool(_YUAN.search(half_width(header))) and _unit_of(header) == 1


def currency_of(header: str) -> str:
    """The foreign currency that a header names: "USD" of Amount (USD); "" for yuan."""
    found = _FOREIGN.search(half_width(header))
    return found[0].upper() if found else ""
