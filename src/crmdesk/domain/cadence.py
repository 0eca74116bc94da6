"""How often a customer is to be contacted at the least, and how wishes are spread over the coming days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import Final

from crmdesk.domain.spread import SUNDAY
from crmdesk.domain.stage import Stage

LEAST_CONTACT: Final[Mapping[int, tuple[int, ...]]] = {
    2: (30, 90),
    3: (30, 60, 120),
    4: (30, 60, 90, 180),
    5: (30, 45, 60, 90, 180),
}
IN_TALKS_DAYS: Final = 14
NO_TIER_DAYS: Final = 60
LOOKED_AFTER_DAYS: Final = 60  # who was not contacted for as long can grow without anybody noticing


@dataclass(frozen=True, slots=True)
class Wish:
    """A contact that rhythm or cadence asks for: from which day on, and how it is ranked (smaller comes first)."""

    customer_id: int
    wanted_on: date
    order: tuple[int, int]
    origin: str


def steps_of(own: Sequence[int], levels: int) -> tuple[int, ...]:
    """The days between contacts by level, the best first: the rules' own, else the house's; without levels none."""
    if not levels:
        return ()
    return tuple(own) or LEAST_CONTACT[min(max(levels, 2), 5)]


def least_contact(tier_rank: int | None, steps: Sequence[int], stage: str) -> int:
    """The days after which a customer is due for a contact; every tier has its own, those without one too."""
    if stage == Stage.IN_TALKS:
        return IN_TALKS_DAYS
    if tier_rank is None or not steps:
        return NO_TIER_DAYS
    return steps[min(tier_rank, len(steps) - 1)]


def first_contact_on(customer_id: int, known_since: date, cadence: int) -> date:
    """When somebody never contacted is due: the days after the import, spread evenly and always the same way."""
    mixed = (customer_id * 0x9E3779B97F4A7C15) >> 20  # neighbours in the sheet are spread as well as strangers
    return known_since + timedelta(days=1 + mixed % max(cadence, 1))


def schedule(wishes: Iterable[Wish], taken: Mapping[date, int], days: Sequence[date], cap: int) -> dict[int, date]:
    """A day for as many wishes as the days can take: each at its wanted day or later, the important ones first."""
    given: dict[int, date] = {}
    waiting: list[tuple[tuple[int, int], int]] = []
    later = sorted(wishes, key=lambda wish: wish.wanted_on, reverse=True)
    for day in days:
        while later and later[-1].wanted_on <= day:
            wish = later.pop()
            heappush(waiting, (wish.order, wish.customer_id))
        for _ in range(min(cap - taken.get(day, 0), len(waiting))):
            given[heappop(waiting)[1]] = day
    return given


def working_days(today: date, count: int) -> list[date]:
    """Today and the days after it, Sundays left out: shops open on Saturdays. Today counts whatever day it is."""
    days = (today + timedelta(days=ahead) for ahead in range(count))
    return [day for day in days if day == today or day.weekday() != SUNDAY]
