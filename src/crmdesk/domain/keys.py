"""Who is who and which order is which: the keys that a second import knows everything again by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from crmdesk.domain.text import half_width

_SPACE: Final = re.compile(r"\s+")
_ADDRESS_SIGNS: Final = re.compile(r"[\s,，.。、;；:：()（）\-—#/]+")


@lru_cache(4096)
def name_key(name: str) -> str:
    """The name as two spellings of it compare: width, case and blanks do not matter, every other sign does."""
    return _SPACE.sub("", half_width(name)).casefold()


@lru_cache(4096)
def address_key(address: str) -> str:
    """The address as two spellings of it compare: width, case, blanks and punctuation do not matter."""
    return _ADDRESS_SIGNS.sub("", half_width(address)).casefold()


def digest(*parts: object) -> str:
    """24 hex digits that stand for these parts, the same on every machine and in every run."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def row_fingerprint(values: Mapping[str, object], extra: Mapping[str, str]) -> str:
    """What a whole row says, for rows that name nobody surely; the row's number is no part of it."""
    return digest("row", *_flat(values), "extra", *_flat(extra))


def _flat(values: Mapping[str, object]) -> Iterable[object]:
    for key in sorted(values):
        if key != "row_number":
            yield key
            yield values[key]


def numbered_order_key(customer_id: int, number: str, day: str | None) -> str:
    """The key of an order with a number: number, customer and date, for one number may carry several customers."""
    return digest("order", customer_id, number, day or "")


def plain_order_key(customer_id: int, moment: str, amount: int | None, product: str, occurrence: int) -> str:
    """The key of an order without a number; `occurrence` counts identical rows of one sheet from 0."""
    return digest("sale", customer_id, moment, amount, product, occurrence)


def event_key(what: str, customer_id: int, day: str, kind: str, summary: str) -> str:
    """The key of an interaction or follow-up that a sheet tells of."""
    return digest(what, customer_id, day, kind, summary)


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one customer's: equal as keys, or one of them unknown."""
    return not one or not other or name_key(one) == name_key(other)


def codes_agree(one: str, other: str) -> bool:
    """Whether two codes may be one customer's: equal, or one of them unknown."""
    return not one or not other or one == other


def phones_agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of phones may be one customer's: they share one, or one of them is empty."""
    mine, theirs = set(one), set(other)
    return not mine or not theirs or not mine.isdisjoint(theirs)
