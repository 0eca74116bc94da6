"""A column while it is being understood: its header's meaning weighed against its cells."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Final

from crmdesk.domain.amounts import read_amount, read_count, read_price, read_quantity
from crmdesk.domain.booleans import read_boolean
from crmdesk.domain.dates import DateRule, read_date
from crmdesk.domain.fields import Field
from crmdesk.domain.lunar import header_is_lunar, is_lunar, is_lunar_day
from crmdesk.domain.sheet_words import looks_like_intent, looks_like_kind, looks_like_tier
from crmdesk.excel.cells_fields import MONEY_FIELDS
from crmdesk.excel.column import Option
from crmdesk.excel.column_profile import Profile
from crmdesk.excel.header_words import Match

_DAY_RULE: Final = DateRule(date(2100, 1, 1), year=2024, month=1, day_first=True)
_DAY_FIELDS: Final = frozenset(
    {
        Field.ORDERED_ON,
        Field.FIRST_ORDER_ON,
        Field.LAST_ORDER_ON,
        Field.INTERACTION_ON,
        Field.FOLLOW_UP_ON,
        Field.BIRTHDAY,
    }
)
_INSTEAD_OF_DAY: Final = {
    Field.FOLLOW_UP_ON: Field.FOLLOW_UP_SUMMARY,
    Field.INTERACTION_ON: Field.INTERACTION_SUMMARY,
}
_INSTEAD_OF_TEXT: Final = {
    Field.FOLLOW_UP_SUMMARY: Field.FOLLOW_UP_ON,
    Field.INTERACTION_SUMMARY: Field.INTERACTION_ON,
}


@dataclasses.dataclass
class Guess:
    """One column: what its header says, what its cells look like, and what it is taken for so far."""

    index: int
    header: str
    match: Match
    profile: Profile
    field: Field = Field.EXTRA
    mark: str = ""
    confidence: float = 0.0
    options: dict[str, Option] = dataclasses.field(default_factory=dict)

    def take(self, wanted: Field, confidence: float | None = None) -> None:
        """Take the column for another field."""
        self.field = wanted
        self.confidence = self.confidence if confidence is None else confidence

    def keep_as_own(self, confidence: float = 0.5) -> None:
        """Keep the column as one of the user's own."""
        self.take(Field.EXTRA, confidence)


def start(guess: Guess, shape: str) -> None:
    """What the header says in a sheet of this shape, checked against the cells."""
    meaning = guess.match.meaning(shape)
    if meaning is None:
        guess.keep_as_own(0.9 if guess.header else 0.0)
        return
    guess.field, guess.mark = meaning
    guess.confidence = guess.match.confidence
    if guess.match.slot:
        guess.options["slot"] = guess.match.slot
    if guess.profile.empty:
        if guess.confidence < 0.75:
            guess.keep_as_own()
    else:
        check = _CHECKS.get(guess.field) or (_check_money if guess.field in MONEY_FIELDS else None)
        if guess.field in _DAY_FIELDS:
            check = _check_day
        if check:
            check(guess)


def _share(guess: Guess, fits: Callable[[object], bool]) -> float:
    """Share of the first sixty filled cells that fit."""
    values = guess.profile.values[:60]
    return sum(fits(value) for value in values) / len(values)


def _text_share(guess: Guess, fits: Callable[[str], bool]) -> float:
    return sum(map(fits, guess.profile.texts[:60])) / len(guess.profile.texts[:60])


def _check_day(guess: Guess) -> None:
    """A day's column holds days; if not, it is the text beside a day, or the user's own."""
    # Generous: three in ten readable days are a badly kept column of days, hardly ever anything else.
    readable = _share(guess, lambda value: read_date(value, _DAY_RULE).value is not None)
    by_moon = is_lunar_day if header_is_lunar(guess.header) else is_lunar
    if _text_share(guess, by_moon) > 0.3:
        return
    if readable < 0.3 and guess.field is not Field.BIRTHDAY:
        if guess.profile.numbers > 0.5 or guess.field not in _INSTEAD_OF_DAY:
            guess.keep_as_own()
        else:
            guess.take(_INSTEAD_OF_DAY[guess.field], 0.7)


def holds_days(guess: Guess) -> bool:
    """Whether most cells are days, also without a year (10/7), as where 带看1 and 反馈1 stand beside each other."""
    return guess.profile.empty or _share(guess, lambda value: read_date(value, _DAY_RULE).value is not None) > 0.5


def _check_talk(guess: Guess) -> None:
    if guess.profile.days > 0.6 and not guess.profile.logs > 0.3:
        guess.take(_INSTEAD_OF_TEXT[guess.field], 0.8)


def _check_money(guess: Guess) -> None:
    read = read_price if guess.field is Field.PRICE else read_amount
    if _share(guess, lambda value: read(value).value is not None) < 0.3:
        guess.keep_as_own()


def _check_count(guess: Guess) -> None:
    if _share(guess, lambda value: read_count(value).value is not None) < 0.3:
        guess.keep_as_own()


def _check_quantity(guess: Guess) -> None:
    if _share(guess, lambda value: read_quantity(value).value is not None) < 0.3:
        guess.keep_as_own()


def _check_name(guess: Guess) -> None:
    """袋, 盒, 瓶 under 单位 are units; numbers under 客户 are codes."""
    seen = guess.profile
    if guess.header.strip() == "单位" and seen.length <= 2 and not seen.people > 0.5:
        guess.keep_as_own(0.8)
    elif _text_share(guess, lambda text: bool(re.fullmatch(r"#\w*\d+", text))) > 0.5:
        guess.keep_as_own()
    elif seen.numbers > 0.9 and guess.mark not in ("first", "last"):
        guess.take(Field.CODE, 0.6)


def _check_phone(guess: Guess) -> None:
    seen = guess.profile
    if _text_share(guess, lambda text: len(re.findall(r"\d", text)) >= 5) < 0.3:
        guess.take(Field.WECHAT if "微信" in guess.header else Field.EXTRA, 0.5)
    elif seen.mails > 0.5 and seen.phones < 0.3:
        guess.take(Field.EMAIL, 0.6)


def _check_mail(guess: Guess) -> None:
    if guess.profile.mails < 0.2 and _text_share(guess, lambda text: text.isdecimal() and 5 <= len(text) <= 12) < 0.3:
        guess.keep_as_own()


def _check_region(guess: Guess) -> None:
    if guess.profile.places < 0.3:
        guess.keep_as_own(0.7)


def _check_kind(guess: Guess) -> None:
    if _text_share(guess, looks_like_kind) >= 0.5:
        guess.take(Field.KIND)
    elif _text_share(guess, looks_like_tier) >= 0.6 and len(set(guess.profile.texts)) <= 8:
        guess.take(Field.TIER_GIVEN, 0.6)
    else:
        guess.keep_as_own(0.7)


def _check_tier(guess: Guess) -> None:
    kinds = len(set(guess.profile.texts))
    if guess.mark == "maybe":
        _check_kind(guess)
    elif _text_share(guess, lambda text: read_boolean(text).value is not None and not text.isdecimal()) > 0.9:
        guess.keep_as_own(0.7)  # VIP: Y, N
    elif kinds > 12 and kinds > 0.3 * len(guess.profile.texts):
        guess.keep_as_own()


def _check_intent(guess: Guess) -> None:
    if _text_share(guess, looks_like_intent) < 0.4:
        guess.take(Field.NOTES, 0.6)
        guess.options["label"] = guess.header


def _check_owner(guess: Guess) -> None:
    if guess.profile.numbers > 0.5:
        guess.keep_as_own()


def _check_code(guess: Guess) -> None:
    """编号 that counts 1, 2, 3 … is a row's number."""
    if guess.header.strip() in ("编号", "No.", "NO", "No") and _counts_up(guess.profile.texts):
        guess.take(Field.ROW_NUMBER, 0.8)


def _counts_up(texts: tuple[str, ...]) -> bool:
    if not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] <= 1 and all(0 < later - earlier <= 3 for earlier, later in pairwise(numbers))


_CHECKS: Final[dict[Field, Callable[[Guess], None]]] = {
    Field.FOLLOW_UP_SUMMARY: _check_talk,
    Field.INTERACTION_SUMMARY: _check_talk,
    Field.ORDER_COUNT: _check_count,
    Field.REWARD_POINTS: _check_count,
    Field.QUANTITY: _check_quantity,
    Field.NAME: _check_name,
    Field.PHONE: _check_phone,
    Field.CONTACT_PHONE: _check_phone,
    Field.EMAIL: _check_mail,
    Field.QQ: _check_mail,
    Field.REGION: _check_region,
    Field.KIND: _check_kind,
    Field.TIER_GIVEN: _check_tier,
    Field.INTENT: _check_intent,
    Field.OWNER: _check_owner,
    Field.CODE: _check_code,
    Field.ORDER_NUMBER: _check_code,
}
