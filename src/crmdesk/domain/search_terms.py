"""What a customer is found by, as tokens of our own, and what is typed as a question over them.

Families of tokens, told apart by their first signs:
    张, 张三    single characters of names, pairs of neighbours everywhere
    kh0012     words of letters and digits; a question of three or more signs asks for words that begin so
    @zhangsan  a name as it is spelled, from each syllable on, in full and by initials (@zs)
    @@z, @@zs  the first one to three signs of the two above, of words and phones: a short question is one look-up,
               however many codes begin alike
    #138…      a phone from its first digit on
    ##3108     a phone's last digits, from the last one back: a question of 4 to 8 digits asks for its end that way
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import Final

from crmdesk.domain.pinyin import readings, spellings
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
_WAYS: Final = 4  # in which a name may be read; more are hardly typed


APART: Final = "\x1f"
"""Stands between texts that are handed over as one."""
Said = tuple[str, str, str, str, str, str]
"""A customer's names, phones, words, texts and labels, see `tokens`, each put together; and its own columns as JSON."""


def folded(text: str) -> str:
    """The text as it is compared: narrow, small letters, simplified characters."""
    return text.lower() if text.isascii() else simplified(unicodedata.normalize("NFKC", text).lower())


def is_typed(name: str, wanted: str) -> bool:
    """Whether something typed (as `folded` gives it) means a name: a part of it, its pinyin, or its initials."""
    text = folded("".join(name.split()))
    ways = spellings(text)
    spelled = ["".join(way) for way in ways] + ["".join(part[0] for part in way) for way in ways]
    return wanted in text or any(way.startswith(wanted) for way in spelled)


def tokens(
    names: Iterable[str],
    phones: Iterable[str] = (),
    words: Iterable[str] = (),
    texts: Iterable[str] = (),
    labels: Iterable[str] = (),
) -> str:
    """The tokens of one customer, blanks between them; the index takes no notice of one that comes twice.

    `words` are codes, accounts and addresses of mail; `texts` notes and the like; `labels` texts that many have.
    """
    told = "\n".join(texts)
    found = [
        *map(_name_tokens, names),
        *map(_phone_tokens, phones),
        *map(_word_tokens, words),
        *map(_label_tokens, labels),
        _text_tokens(told) if told else "",
    ]
    return " ".join(filter(None, found))


def tokens_of_all(chunk: Sequence[Said]) -> list[str]:
    """The tokens of each of these customers."""
    return [_tokens_of(*said) for said in chunk]


def _tokens_of(names: str, phones: str, words: str, texts: str, labels: str, extra: str) -> str:
    told = [*texts.split(APART), *map(str, json.loads(extra).values())] if extra != "{}" else texts.split(APART)
    return tokens(
        filter(None, dict.fromkeys(names.split(APART))),
        phones.split(APART) if phones else (),
        filter(None, words.split(APART)),
        filter(None, told),
        filter(None, labels.split(APART)),
    )


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


def _name_tokens(text: str) -> str:
    # 王先生 stands in a sheet a thousand times; of names of companies only the endings do.
    return _short_name_tokens(text) if len(text) <= _SHORT_NAME else _tokens_of_name(text)


def _tokens_of_name(text: str) -> str:
    name = folded(text)
    if len(name) <= _SYLLABLES and _HAN_RUNS.fullmatch(name):
        found = [_ending(name, True), *[_ending(name[at:]) for at in range(1, len(name))]]
        if found[0][0]:
            return " ".join([begun for _ways, begun in found])
    return _tokens_of_any_name(name)


_short_name_tokens = lru_cache(maxsize=4096)(_tokens_of_name)


_Ways = tuple[tuple[str, str], ...]
"""How something is spelled, in full and by initials; none where one of its characters is not known."""


@lru_cache(maxsize=4096)
def _ending(name: str, first: bool = False) -> tuple[_Ways, str]:
    """How the end of a name is spelled, and the tokens that begin with it. `first`: it is the whole name."""
    following = _ending(name[1:])[0] if len(name) > 1 else (("", ""),)
    syllables = readings(name[0], first)
    ways = tuple([(sound + rest, sound[0] + heads) for sound in syllables for rest, heads in following])[:_WAYS]
    return ways, " ".join([name[0], name[:2], *map(_spelled, ways)])


def _spelled(way: tuple[str, str]) -> str:
    whole, initials = way
    return f"@{whole} @{initials} @@{whole[0]} @@{whole[:2]} @@{initials[:2]} @@{whole[:_EDGE]} @@{initials[:_EDGE]}"


def _tokens_of_any_name(name: str) -> str:
    runs = _HAN_RUNS.findall(_NOISE.sub("", name))
    found = [" ".join(run) for run in runs] + [_pairs(run) for run in runs]
    found += map(_with_edges, _WORDS.findall(name))
    for way in spellings(name):
        whole = initials = ""
        for syllable in reversed(way[:_SYLLABLES]):
            whole = syllable + whole
            initials = syllable[0] + initials
            found.append(_spelled((whole, initials)))
    return " ".join(found)


def _phone_tokens(phone: str) -> str:
    digits = phone if phone.isdecimal() else "".join(filter(str.isdigit, phone))
    if len(digits) < _TAILS[0]:
        return f"#{digits} @@{digits[:_EDGE]}" if digits else ""
    return f"#{digits} @@{digits[:_EDGE]} ##{_turned(digits)}"


def _turned(digits: str) -> str:
    """The last digits, from the last one back."""
    return digits[: -_TAILS[-1] - 1 : -1]


def _word_tokens(text: str) -> str:
    if text.isascii() and text.isalnum():
        return _with_edges(text.lower())
    word = folded(text)
    parts = [_NOISE.sub("", word), *_WORDS.findall(word)]
    return " ".join([*[_with_edges(part) for part in parts if part], _text_tokens(text)])


def _with_edges(word: str) -> str:
    return f"{word[:_WORD_LENGTH]} @@{word[0]} @@{word[:2]} @@{word[:_EDGE]}"


def _text_tokens(text: str) -> str:
    told = folded(text)
    found = [_pairs(run) for run in _HAN_RUNS.findall(told)]
    found += [word[:_WORD_LENGTH] for word in _WORDS.findall(told)]
    return " ".join(found)


_label_tokens = lru_cache(maxsize=1024)(_text_tokens)


def _pairs(run: str) -> str:
    return run if len(run) == 1 else " ".join(map(add, run, run[1:]))


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
    tail = f' OR "##{_turned(word)}"*' if len(word) in _TAILS else ""
    return f'("#{word}"*{tail} OR "{word}"*)'


def _without_country(digits: str) -> str:
    bare = digits.removeprefix("00").removeprefix("86")
    return bare if len(bare) == 11 and bare.startswith("1") else digits
