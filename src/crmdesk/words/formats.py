"""Values as the screen shows them: money, days, shares, phones. Exports keep plain values instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from crmdesk.domain.money import MONEY_UNIT, QUANTITY_UNIT
from crmdesk.i18n import _, current_language, ngettext, translatable

WEEKDAYS: Final = (
    translatable("Monday"),
    translatable("Tuesday"),
    translatable("Wednesday"),
    translatable("Thursday"),
    translatable("Friday"),
    translatable("Saturday"),
    translatable("Sunday"),
)
MONTHS: Final = (
    translatable("January"),
    translatable("February"),
    translatable("March"),
    translatable("April"),
    translatable("May"),
    translatable("June"),
    translatable("July"),
    translatable("August"),
    translatable("September"),
    translatable("October"),
    translatable("November"),
    translatable("December"),
)
# Up to here a number of days still says something; beyond, months and then years do.
DAYS_TOLD: Final = 99
MONTHS_TOLD: Final = 24
DAYS_A_MONTH: Final = 30.44
DAYS_A_YEAR: Final = 365.25
ROUND_FROM: Final = 100  # from here on a digit behind the point says nothing more
EMPTY: Final = "—"
_MOBILE_DIGITS: Final = 11


def money(amount: int | None, currency: str = "¥") -> str:
    """Int money as "¥24,600" or "-¥12.50": cents only where there are some; "—" where it is unknown."""
    if amount is None:
        return EMPTY
    cents = round(abs(amount), -2) * 100 // MONEY_UNIT  # of whole numbers a half goes to the even side, exactly
    whole, rest = divmod(cents, 100)
    sign = "-" if amount < 0 and cents else ""
    return f"{sign}{currency}{whole:,}" + (f".{rest:02d}" if rest else "")


def whole_money(amount: int) -> str:
    """Money without its cents, where they say nothing: in a chart's title, as what an order is worth."""
    return money(round(amount / MONEY_UNIT) * MONEY_UNIT)


def quantity(amount: int | None) -> str:
    """An int quantity as "1,200" or "2.5"."""
    if amount is None:
        return EMPTY
    whole, rest = divmod(abs(amount), QUANTITY_UNIT)
    text = f"{'-' if amount < 0 else ''}{whole:,}.{rest:03d}"
    return text.rstrip("0").rstrip(".")


def count(number: int | None) -> str:
    """A count with its thousands kept apart: "12,340"."""
    return EMPTY if number is None else f"{number:,}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as "35%"; a small one keeps a digit behind the point, so that something never looks like 0."""
    if share is None:
        return EMPTY
    return f"{share:.1%}" if 0 < abs(share) < 0.01 else f"{share:.0%}"


def change(share: float) -> str:
    """How much a share went up or down: "+5%"."""
    return f"{'+' if share > 0 else ''}{percent(share)}"


def times(number: float) -> str:
    """How many times something usual: "2.3 times"."""
    return _("{number} times").format(number=f"{number:.1f}".removesuffix(".0"))


def as_day(value: date | str | None) -> date | None:
    """A day from a date, a datetime or ISO text; None where there is none."""
    if not value:
        return None
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def day(value: date | str | None) -> str:
    """A day in ISO form, as tooltips and reasons show it."""
    found = as_day(value)
    return found.isoformat() if found else EMPTY


def short_day(value: date | str | None, today: date) -> str:
    """A day as "11-22"; with its year where that is not the current one."""
    found = as_day(value)
    if found is None:
        return EMPTY
    return found.strftime("%m-%d") if found.year == today.year else found.isoformat()


def month_name(month: int) -> str:
    """The name of month 1 to 12."""
    return _(MONTHS[month - 1])


def weekday(value: date) -> str:
    """The day's name in the week."""
    return _(WEEKDAYS[value.weekday()])


def long_day(value: date) -> str:
    """A day in full, as the head of 今天 says it: "11月22日 星期日", "Sunday, November 22"."""
    return _("{weekday}, {month} {day}").format(weekday=weekday(value), month=month_name(value.month), day=value.day)


def clock_time(value: time | datetime | None) -> str:
    """An hour and minute: "14:03"."""
    return value.strftime("%H:%M") if value else ""


def moment(value: datetime) -> str:
    """A day with its hour and minute: "2026-11-22 14:03"."""
    return f"{day(value)} {clock_time(value)}"


def days(number: int | None) -> str:
    """A number of days: "35 天"."""
    if number is None:
        return EMPTY
    return ngettext("{count} day", "{count} days", number).format(count=number)


def ago(value: date | str | None, today: date) -> str:
    """How far a day lies from today: "今天", "3 天前", "明天", "2 个月后"; "—" where there is none."""
    found = as_day(value)
    if found is None:
        return EMPTY
    distance = (today - found).days
    return _past(distance) if distance >= 0 else _future(-distance)


def _past(distance: int) -> str:
    if distance <= 1:
        return _("yesterday") if distance else _("today")
    number, unit = _span(distance)
    if unit == "days":
        return ngettext("{count} day ago", "{count} days ago", number).format(count=number)
    if unit == "months":
        return ngettext("{count} month ago", "{count} months ago", number).format(count=number)
    return ngettext("{count} year ago", "{count} years ago", number).format(count=number)


def _future(distance: int) -> str:
    if distance <= 2:
        return _("tomorrow") if distance == 1 else _("the day after tomorrow")
    number, unit = _span(distance)
    if unit == "days":
        return ngettext("in {count} day", "in {count} days", number).format(count=number)
    if unit == "months":
        return ngettext("in {count} month", "in {count} months", number).format(count=number)
    return ngettext("in {count} year", "in {count} years", number).format(count=number)


def _span(distance: int) -> tuple[int, str]:
    if distance <= DAYS_TOLD:
        return distance, "days"
    months = round(distance / DAYS_A_MONTH)
    return (months, "months") if months <= MONTHS_TOLD else (round(distance / DAYS_A_YEAR), "years")


def phone(value: str) -> str:
    """A phone for the eye: "138 0013 8000"; landlines and foreign numbers as they are kept."""
    number, dash, extension = value.partition("-")
    digits = (number + extension).isascii() and number.isdigit() and (not dash or extension.isdigit())
    if not digits or len(number) != _MOBILE_DIGITS or number[0] != "1":
        return value
    return f"{number[:3]} {number[3:7]} {number[7:]}{dash}{extension}"


def region(parts: Sequence[str]) -> str:
    """Province, city and district in one, a repeated part (北京 北京) told once."""
    told: list[str] = []
    for part in parts:
        if part and part not in told:
            told.append(part)
    return " ".join(told)


def veiled(name: str) -> str:
    """A name that the customer who looks on is not to read: its first sign only."""
    return f"{name[:1]}**" if name else ""


def phone_tail(digits: str) -> str:
    """Enough of a number to tell two customers of one sign apart, too little to call: "•• 8013"."""
    return f"•• {digits[-4:]}" if len(digits) > 4 else ""


def names(values: Sequence[str], shown: int = 3) -> str:
    """Several names in one line: "王姐超市、老李、小赵 and 4 more"."""
    text = _(", ").join(values[:shown])
    rest = len(values) - shown
    return _("{names} and {count} more").format(names=text, count=rest) if rest > 0 else text


def short_money(amount: int, currency: str = "¥") -> str:
    """Int money in few characters, for charts: "¥1.2万", "¥402万", "¥12k", "¥4m"."""
    whole = amount / MONEY_UNIT
    for step, unit in _short_units():
        if abs(whole) >= step:
            count = whole / step
            digits = f"{count:,.0f}" if abs(count) >= ROUND_FROM else f"{count:.1f}".removesuffix(".0")
            return f"{currency}{digits}{unit}"
    return f"{currency}{whole:,.0f}"


def _short_units() -> tuple[tuple[int, str], ...]:
    if current_language() == "en":
        return (1_000_000, "m"), (1_000, "k")
    return (100_000_000, _("hundred million")), (10_000, _("ten thousand"))
