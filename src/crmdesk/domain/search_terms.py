"""What a customer is found by, as tokens of our own, and what is typed as a question over them.

Families of tokens, told apart by their first signs:
    张, 张三    single characters of names, pairs of neighbours everywhere
    kh0012     words of letters and digits; a question of three or more signs asks for words that begin so
    @zhangsan  a name as it is spelled, from each syllable on, in full and by initials (@zs)
    @@z, @@zs  the first one to three signs of the two above, of words and phones: a short question is one look-up,
               however many codes begin alike
    #138…      a phone from its first digit on
    ##8013     a phone's last 4 to 8 digits
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from operator import add
from typing import Final

from crmdesk.domain.pinyin import spellings
from crmdesk.domain.simplified import simplified

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff"
_HAN_RUNS: Final = re.compile(f"[{_HAN}]+")
_WORDS: Final = re.compile(rf"[^\W_{_HAN}]+")
_NOISE: Final = re.compile(r"[\W_]+")
_PHONE_SIGNS: Final = re.compile(r"[\s\-+()./#转]+")
_TAILS: Final = range(4, 9)
_EDGE: Final = 3  # a question of so many letters is answered by an edge token
_SYLLABLES: Final = 12  # a longer name is found by its beginning
_WORD_LENGTH: Final = 40
_TERMS: Final = 12
_SHORT_NAME: Final = 4  # a person's; names of companies hardly come twice
_APART: Final = "\x1f"


def folded(text: str) -> str:
    """The text as it is compared: narrow, small letters, simplified characters."""
    return text.lower() if text.isascii() else simplified(unicodedata.normalize("NFKC", text).lower())


def tokens(
    names: Iterable[str], phones: Iterable[str] = (), words: Iterable[str] = (), texts: Iterable[str] = ()
) -> set[str]:
    """The tokens of one customer. `words` are codes, accounts and addresses of mail; `texts` notes and the like."""
    found: set[str] = set()
    for name in names:
        found |= _name_tokens(name) if len(name) <= _SHORT_NAME else _tokens_of_name(name)
    for phone in phones:
        digits = phone if phone.isdecimal() else "".join(filter(str.isdigit, phone))
        found |= {f"#{digits}", f"@@{digits[:_EDGE]}"}
        found.update([f"##{digits[-length:]}" for length in _TAILS if length <= len(digits)])
    # Folded in one go: folding text by text costs more than all the rest.
    told, *plain = folded(_APART.join(["\n".join(texts), *words])).split(_APART)
    for word in plain:
        _add_words(found, [_NOISE.sub("", word)[:_WORD_LENGTH], *_WORDS.findall(word)])
        told += f"\n{word}"
    _add_pairs(found, _HAN_RUNS.findall(told))
    found.update([word[:_WORD_LENGTH] for word in _WORDS.findall(told)])
    return found - {"", "#", "@@"}


def question(text: str) -> str:
    """What was typed as an FTS5 question over the tokens; "" where there is nothing to ask for."""
    plain = folded(text)
    asked = [_term(term) for term in plain.split()[:_TERMS]]
    every = " AND ".join(part for part in asked if part)
    digits = _PHONE_SIGNS.sub("", plain)
    if digits.isdecimal() and digits != plain:
        whole = _alternatives(_without_country(digits))
        return f"{whole} OR ({every})" if every else whole
    return every


def _tokens_of_name(text: str) -> frozenset[str]:
    name = folded(text)
    found: set[str] = set()
    runs = _HAN_RUNS.findall(_NOISE.sub("", name))
    for run in runs:
        found.update(run)
    _add_pairs(found, runs)
    _add_words(found, _WORDS.findall(name))
    for way in spellings(name):
        whole = initials = ""
        for syllable in reversed(way[:_SYLLABLES]):
            whole = syllable + whole
            initials = syllable[0] + initials
            found.update((f"@{whole}", f"@{initials}", f"@@{whole[0]}", f"@@{whole[:2]}", f"@@{initials[:2]}"))
            found.update((f"@@{whole[:3]}", f"@@{initials[:3]}"))
    return frozenset(found)


# 王先生 stands in a sheet a thousand times.
_name_tokens = lru_cache(maxsize=4096)(_tokens_of_name)


def _add_pairs(found: set[str], runs: Iterable[str]) -> None:
    for run in runs:
        if len(run) == 1:
            found.add(run)
        else:
            found.update(map(add, run, run[1:]))


def _add_words(found: set[str], words: Iterable[str]) -> None:
    for word in words:
        if word:
            found |= {word, f"@@{word[0]}", f"@@{word[:2]}", f"@@{word[:3]}"}


def _term(term: str) -> str:
    parts = [_han(run) for run in _HAN_RUNS.findall(term)]
    words = _WORDS.findall(term)
    parts += [_alternatives(word) for word in words]
    every = " AND ".join(parts)
    if len(words) > 1 and len(parts) == len(words):
        # kh-0012 also finds what is kept as KH0012.
        return f"(({every}) OR {_alternatives(''.join(words))})"
    return every


def _han(run: str) -> str:
    pairs = [run[at : at + 2] for at in range(max(1, len(run) - 1))]
    return " AND ".join(f'"{pair}"' for pair in pairs)


def _alternatives(word: str) -> str:
    word = word[:_WORD_LENGTH]
    if len(word) <= _EDGE:
        return f'("@@{word}" OR "{word}")'
    if not word.isdecimal():
        return f'("@{word}"* OR "{word}"*)'
    tail = f' OR "##{word}"' if len(word) in _TAILS else ""
    return f'("#{word}"*{tail} OR "{word}"*)'


def _without_country(digits: str) -> str:
    bare = digits.removeprefix("00").removeprefix("86")
    return bare if len(bare) == 11 and bare.startswith("1") else digits
