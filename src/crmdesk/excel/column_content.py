"""Columns known by their cells alone: sheets without a header row, headers that say nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.excel.cells_mixed import MIXED, holds_customers
from crmdesk.excel.column_guess import Guess

_WHO: Final = frozenset({Field.NAME, Field.CODE, Field.CONTACT_NAME})
_NOT_THEIRS: Final = ("推荐", "介绍", "紧急", "家属", "配偶", "父", "母", "业务员", "销售", "司机", "快递", "物流")


def fill_unknown(guesses: Sequence[Guess]) -> None:
    """Columns whose header says nothing, beside others that do: phones, mails and dated logs are plain to see."""
    for guess in guesses:
        told = guess.match.sure is not None or guess.field is not Field.EXTRA
        if told or guess.profile.empty or any(word in guess.header for word in _NOT_THEIRS):
            continue
        if guess.profile.logs >= 0.5:
            guess.take(Field.INTERACTION_SUMMARY, 0.6)
            guess.options["kind"] = "visit"
        elif guess.profile.phones >= 0.8 and len(guess.profile.values) >= 3:
            guess.take(Field.PHONE, 0.55)
        elif guess.profile.mails >= 0.8:
            guess.take(Field.EMAIL, 0.6)
    _mixed(guesses)
    if not any(guess.field in _WHO for guess in guesses):
        _best(guesses, Field.NAME, _name_likeness)


def _mixed(guesses: Sequence[Guess]) -> None:
    """Where nothing names a customer, a column whose cells tell all of one: 张三 13800138000 文三路1号."""
    if any(guess.field in _WHO for guess in guesses):
        return
    told = [
        guess
        for guess in guesses
        if guess.field in (Field.EXTRA, Field.PHONE, Field.NOTES) and holds_customers(guess.profile.texts)
    ]
    for guess in told[:1]:
        guess.take(Field.NAME, 0.6)
        guess.options[MIXED] = True


def by_content(guesses: Sequence[Guess]) -> None:
    """All columns of a sheet without a header row."""
    for guess in guesses:
        guess.keep_as_own(0.3)
        seen = guess.profile
        if seen.phones >= 0.5:
            guess.take(Field.PHONE, 0.8 * seen.phones)
        elif seen.mails >= 0.5:
            guess.take(Field.EMAIL, 0.8 * seen.mails)
        elif seen.logs >= 0.5:
            guess.take(Field.INTERACTION_SUMMARY, 0.5)
    _mixed(guesses)
    if not any(guess.field is Field.NAME for guess in guesses):
        _best(guesses, Field.NAME, _shop_likeness)
    _best(guesses, Field.ADDRESS, _address_likeness)
    named = any(guess.field is Field.NAME for guess in guesses)
    _best(guesses, Field.CONTACT_NAME if named else Field.NAME, _person_likeness)
    _purchases(guesses)


def _name_likeness(guess: Guess) -> float:
    seen = guess.profile
    if guess.match or seen.filled < 0.5 or seen.length > 30:
        return 0.0
    return max(seen.organisations, 0.9 * seen.people)  # a person beside a company is its contact


def _shop_likeness(guess: Guess) -> float:
    """How much the cells look like names of companies and shops: filled, short, and without a house's number."""
    seen = guess.profile
    return seen.organisations - 0.6 * seen.numbered if seen.filled >= 0.3 and seen.length <= 30 else 0.0


def _person_likeness(guess: Guess) -> float:
    return guess.profile.people if guess.profile.length <= 6 else 0.0


def _address_likeness(guess: Guess) -> float:
    seen = guess.profile
    return max(seen.streets, seen.places * 0.9) if seen.length >= 6 and seen.numbers < 0.1 else 0.0


def _best(guesses: Sequence[Guess], wanted: Field, likeness: Callable[[Guess], float]) -> None:
    """Give `wanted` to the open column that looks most like it, if it does for a third of its cells."""
    open_ones = [guess for guess in guesses if guess.field is Field.EXTRA and not guess.profile.empty]
    best = max(open_ones, key=likeness, default=None)
    if best is not None and likeness(best) >= 0.35:
        best.take(wanted, 0.3 + 0.4 * likeness(best))


def _purchases(guesses: Sequence[Guess]) -> None:
    """An id that repeats, a day and an amount without any header: purchases."""
    open_ones = [guess for guess in guesses if guess.field is Field.EXTRA and not guess.profile.empty]
    days = [guess for guess in open_ones if guess.profile.days >= 0.9]
    amounts = [g for g in open_ones if g.profile.numbers >= 0.9 and g.profile.whole < 0.9 and g not in days]
    known = any(guess.field is Field.NAME for guess in guesses)
    first_day = days[0].index if days else 0
    ids = [g for g in open_ones if g.profile.whole >= 0.9 and g.profile.distinct < 0.9 and g.index < first_day]
    if not days or not amounts or not (known or ids):
        return
    days[0].take(Field.ORDERED_ON, 0.5)
    amounts[-1].take(Field.ORDER_AMOUNT, 0.45)
    if not known:
        ids[0].take(Field.CODE, 0.45)
