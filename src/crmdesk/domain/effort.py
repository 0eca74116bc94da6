"""What a customer costs oneself: time of contacts, gifts and discounts, for those won, those kept, and those in vain.

Nobody notes how long a visit took: its minutes are the user's own, the same for each of a kind (`Minutes`). A gift
without a price is counted and never taken for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

WON, KEPT, VAIN = "won", "kept", "vain"  # first order within the year; bought before it and in it; contacted only
GROUPS: Final = (WON, KEPT, VAIN)
FEWEST: Final = 5  # customers of a group, below which a mean tells of one of them
LEAST_CONTACTS: Final = 20
MOST_MINUTES: Final = 600


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a contact takes: a visit or a meeting with the way there, a call, a message."""

    visit: int = 60
    call: int = 10
    message: int = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """What went to one customer, or to several together: contacts by kind, int money of discounts and gifts.

    `unpriced` are gifts whose price is not known; `money` is what was paid.
    """

    visits: int = 0
    calls: int = 0
    messages: int = 0
    discount: int = 0
    gifts: int = 0
    unpriced: int = 0
    money: int = 0

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Spent)))

    @property
    def contacts(self) -> int:
        """All contacts."""
        return self.visits + self.calls + self.messages

    def minutes(self, each: Minutes) -> int:
        """The time that the contacts took."""
        return self.visits * each.visit + self.calls * each.call + self.messages * each.message


@dataclass(frozen=True, slots=True)
class EffortRow:
    """One group within the last 365 days: who they are, what went to all of them, how long contacts take."""

    group: str
    ids: tuple[int, ...]
    spent: Spent
    each: Minutes = Minutes()

    @property
    def customers(self) -> int:
        """How many they are."""
        return len(self.ids)

    @property
    def minutes(self) -> float:
        """Minutes per customer."""
        return self.spent.minutes(self.each) / max(self.customers, 1)

    @property
    def discount(self) -> int:
        """Int money left off per customer."""
        return self.spent.discount // max(self.customers, 1)

    @property
    def gifts(self) -> int:
        """Int money of gifts per customer, those without a price left out."""
        return self.spent.gifts // max(self.customers, 1)

    def a_customer(self, count: int) -> float:
        """A count of the whole group per customer."""
        return count / max(self.customers, 1)


@dataclass(frozen=True)
class Effort:
    """What each group took, in the order of `GROUPS`."""

    rows: tuple[EffortRow, ...]

    def ids(self, group: str) -> tuple[int, ...]:
        """The customers of a group."""
        return next((row.ids for row in self.rows if row.group == group), ())


def effort_of(spent: dict[str, list[tuple[int, Spent]]], each: Minutes) -> Effort | None:
    """The groups that are large enough to speak of; None without contacts, or where nobody was won or kept.

    `spent` holds by group the customers and what went to each.
    """
    rows = [
        EffortRow(group, tuple(number for number, _spent in here), sum((one for _id, one in here), Spent()), each)
        for group in GROUPS
        if len(here := spent.get(group, [])) >= FEWEST
    ]
    enough = sum(row.spent.contacts for row in rows) >= LEAST_CONTACTS
    return Effort(tuple(rows)) if enough and any(row.group != VAIN for row in rows) else None
