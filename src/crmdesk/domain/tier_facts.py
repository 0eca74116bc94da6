"""What is known of customers beside their purchases, as far as tiers ask for it. Missing is unknown, never low."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.purchases import NO_DAY, Flags, Floats, Ints

NEEDS, POWER, POTENTIAL, LOYALTY, EXCLUSION = "needs", "power", "potential", "loyalty", "exclusion"
KINDS: Final = (NEEDS, POWER, POTENTIAL, LOYALTY, EXCLUSION)
LEVELS: Final = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Told:
    """The salesperson's own estimate: dated and expiring. `amount` is int money a year (None: not told).

    `level` is low, medium or high; of the needs "unclear" or "" (they are known); of an exclusion its code.
    """

    kind: str
    level: str = ""
    amount: int | None = None
    reason: str = ""
    made_on: int = NO_DAY
    until: int = NO_DAY

    def holds(self, as_of: int) -> bool:
        """Whether it still counts on a day (an ordinal)."""
        return not self.until or as_of <= self.until


@dataclass(frozen=True)
class Facts:
    """Facts by customer id; who is not in a mapping is unknown there.

    `told` holds the newest estimate by kind, `waived` the exclusions that the user has overridden. `contacts` counts
    talks tried and answered. `overdue` is int money. `complaints_kept` is False where the file keeps no complaints at
    all. `groups` are the product groups bought, `headroom` those that similar customers buy beside them.
    """

    told: Mapping[int, Mapping[str, Told]] = field(default_factory=dict)
    waived: Mapping[int, Mapping[str, Told]] = field(default_factory=dict)
    contacts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    complaints: Mapping[int, int] = field(default_factory=dict)
    complaints_kept: bool = False
    overdue: Mapping[int, int] = field(default_factory=dict)
    industry: Mapping[int, str] = field(default_factory=dict)
    region: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    intent: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)
    headroom: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def levels(self, kind: str, ids: Ints, as_of: int) -> Ints:
        """The estimated level of each customer as a position in LEVELS; -1 unknown or expired."""
        found = np.full(len(ids), -1, np.int64)
        if not self.told:
            return found
        for place, customer in enumerate(ids.tolist()):
            told = self.told.get(customer, {}).get(kind)
            if told is not None and told.level in LEVELS and told.holds(as_of):
                found[place] = LEVELS.index(told.level)
        return found

    def one(self, kind: str, customer: int, as_of: int) -> Told | None:
        """The estimate of a customer that still holds."""
        told = self.told.get(customer, {}).get(kind)
        return told if told is not None and told.holds(as_of) else None


FactsOf = Callable[[Ints], Facts]


def no_facts(_ids: Ints) -> Facts:
    """Nothing is known beside the purchases."""
    return Facts()


def column(found: Mapping[int, int], ids: Ints) -> tuple[Floats, Flags]:
    """A mapping as a column over `ids`, and where it knows something."""
    if not found:
        return np.zeros(len(ids)), np.zeros(len(ids), np.bool_)
    listed = ids.tolist()
    known = np.array([customer in found for customer in listed], np.bool_)
    return np.array([found.get(customer, 0) for customer in listed], np.float64), known
