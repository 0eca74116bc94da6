"""How often a customer is to be contacted at the least, and how wishes are spread over the coming days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crmdesk.domain.stage import Stage

LEAST_CONTACT: Final[Mapping[int, tuple[int, ...]]] = {
    2: (30, 90),
    3: (30, 60, 120),
    4: (30, 60, 90, 180),
    5: (30, 45, 60, 90, 180),
}
IN_TALKS_DAYS: Final = 14
NO_TIER_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """A contact that rhythm or cadence asks for: from which day on, and how it is ranked (smaller comes first)."""

    customer_id: int
    wanted_on: date
    order: tuple[int, int]
    origin: str
    kind: str


def least_contact(tier_rank: int | None, levels: int, stage: str) -> int:
    """The days after which a customer is due for a contact; every tier has its own, those without one too."""
    if stage == Stage.IN_TALKS:
        return IN_TALKS_DAYS
    if tier_rank is None:
        return NO_TIER_DAYS
    steps = LEAST_CONTACT[min(max(levels, 2), 5)]
    return steps[min(tier_rank, len(steps) - 1)]


def first_contact_on(customer_id: int, known_since: date, cadence: int) -> date:
    """When somebody never contacted is due: the days after the import, spread evenly and always the same way."""
    mixed = (customer_id * 0x9E3779B97F4A7C15) >> 20  # neighbours in the sheet are spread as well as strangers
    return known_since + timedelta(days=1 + mixed % max(cadence, 1))


def schedule(wishes: Iterable[Wish], taken: Mapping[date, int], days: Sequence[date], cap: int) -> dict[int, date]:
    """A day for as many wishes as the days can take: each at its wanted day or later, the important ones first."""
    waiting = sorted(wishes, key=lambda wish: (wish.order, wish.wanted_on, wish.customer_id))
    free = {day: max(cap - taken.get(day, 0), 0) for day in days}
    given: dict[int, date] = {}
    for wish in waiting:
        for day in days:
            if free[day] and day >= wish.wanted_on:
                free[day] -= 1
                given[wish.customer_id] = day
                break
    return given


def spread(count: int, first_day: date, per_day: int) -> list[date]:
    """Days for so many follow-ups, `per_day` a day from the first day on."""
    return [first_day + timedelta(days=number // max(per_day, 1)) for number in range(count)]
