"""Whose birthday comes, by the sun's calendar or the moon's; who has bought here for how many years; which festival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SOLAR, LUNAR = "solar", "lunar"
BIRTHDAY, ANNIVERSARY, FESTIVAL = "birthday", "anniversary", "festival"
# Those on which one greets. The moon's New Year's Eve is left out: who greets then greets for the day after.
FESTIVALS: Final[Mapping[str, Mapping[str, str]]] = {
    SOLAR: {"01-01": "new_year", "10-01": "national_day"},
    LUNAR: {"01-01": "spring", "01-15": "lantern", "05-05": "dragon_boat", "08-15": "mid_autumn"},
}
MOST_ANNIVERSARIES: Final = 3  # of a large shop a dozen come each week; the best are greeted


@dataclass(frozen=True, slots=True)
class CareDay:
    """A day that comes: whose, on which day of our calendar, by which calendar it is kept.

    `kind` birthday, anniversary (of the first order, `years` ago) or festival: that is everybody's, `customer_id` is 0
    and `name` its code.
    """

    customer_id: int
    name: str
    salutation: str
    on: date
    calendar: str = SOLAR
    kind: str = BIRTHDAY
    years: int = 0


def coming_keys(today: date, days: int) -> dict[str, dict[str, date]]:
    """For each calendar the "MM-DD" that are birthdays on one of the coming days, with the day. Loads lunar_python.

    Who was born on 29 February celebrates on the 28th of an ordinary year, who on the 30th of a lunar month on its
    last day. A leap month counts as the month it follows: few celebrate twice, nobody wants to be forgotten.
    """
    coming = [today + timedelta(days=ahead) for ahead in range(days + 1)]
    solar: dict[str, date] = {}
    lunar: dict[str, date] = {}
    for day in coming:
        solar.setdefault(day.strftime("%m-%d"), day)
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            solar.setdefault("02-29", day)
        for key in _lunar_keys(day):
            lunar.setdefault(key, day)
    return {SOLAR: solar, LUNAR: lunar}


def _lunar_keys(day: date) -> Iterable[str]:
    from lunar_python import Solar

    here = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month, number = abs(here.getMonth()), here.getDay()
    yield f"{month:02}-{number:02}"
    after = day + timedelta(days=1)
    if number == 29 and Solar.fromYmd(after.year, after.month, after.day).getLunar().getDay() == 1:
        yield f"{month:02}-30"


def care_days(rows: Iterable[tuple[int, str, str, str, str]], keys: Mapping[str, Mapping[str, date]]) -> list[CareDay]:
    """The birthdays of rows (id, name, salutation, birthday, calendar) that come, the next one first."""
    found = []
    for customer_id, name, salutation, birthday, calendar in rows:
        kept_by = LUNAR if calendar == LUNAR else SOLAR
        on = keys[kept_by].get(birthday[-5:])
        if on is not None:
            found.append(CareDay(customer_id, name, salutation, on, kept_by))
    return sorted(found, key=lambda day: (day.on, day.name))


def festivals(today: date, days: int) -> list[CareDay]:
    """The festivals of the coming days. Loads lunar_python. A leap month repeats none of them."""
    from lunar_python import Solar

    found = []
    for day in (today + timedelta(days=ahead) for ahead in range(days + 1)):
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        keys = {SOLAR: day.strftime("%m-%d"), LUNAR: f"{lunar.getMonth():02}-{lunar.getDay():02}"}
        found += [
            CareDay(0, FESTIVALS[calendar][key], "", day, calendar, FESTIVAL)
            for calendar, key in keys.items()
            if key in FESTIVALS[calendar]
        ]
    return found


def anniversaries(rows: Iterable[tuple[int, str, str, str]], keys: Mapping[str, date]) -> list[CareDay]:
    """The first orders of rows (id, name, salutation, ISO day) that are so many whole years ago on a coming day."""
    found = []
    for customer_id, name, salutation, first in rows:
        on = keys.get(first[5:10])
        years = on.year - int(first[:4]) if on is not None else 0
        if on is not None and years:
            found.append(CareDay(customer_id, name, salutation, on, SOLAR, ANNIVERSARY, years))
    return found[:MOST_ANNIVERSARIES]
