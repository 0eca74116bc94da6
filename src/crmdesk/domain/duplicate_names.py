"""Names as they compare: place, legal form, kind of shop and branch told apart from what is the customer's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from crmdesk.domain.names import is_organisation, salutation_of
from crmdesk.domain.pinyin import reading
from crmdesk.domain.region import short_name
from crmdesk.domain.simplified import simplified
from crmdesk.domain.text import half_width

_BRACKETS: Final = re.compile(r"[(\[【〔「《]([^)\]】〕」》]*)[)\]】〕」》]?")
_SIGNS: Final = re.compile(r"[\W_]+")
_LEGAL: Final = re.compile(
    r"(?:股份|集团|控股|实业)*(?:有限责任公司|股份有限公司|有限公司|公司|集团)$|(?:co|ltd|inc|llc|limited)$"
)
_BRANCH_OFFICE: Final = re.compile(r"(?<=公司)(.{1,8}?)(?:分公司|分部|办事处)$")
_BRANCH: Final = re.compile(r"店|分|部|厂|校|馆|区|号|院|期|栋|楼|路|街")
_NUMBERS: Final = re.compile(r"\d+|[一二三四五六七八九十]+|[东南西北](?=店|区|门|站|城|院|厂|部|街|路)")
_TRADE: Final = (
    "(?:超级市场|超市|便利|商店|商行|商贸|贸易|商场|百货|杂货|小卖部|小卖铺|小店|科技|实业|电子|食品|粮油|批发|零售|饭店|饭馆|餐厅"
    "|餐馆|餐饮|酒店|宾馆|旅馆|烟酒|水果|生鲜|五金|建材|汽修|汽配|服装|服饰|美容|美发|理发|药房|药店|诊所|经营部|门市部|门市"
    "|工作室|企业|专卖|旗舰|铺|厂|行|部|店)$"
)
_TRADES: Final = re.compile(_TRADE)
_NICKNAME: Final = re.compile(r"[老小阿]([\u4e00-\u9fff])")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
TYPED_ALIKE: Final = 74  # of 100: one character of four is another
HALF: Final = 50


class Relation(StrEnum):
    """How two names stand to each other."""

    UNKNOWN = "unknown"  # one of them is missing
    SAME = "same"
    SIMILAR = "similar"  # same but for the kind of shop, a character of the same sound, or a slip
    PART = "part"  # 王姐 and 王姐超市
    ADDRESS = "address"  # 王总 and 王建国
    UNCLEAR = "unclear"
    UNLIKE = "unlike"
    PEOPLE = "people"  # two different people
    BRANCH = "branch"  # 一店 and 二店, 杭州 and 上海


@dataclass(frozen=True, slots=True)
class NameForm:
    """What a name is made of. `core`: without place and legal form; `stem`: without the kind of shop as well."""

    core: str = ""
    stem: str = ""
    sound: str = ""  # how the stem is read, so that a character of the same sound is found
    place: str = ""
    branch: str = ""
    numbers: tuple[str, ...] = ()
    legal: bool = False
    person: bool = False
    surname: str = ""  # of 王总, 老王


def place_names(lines: Iterable[str]) -> frozenset[str]:
    """The places that stand in front of names, of the lines of the region table (province TAB city TAB districts)."""
    found: set[str] = set()
    for line in lines:
        province, city, *districts = line.rstrip("\n").split("\t")
        found.update((province, city, short_name(province), short_name(city)))
        found.update(name for name in " ".join(districts).split(" ") if len(name) > 2)
    return frozenset(found)


def name_form(name: str, places: frozenset[str]) -> NameForm:
    """A name taken apart; everything is empty where it says nothing."""
    text = simplified(half_width(name)).casefold()
    place = branch = ""
    for inside in _BRACKETS.findall(text):
        if short_name(inside) in places or inside in places:
            place = short_name(inside)
        elif _BRANCH.search(inside):
            branch = _SIGNS.sub("", inside).removesuffix("店")
    text = _SIGNS.sub("", _BRACKETS.sub("", text))
    if not text:
        return NameForm()
    front, text = _without_place(text, places)
    if office := _BRANCH_OFFICE.search(text):
        branch, text = office[1], text[: office.start()]
    core = _shortened(text, _LEGAL)
    legal = core != text
    stem = _shortened(core, _TRADES, 3)
    person = bool(_HAN.fullmatch(core)) and not legal and not is_organisation(core)
    return NameForm(
        core.removesuffix("店") if len(core) > 2 else core,
        stem,
        "".join(reading(char) or char for char in stem),
        front or place,
        branch,
        tuple(_NUMBERS.findall(core)),
        legal,
        person,
        _surname(core) if person else "",
    )


def person_core(name: str) -> str:
    """A person's name as it compares; "" for a form of address, and for anything that is no Chinese name."""
    core = _SIGNS.sub("", simplified(half_width(name)))
    return core if _HAN.fullmatch(core) and not _surname(core) and not is_organisation(core) else ""


def _without_place(text: str, places: frozenset[str]) -> tuple[str, str]:
    """The last place in front of a name, and the name behind it; a name that is a place keeps it."""
    place = ""
    for _level in range(3):
        length = next((n for n in (5, 4, 3, 2) if text[:n] in places), 0)
        if not length:
            break
        found = text[:length]
        rest = text[length:].removeprefix("省").removeprefix("市")
        if len(_shortened(_shortened(rest, _LEGAL, least=0), _TRADES, 3, least=0)) < 2:
            break
        place, text = short_name(found), rest
    return place, text


def _shortened(text: str, ending: re.Pattern[str], times: int = 1, least: int = 2) -> str:
    """The text without what `ending` finds at its end, as long as `least` characters stay."""
    for _time in range(times):
        found = ending.search(text)
        if found is None or found.start() < least:
            break
        text = text[: found.start()]
    return text


def _surname(core: str) -> str:
    if salutation_of(core):
        nickname = _NICKNAME.match(core)
        return nickname[1] if nickname and len(core) > 2 else core[0]
    nickname = _NICKNAME.fullmatch(core)
    return nickname[1] if nickname else ""


def relation(one: NameForm, other: NameForm) -> Relation:
    """How two names stand to each other."""
    if not one.core or not other.core:
        return Relation.UNKNOWN
    found = _likeness(one, other)
    if found in (Relation.SAME, Relation.SIMILAR, Relation.PART, Relation.UNCLEAR) and _elsewhere(one, other):
        return Relation.BRANCH
    return found


def _elsewhere(one: NameForm, other: NameForm) -> bool:
    """Whether both say which branch they are, or where, and it is not the same."""
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (one.place, other.place),
            (one.branch, other.branch),
            (one.numbers, other.numbers),
        )
    )


def _likeness(one: NameForm, other: NameForm) -> Relation:
    if one.core == other.core:
        return Relation.SAME
    if one.surname or other.surname:
        return _of_an_address(one, other)
    people = one.person and other.person and len(one.core) <= 3 and len(other.core) <= 3
    if one.sound == other.sound and len(one.stem) > 1:
        return Relation.SIMILAR
    if people:
        return Relation.PEOPLE
    if _is_part(one, other) or _is_part(other, one):
        return Relation.PART
    alike = fuzz.ratio(one.stem, other.stem)
    if alike >= TYPED_ALIKE and min(len(one.stem), len(other.stem)) > 3:
        return Relation.SIMILAR
    return Relation.UNCLEAR if alike >= HALF else Relation.UNLIKE


def _of_an_address(one: NameForm, other: NameForm) -> Relation:
    """王总 or 老王 beside another name: part of 王总超市, the address of 王建国 or 王姐, or somebody else."""
    if _is_part(one, other) or _is_part(other, one):
        return Relation.PART
    if one.person and other.person:
        same = (one.surname or one.core[0]) == (other.surname or other.core[0])
        return Relation.ADDRESS if same else Relation.PEOPLE
    return Relation.UNLIKE


def _is_part(one: NameForm, other: NameForm) -> bool:
    return len(one.stem) > 1 and len(one.stem) < len(other.core) and other.core.startswith(one.stem)
