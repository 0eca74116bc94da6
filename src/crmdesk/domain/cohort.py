"""Who began at the same time, and how many of them still come: retention by months or quarters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.purchases import EPOCH, NO_DAY, Ints, Purchases

BUYERS_FROM: Final = 20
FEWEST: Final = 3  # of those who began together; the share of one or two says nothing
SHOWN: Final = 8  # beginnings and periods after them; more would not be legible
_LONG: Final = 540  # days of orders from which on quarters tell more than months
_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers whose first order lies in a period ("2026-03" or "2026-Q1"), and the share of them who bought in the
    periods after it (0 to 1; the first is the one right after)."""

    name: str
    customers: int
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Cohorts:
    """The beginnings, oldest first; `after` periods the share of all of them who bought is `share`."""

    rows: tuple[Cohort, ...]
    quarters: bool
    after: int
    share: float
    buyers: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def ids(self, key: str) -> tuple[int, ...]:
        """Who bought: "2026-03,2" are those of a beginning two periods later, "2026-03,0" all of them."""
        return self.buyers.get(key, ())


def cohorts(buyers: Purchases, as_of: int) -> Cohorts | None:
    """Retention by the period of the first order; None while too few bought, or for too short a time.

    The period that runs now is left out: it is not over, and would always look worse.
    """
    kept = buyers.of(~buyers.estimated & (buyers.first != NO_DAY) & (buyers.first <= as_of))
    if len(kept) < BUYERS_FROM:
        return None
    quarters = as_of - int(kept.first.min()) > _LONG
    owner = np.repeat(np.arange(len(kept)), kept.day_count)
    at = (
        kept.starts[owner]
        + np.arange(len(owner))
        - np.repeat(np.cumsum(kept.day_count) - kept.day_count, kept.day_count)
    )
    period, first = _period(kept.days[at], quarters=quarters), _period(kept.first, quarters=quarters)
    running = int(_period(np.array([as_of]), quarters=quarters)[0])
    rows: list[Cohort] = []
    found: dict[str, tuple[int, ...]] = {}
    together = came = 0
    for begin in range(max(int(first.min()), running - SHOWN), running - 1):
        mine = first == begin
        size = int(np.count_nonzero(mine))
        if size < FEWEST:
            continue
        name = _name(begin, quarters=quarters)
        found[f"{name},0"] = tuple(kept.ids[mine].tolist())
        counts = []
        for later in range(begin + 1, running):
            who = np.unique(owner[mine[owner] & (period == later)])
            found[f"{name},{later - begin}"] = tuple(kept.ids[who].tolist())
            counts.append(len(who))
        rows.append(Cohort(name, size, tuple(count / size for count in counts)))
        together, came = together + size, came + counts[0]
    if len(rows) < 2:  # one row is no comparison
        return None
    return Cohorts(tuple(rows), quarters, 1, came / together, found)


def _period(days: Ints, *, quarters: bool) -> Ints:
    """Months, or quarters, since 1970."""
    months = (days - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months // _QUARTER if quarters else months)


def _name(period: int, *, quarters: bool) -> str:
    months = period * _QUARTER if quarters else period
    year, month = 1970 + months // 12, months % 12
    return f"{year}-Q{month // _QUARTER + 1}" if quarters else f"{year}-{month + 1:02}"
