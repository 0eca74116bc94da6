"""How Chinese is read: syllables, initials, and the key that sorts names by them."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import islice, product
from typing import Final

from crmdesk.domain.pinyin_table import usual_readings
from crmdesk.domain.simplified import simplified

# Characters that are read in another way as a family name.
_SURNAMES: Final = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao", "区": "ou",
    "翟": "zhai", "尉": "wei", "覃": "qin", "缪": "miao", "种": "chong", "员": "yun", "折": "she", "郇": "xun",
    "召": "shao", "乐": "yue", "薄": "bo", "隗": "wei", "宿": "su", "洗": "xian", "幺": "yao", "黑": "he",
}  # fmt: skip
# Second readings that people type, above all in names of places and shops.
_OTHERS: Final = {
    "长": "zhang", "行": "hang", "重": "chong", "厦": "xia", "都": "du", "会": "kuai", "调": "diao", "朝": "zhao",
    "藏": "zang", "传": "zhuan", "便": "pian", "柏": "bo", "车": "ju", "石": "dan", "参": "shen", "露": "lou",
    "角": "jue", "降": "xiang", "还": "huan", "弹": "tan", "卡": "qia", "什": "shen", "盛": "cheng", "省": "xing",
    "圈": "juan", "校": "jiao", "莘": "xin", "泊": "po", "蚌": "beng", "六": "lu", "铅": "yan", "茄": "jia",
    "阿": "e", "乐": "yue", "大": "dai", "扎": "za", "秘": "bi", "贾": "gu", "种": "chong", "巷": "hang",
}  # fmt: skip
_TITLES: Final = ("总", "姐", "哥", "嫂", "姨", "叔", "先生", "女士", "小姐", "老板", "老师", "经理", "师傅", "阿姨")
_SHORT: Final = 3  # so long a person's name is; in a longer one the first character is hardly a family name
_VARIANTS: Final = 4


@cache
def _table() -> dict[str, str]:
    return usual_readings()


@cache
def reading(char: str) -> str:
    """The usual syllable of a Chinese character, without tone, ü as v; "" for any other character."""
    found = _table().get(char)
    if found is not None:
        return found
    if not is_han(char):
        return ""
    folded = simplified(char)
    return reading(folded) if folded != char else _rare(char)


def _rare(char: str) -> str:
    # The large dictionary is loaded for the few characters only that the table does not hold.
    from pypinyin import lazy_pinyin

    syllable = unicodedata.normalize("NFD", str(lazy_pinyin(char)[0])).replace("u\u0308", "v")
    plain = "".join(part for part in syllable if not unicodedata.combining(part))
    return plain if plain.isascii() and plain.isalpha() else ""


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇" or char >= "\U00020000"


def sort_key(name: str) -> str:
    """The key by which names stand in pinyin order: "zhang张 san三"; letters and digits as they are, "" for no name."""
    text = unicodedata.normalize("NFKC", name).lower().strip()
    parts = list(map(_sounded, text))
    if "" in parts:
        parts = _parts_of(text)
    if parts and text[0] in _SURNAMES and _is_person(text):
        parts[0] = _SURNAMES[text[0]] + text[0]
    return " ".join(parts) or text


@cache
def _sounded(char: str) -> str:
    """A Chinese character behind its syllable; "" for any other."""
    syllable = reading(char)
    return syllable + char if syllable else ""


def _parts_of(text: str) -> list[str]:
    """A part per Chinese character, one per run of letters and digits between."""
    parts = []
    latin = ""
    for char in text:
        sounded = _sounded(char)
        if sounded:
            if latin:
                parts.append(latin)
                latin = ""
            parts.append(sounded)
        elif char.isalnum():
            latin += char
    if latin:
        parts.append(latin)
    return parts


def spellings(name: str) -> list[list[str]]:
    """The ways a name may be typed: a syllable per Chinese character, a word per run of letters; usual way first.

    `name` is expected as `search_terms.folded` gives it.
    """
    ways: list[tuple[str, ...]] = []
    word = ""
    for char in f"{name} ":
        syllable = reading(char)
        if not syllable and char.isalnum():
            word += char
            continue
        if word:
            ways.append((word,))
            word = ""
        if syllable:
            ways.append(readings(char, not ways))
    return [list(way) for way in islice(product(*ways), _VARIANTS)] if ways else []


@cache
def readings(char: str, first: bool) -> tuple[str, ...]:
    """The syllables that a character may be typed as, the usual one first; `first`: it may be a family name."""
    usual = reading(char)
    others = {_OTHERS.get(char, usual), _SURNAMES.get(char, usual) if first else usual} - {usual}
    return (usual, *sorted(others)) if usual else ()


def _is_person(name: str) -> bool:
    return len(name) <= _SHORT or name.endswith(_TITLES)
