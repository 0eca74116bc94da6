"""Who brought whom: what a word like 张姐介绍 says, and whom it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

# 老客户张姐介绍的, referred by Bob: what stands around the name in a column of referrers.
_BEFORE: Final = re.compile(r"^(?:由|经|是)?(?:(?:老|熟)?客户|朋友|同行|熟人|referred\s+by|via)?\s*[:：]?\s*", re.I)
_AFTER: Final = re.compile(r"\s*(?:转?介绍|推荐)(?:来)?(?:的)?(?:客户)?$")
# Words that stand in such a column and name nobody.
_NOBODY: Final = frozenset(
    (
        *("", "无", "没有", "暂无", "否", "不详", "未知", "自己", "本人", "自来", "自己来的", "自己找来", "上门"),
        *("朋友", "熟人", "亲戚", "同行", "同事", "客户", "老客户", "老客", "熟客", "别人", "其他", "其它", "介绍"),
        *("none", "no", "n/a", "na", "-", "—", "/", "unknown", "self", "friend", "customer", "other"),
    )
)
_REFERRAL: Final = re.compile(
    r"介绍|推荐|老带新|口碑|熟人|朋友|referral|referred|recommend|word\s+of\s+mouth|friend", re.I
)


@dataclass(frozen=True, slots=True)
class Brought:
    """A customer that another one brought: its purchase days and int money so far; None where that is unknown."""

    customer_id: int
    name: str
    purchase_days: int | None = None
    money: int | None = None

    @property
    def bought(self) -> bool:
        """Whether it is known to have bought."""
        return bool(self.purchase_days or self.money)


@dataclass(frozen=True)
class Referrals:
    """Who brought a customer, and whom it brought, the most valuable first.

    `word` is what the user noted, "" for nothing; `referrer` the id and name of the customer this is, if known;
    `namesakes` how many customers could be meant where it is not.
    """

    word: str = ""
    referrer: tuple[int, str] | None = None
    namesakes: int = 0
    brought: tuple[Brought, ...] = ()

    @property
    def money(self) -> int:
        """The int money that those who were brought have paid."""
        return sum(one.money or 0 for one in self.brought)

    @property
    def bought(self) -> int:
        """How many of those who were brought have bought."""
        return sum(one.bought for one in self.brought)

    def __bool__(self) -> bool:
        return bool(self.word or self.brought)


def spellings(word: str) -> tuple[str, ...]:
    """The names that a word for a referrer may stand for, the whole first; () where it names nobody."""
    whole = unicodedata.normalize("NFKC", word).strip()
    bare = _AFTER.sub("", _BEFORE.sub("", whole, count=1)).strip()
    found = dict.fromkeys((word.strip(), whole, bare))
    return tuple(name for name in found if name.casefold() not in _NOBODY) if _names(bare) else ()


def _names(bare: str) -> bool:
    return bare.casefold() not in _NOBODY


def meant(named: Collection[int], contacts: Collection[int]) -> int | None:
    """Which customer a name means: the only one that is called so, else the only one with such a contact."""
    found = set(named) or set(contacts)
    return next(iter(found)) if len(found) == 1 else None


def is_referral(source: str, referred_by: str) -> bool:
    """Whether a customer came through somebody: one is named, or the source says so (老客户介绍, referral)."""
    return bool(referred_by.strip()) or bool(_REFERRAL.search(source))
