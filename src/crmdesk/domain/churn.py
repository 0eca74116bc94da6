"""Who left, by the tier it had before it did: the tier of now is low because its customer left, and says nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crmdesk.domain.fairness import AfterMove

CHURN_FROM: Final = 5  # customers who left; fewer are no pattern
_LEAST_CUSTOMERS: Final = 5  # of a level that is said to lose most


@dataclass(frozen=True, slots=True)
class LevelChurn:
    """Of so many customers of a level so many left; `money` (int) is what those brought in the year before.

    `complained` counts the level's customers with a complaint since then; `who` are those who left.
    """

    tier: str
    customers: int
    money: int
    complained: int
    who: tuple[int, ...]

    @property
    def share(self) -> float:
        """The part that left, 0 to 1."""
        return len(self.who) / self.customers if self.customers else 0.0


@dataclass(frozen=True)
class Churn:
    """Levels of a day half a year ago, the best first, and what became of their customers; what follows a move."""

    before: date
    until: date
    levels: tuple[LevelChurn, ...]
    moved: tuple[AfterMove, ...]

    @property
    def worst(self) -> LevelChurn:
        """The level that lost the largest part of its customers; a handful makes no share."""
        many = [level for level in self.levels if level.customers >= _LEAST_CUSTOMERS] or list(self.levels)
        return max(many, key=lambda level: level.share)

    def ids(self, key: str) -> tuple[int, ...]:
        """Those who left of a level, or ("+up", "+down") after a move."""
        left = {level.tier: level.who for level in self.levels}
        return {**left, **{f"+{one.direction}": one.who for one in self.moved}}.get(key, ())


@dataclass(frozen=True)
class Then:
    """How everybody stood on a day: the tier by customer ("" none), and who was lost already."""

    day: date
    tiers: Mapping[int, str]
    lost: Collection[int]


def churn(
    then: Then, now: date, lost: Collection[int], money: Mapping[int, int], complained: Collection[int]
) -> tuple[LevelChurn, ...]:
    """What became of the customers of each level; `lost` are those of `now`. Empty where too few left."""
    levels: dict[str, list[int]] = {}
    for customer, tier in then.tiers.items():
        if tier and customer not in then.lost:
            levels.setdefault(tier, []).append(customer)
    told = []
    for tier, customers in levels.items():
        left = tuple(one for one in customers if one in lost)
        complaints = sum(one in complained for one in customers)
        told.append(LevelChurn(tier, len(customers), sum(money.get(one, 0) for one in left), complaints, left))
    return tuple(told) if sum(len(one.who) for one in told) >= CHURN_FROM and len(told) > 1 and now > then.day else ()


def in_order(levels: Sequence[LevelChurn], names: Sequence[str]) -> tuple[LevelChurn, ...]:
    """The levels from the best on, as the rules name them."""
    by_name = {level.tier: level for level in levels}
    return tuple(by_name[name] for name in names if name in by_name)
