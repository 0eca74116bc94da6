"""What each source brought: how many came, how many bought, how many came again, and their money. Own data only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from crmdesk.domain.first_contact import folded
from crmdesk.domain.referral import is_referral

CUSTOMERS_FROM: Final = 10  # with a source; shares of fewer say nothing
COMPARED_FROM: Final = 5  # on either side, before referrals are held against the rest
SHOWN: Final = 8  # sources with a bar of their own
# Keys that no source is written as: those of whom only the referrer is known, and the small sources together.
BROUGHT, OTHERS = "\0brought", "\0others"
BOUGHT, AGAIN = "bought", "again"


class Came(NamedTuple):
    """A customer: its source and referrer as noted, its purchase days (None: unknown) and int money."""

    customer_id: int
    source: str
    referred_by: str
    purchase_days: int | None
    money: int | None
    bought: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The customers of a source, those of them that bought, and those that bought on more than one day."""

    key: str
    source: str
    came: tuple[int, ...]
    bought: tuple[int, ...]
    again: tuple[int, ...]
    money: int | None  # None where nobody's money is known


class Closed(NamedTuple):
    """So many came, so many of them bought."""

    came: int
    bought: int

    @property
    def rate(self) -> float:
        """The share that bought, 0 to 1."""
        return self.bought / self.came if self.came else 0.0


@dataclass(frozen=True)
class SourceYield:
    """The sources by money, then by buyers; `unknown` customers have neither source nor referrer."""

    rows: tuple[SourceRow, ...]
    unknown: int
    referred: Closed
    others: Closed

    @property
    def customers(self) -> int:
        """How many customers have a source."""
        return sum(len(row.came) for row in self.rows)

    @property
    def compares(self) -> bool:
        """Whether referrals and the rest are enough to be held against each other."""
        return min(self.referred.came, self.others.came) >= COMPARED_FROM

    def shown(self) -> tuple[SourceRow, ...]:
        """The largest sources, and all others as one row."""
        if len(self.rows) <= SHOWN + 1:
            return self.rows
        return (*self.rows[:SHOWN], _joined(self.rows[SHOWN:]))

    def ids(self, key: str) -> tuple[int, ...]:
        """The customers behind "<key of a row>", "<key>,bought" or "<key>,again"."""
        name, _comma, part = key.rpartition(",")
        if part not in (BOUGHT, AGAIN):
            name, part = key, "came"
        row = next((row for row in self.shown() if row.key == name), None)
        return getattr(row, part) if row is not None else ()


def source_yield(customers: Iterable[Came]) -> SourceYield | None:
    """What the sources brought; None while too few sources are noted, or nobody bought.

    A source is one however it is written (full width, capitals); a customer with a referrer and no source came
    through somebody.
    """
    groups: dict[str, list[Came]] = {}
    unknown, referred, others = 0, [0, 0], [0, 0]
    for one in customers:
        if not one.source and not one.referred_by:
            unknown += 1
            continue
        groups.setdefault(folded(one.source) or BROUGHT, []).append(one)
        side = referred if is_referral(one.source, one.referred_by) else others
        side[0] += 1
        side[1] += one.bought
    rows = sorted((_row(key, people) for key, people in groups.items()), key=_rank)
    found = SourceYield(tuple(rows), unknown, Closed(*referred), Closed(*others))
    enough = len(rows) > 1 and found.customers >= CUSTOMERS_FROM and any(row.bought for row in rows)
    return found if enough else None


def _row(key: str, people: list[Came]) -> SourceRow:
    written = Counter(one.source for one in people).most_common(1)[0][0]
    known = [one.money for one in people if one.money is not None]
    return SourceRow(
        key,
        written,
        tuple(one.customer_id for one in people),
        tuple(one.customer_id for one in people if one.bought),
        tuple(one.customer_id for one in people if (one.purchase_days or 0) > 1),
        sum(known) if known else None,
    )


def _rank(row: SourceRow) -> tuple[int, int, int, str]:
    return -(row.money or 0), -len(row.bought), -len(row.came), row.key


def _joined(rows: Iterable[SourceRow]) -> SourceRow:
    some = list(rows)
    known = [row.money for row in some if row.money is not None]
    came = tuple(one for row in some for one in row.came)
    bought = tuple(one for row in some for one in row.bought)
    again = tuple(one for row in some for one in row.again)
    return SourceRow(OTHERS, str(len(some)), came, bought, again, sum(known) if known else None)
