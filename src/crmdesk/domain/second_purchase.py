"""等第二单: first-time buyers whose second order is due, by what the others who came again did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from crmdesk.domain.purchases import NO_DAY, Flags, Floats, Ints, Purchases

RETURNED_FROM: Final = 20  # customers who came again; fewer tell nothing of when one comes again
EARLY, DUE, OVERDUE, LATE = "early", "due", "overdue", "late"
_STATES: Final = (EARLY, DUE, OVERDUE, LATE)
_LIMITS: Final = (0.5, 0.8, 0.95)  # so many of those who come again have come: due, overdue, hardly anybody later


@dataclass(frozen=True, slots=True)
class Waiting:
    """First-time buyers in one state: how many, from which to which day after the first order (None: open), and the
    share of such who still come again (0 to 1)."""

    state: str
    customers: int
    from_day: int
    until_day: int | None
    still_come: float


@dataclass(frozen=True)
class Radar:
    """The first-time buyers by how long they have waited; `half` days: by then half of those who return are back."""

    returned: int
    half: int
    waiting: tuple[Waiting, ...] = ()
    of_state: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def customers(self) -> int:
        """How many have bought once."""
        return sum(group.customers for group in self.waiting)

    @property
    def due(self) -> int:
        """For how many it is time."""
        return sum(group.customers for group in self.waiting if group.state in (DUE, OVERDUE))

    def ids(self, state: str) -> tuple[int, ...]:
        """Who is in a state, the first order the oldest first."""
        return self.of_state.get(state, ())


def radar(buyers: Purchases, as_of: int, left_out: frozenset[int] = frozenset()) -> Radar | None:
    """Who waits for a second order; None while too few came again. Returns of the same day are one purchase day.

    When the second order comes is told by the product-limit estimate (Kaplan & Meier 1958), which also hears those
    who have not come yet: counting only who did would make everybody look late. `left_out` are not waited for.
    """
    found = _usual(buyers, as_of)
    if found is None:
        return None
    returned, days, back, limits = found
    once = _known(buyers, as_of) & (buyers.day_count == 1) & ~np.isin(buyers.ids, list(left_out))
    ids, silent = buyers.ids[once], as_of - buyers.first[once]
    state = np.searchsorted(np.array(limits), silent, side="right")
    order = np.argsort(-silent, kind="stable")
    ids, silent, state = ids[order], silent[order], state[order]
    starts, ends = [0, *limits], [*limits, None]
    groups = tuple(
        Waiting(name, int(np.count_nonzero(state == at)), starts[at], ends[at], _still(days, back, silent[state == at]))
        for at, name in enumerate(_STATES)
    )
    of_state = {name: tuple(ids[state == at].tolist()) for at, name in enumerate(_STATES)}
    return Radar(returned, limits[0], groups, of_state)


def second_order_days(buyers: Purchases, as_of: int) -> tuple[int, ...]:
    """The days after the first order from which a second is due, overdue, hardly to be expected; () while too few
    came again to tell."""
    found = _usual(buyers, as_of)
    return found[3] if found is not None else ()


def _known(buyers: Purchases, as_of: int) -> Flags:
    known: Flags = ~buyers.estimated & (buyers.first != NO_DAY) & (buyers.first <= as_of)
    return known


def _usual(buyers: Purchases, as_of: int) -> tuple[int, Ints, Floats, tuple[int, ...]] | None:
    """How many came again, by which day which share was back, and the limits in days; None while they are too few."""
    known = _known(buyers, as_of)
    again = known & (buyers.day_count >= 2)
    returned = int(np.count_nonzero(again))
    if returned < RETURNED_FROM:
        return None
    gap = buyers.days[buyers.starts[again] + 1] - buyers.first[again]
    days, back = _back_by(gap, as_of - buyers.first[known & (buyers.day_count == 1)])
    every = float(back[-1])
    return returned, days, back, tuple(int(days[np.searchsorted(back, share * every)]) for share in _LIMITS)


def _back_by(gap: Ints, waited: Ints) -> tuple[Ints, Floats]:
    """The days after the first order on which somebody came again, and the share of all back by each."""
    days, came = np.unique(gap, return_counts=True)
    everybody = np.sort(np.concatenate([gap, waited]))
    at_risk = len(everybody) - np.searchsorted(everybody, days, side="left")
    back: Floats = 1 - np.cumprod(1 - came / at_risk, dtype=np.float64)
    return days, back


def _still(days: Ints, back: Floats, silent: Ints) -> float:
    """Of customers who have been silent for so long, the share that still comes."""
    if not len(silent):
        return 0.0
    at = np.searchsorted(days, silent, side="right")
    so_far = np.where(at > 0, back[np.maximum(at - 1, 0)], 0.0)
    # Where everybody known came, nobody is left to come.
    return round(float(np.mean((back[-1] - so_far) / np.maximum(1 - so_far, 1e-9))), 4)
