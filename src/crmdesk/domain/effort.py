"""What a customer costs oneself: contacts made and discounts given, for those won, those kept, and those in vain.

Time is not kept, so a visit counts as a visit and a call as a call; gifts are seen where they are noted as a discount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WON, KEPT, VAIN = "won", "kept", "vain"  # first order within the year; bought before it and in it; contacted only
GROUPS: Final = (WON, KEPT, VAIN)
FEWEST: Final = 5  # customers of a group, below which a mean tells of one of them
LEAST_CONTACTS: Final = 20


@dataclass(frozen=True, slots=True)
class EffortRow:
    """One group within the last 365 days: visits, other contacts, int money of discounts and of what was paid."""

    group: str
    ids: tuple[int, ...]
    visits: int
    contacts: int
    discount: int
    money: int

    @property
    def customers(self) -> int:
        """How many they are."""
        return len(self.ids)

    @property
    def visits_each(self) -> float:
        """Visits per customer."""
        return self.visits / max(self.customers, 1)

    @property
    def contacts_each(self) -> float:
        """Other contacts per customer."""
        return self.contacts / max(self.customers, 1)

    @property
    def discount_each(self) -> int:
        """Int money left off per customer."""
        return self.discount // max(self.customers, 1)


@dataclass(frozen=True)
class Effort:
    """What each group took, in the order of `GROUPS`."""

    rows: tuple[EffortRow, ...]

    def ids(self, group: str) -> tuple[int, ...]:
        """The customers of a group."""
        return next((row.ids for row in self.rows if row.group == group), ())


def effort_of(spent: dict[str, list[tuple[int, int, int, int, int]]]) -> Effort | None:
    """The groups that are large enough to speak of; None without contacts, or where nobody was won or kept.

    `spent` holds by group the customer, its visits, other contacts, int money of discounts, int money paid.
    """
    rows = [
        EffortRow(group, tuple(one[0] for one in here), *(sum(one[place] for one in here) for place in range(1, 5)))
        for group in GROUPS
        if len(here := spent.get(group, [])) >= FEWEST
    ]
    enough = sum(row.visits + row.contacts for row in rows) >= LEAST_CONTACTS
    return Effort(tuple(rows)) if enough and any(row.group != VAIN for row in rows) else None
