"""One rule for a whole column: its unit, day before month, how discounts are meant, the year left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crmdesk.i18n import _, translatable

if TYPE_CHECKING:
    from crmdesk.operations.importing import Column

ASK: Final = "ask"
PLAIN_UNIT: Final = 1
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
    choices = _choices(key, value, this_year)
    held = None if asked else next((place for place, (given, _text) in enumerate(choices) if given == value), None)
    return Rule(key, choices, held)


def with_rule(column: Column, key: str, value: Option) -> Column:
    """The column read by the user's word."""
    options = {name: given for name, given in column.options.items() if name not in (ASK, key)}
    if (key, value) not in (("unit", PLAIN_UNIT), ("calendar", "solar")):
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
