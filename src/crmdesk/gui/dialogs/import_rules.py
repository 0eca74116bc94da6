"""One rule for a whole column: its unit, day before month, how discounts are meant, the year left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from crmdesk.domain.fields import Field
from crmdesk.domain.money import to_money
from crmdesk.i18n import _, translatable
from crmdesk.words.formats import money

if TYPE_CHECKING:
    from crmdesk.operations.importing import Column

ASK: Final = "ask"
PLAIN_UNIT: Final = 1
MONTHS: Final = 12
YEARS_OFFERED: Final = 4

Option = str | int | float | bool

CHOICES: Final[dict[str, tuple[tuple[Option, str], ...]]] = {
    "unit": ((PLAIN_UNIT, translatable("in yuan")), (10_000, translatable("in units of 10,000 yuan"))),
    "day_first": ((True, translatable("day before month")), (False, translatable("month before day"))),
    "discount": (
        ("amount", translatable("amounts taken off")),
        ("pay_share", translatable("shares paid (0.8 is 20% off)")),
        ("rate_off", translatable("shares taken off (0.2 is 20% off)")),
    ),
    "best": (("low", translatable("1 is the best")), ("high", translatable("the largest number is the best"))),
    "calendar": (("solar", translatable("solar calendar")), ("lunar", translatable("lunar calendar"))),
}


USUAL: Final[dict[str, Option]] = {"unit": PLAIN_UNIT, "calendar": "solar"}  # what holds where nobody said anything
_DAYS: Final = (
    *(Field.ORDERED_ON, Field.FIRST_ORDER_ON, Field.LAST_ORDER_ON, Field.INTERACTION_ON, Field.FOLLOW_UP_ON),
    Field.BIRTHDAY,
)
_MONEY: Final = (
    *(Field.ORDER_AMOUNT, Field.ORDER_REFUND, Field.ORDER_TOTAL, Field.ORDER_PROFIT_TOTAL, Field.LINE_AMOUNT),
    *(Field.LINE_COST, Field.LINE_PROFIT, Field.PRICE, Field.RECEIVABLE, Field.BALANCE),
)
FITTING: Final[dict[str, tuple[Field, ...]]] = {
    "unit": _MONEY,
    "day_first": _DAYS,
    "calendar": (Field.BIRTHDAY,),
    "discount": (Field.ORDER_DISCOUNT, Field.LINE_DISCOUNT),
    "best": (Field.TIER_GIVEN,),
}
QUESTIONS: Final = {
    "unit": translatable('"{column}": are these yuan, or units of 10,000 yuan?'),
    "day_first": translatable('"{column}": which comes first, the day or the month?'),
    "discount": translatable('"{column}": how are the discounts meant?'),
    "best": translatable('"{column}": is 1 the best, or the largest number?'),
    "year": translatable('"{column}": of which year are the days that name none?'),
}
_TWO_PARTS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,4})?")


@dataclass(frozen=True)
class Rule:
    """What the user may say of a column: the option, its values in words, and the one that holds (None: it asks)."""

    key: str
    choices: tuple[tuple[Option, str], ...]
    chosen: int | None


def rule_of(column: Column, this_year: int) -> Rule | None:
    """The one rule that matters for a column: the one it asks about, else the one that it was read by."""
    asked = str(column.options.get(ASK, ""))
    key = asked or next((name for name in (*CHOICES, "year") if name in column.options), "")
    if key not in CHOICES and key != "year":
        return None
    value = column.options.get(key)
    choices = tuple(
        (given, f"{text} · {shown}" if (shown := _example(column, key, given)) else text)
        for given, text in _choices(key, value, this_year)
    )
    held = None if asked else next((place for place, (given, _text) in enumerate(choices) if given == value), None)
    return Rule(key, choices, held)


def other_rules(column: Column, this_year: int) -> list[Rule]:
    """What else may be said of a column of its field, beside the rule that is asked or shown anyway."""
    shown = rule_of(column, this_year)
    found = []
    for key, fields in FITTING.items():
        if column.field in fields and (shown is None or shown.key != key):
            value = column.options.get(key, USUAL.get(key))
            choices = _choices(key, value, this_year)
            held = next((place for place, (given, _text) in enumerate(choices) if given == value), None)
            found.append(Rule(key, choices, held))
    return found


def question_of(column: Column) -> str:
    """What a column asks, in a sentence; "" where it asks nothing."""
    asked = QUESTIONS.get(str(column.options.get(ASK, "")))
    return _(asked).format(column=column.header or column.letter) if asked else ""


def _example(column: Column, key: str, value: Option) -> str:
    """A cell of the column as it would be read by this word; "" where none tells the difference."""
    for raw, _read in column.examples:
        if key == "day_first" and (found := _TWO_PARTS.match(raw)):
            first, second = int(found[1]), int(found[3])
            month, day = (second, first) if value else (first, second)
            if first != second and month <= MONTHS:
                return f"{found[0]} → {found[4]}-{month:02}-{day:02}"
        if key == "unit" and _NUMBER.fullmatch(raw):
            return f"{raw} → {money(to_money(Decimal(raw) * int(value)))}"
    return ""


def with_rule(column: Column, key: str, value: Option) -> Column:
    """The column read by the user's word."""
    options = {name: given for name, given in column.options.items() if name not in (ASK, key)}
    if USUAL.get(key) != value:
        options[key] = value
    return replace(column, options=options, confidence=1.0)


def _choices(key: str, value: Option | None, this_year: int) -> tuple[tuple[Option, str], ...]:
    if key == "year":
        years = {this_year - back for back in range(YEARS_OFFERED)} | ({int(value)} if value else set())
        return tuple((year, _("without a year: {year}").format(year=year)) for year in sorted(years, reverse=True))
    offered = tuple((given, _(text)) for given, text in CHOICES[key])
    if key == "unit" and value is not None and value not in dict(offered):
        return (*offered, (value, _("in units of {unit}").format(unit=f"{value:,}")))
    return offered
