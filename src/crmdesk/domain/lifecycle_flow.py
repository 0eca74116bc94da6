"""What the months brought and took: first orders, customers who came back, customers who fell silent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import numpy as np

from crmdesk.domain.lifecycle import STAGES, stages_of_buyers
from crmdesk.domain.purchases import NO_DAY, Ints, Purchases
from crmdesk.domain.rhythm import learn_prior
from crmdesk.domain.stage import Stage

BUYERS_FROM: Final = 20
MONTHS: Final = 12
FIRST, BACK, QUIET = "first", "back", "quiet"
_SILENT: Final = (STAGES.index(Stage.DORMANT), STAGES.index(Stage.LOST))


@dataclass(frozen=True, slots=True)
class FlowMonth:
    """One month ("2026-10"): how many ordered for the first time, came back from silence, fell silent."""

    month: str
    first: int
    back: int
    quiet: int


@dataclass(frozen=True)
class StageFlow:
    """The last months, oldest first; the last one ends on the day the figures are as of."""

    months: tuple[FlowMonth, ...]
    who: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def ids(self, key: str) -> tuple[int, ...]:
        """The customers behind "2026-10,quiet"."""
        return self.who.get(key, ())


def known_on(buyers: Purchases, day: int) -> Purchases:
    """The buyers as they were known on a day: without what came after it. Who is known by totals only is left out."""
    kept = buyers.of(~buyers.estimated)
    before = np.concatenate([[0], np.cumsum(kept.days <= day)])
    count = before[kept.starts + kept.day_count] - before[kept.starts]
    there = count > 0
    kept, count = kept.of(there), count[there]
    return replace(kept, day_count=count, last=kept.days[kept.starts + count - 1])


def stage_flow(buyers: Purchases, as_of: int) -> StageFlow | None:
    """The moves between the ends of the last months, by what each customer's own rhythm said then.

    Worked out from the orders, so the months before the file was made are told as well. None while too few bought.
    """
    dated = buyers.of(~buyers.estimated & (buyers.first != NO_DAY))
    if len(dated) < BUYERS_FROM:
        return None
    ends = _month_ends(as_of)
    before, silent_before = _silent_on(dated, ends[0])
    told: list[FlowMonth] = []
    who: dict[str, tuple[int, ...]] = {}
    for end in ends[1:]:
        ids, silent = _silent_on(dated, end)
        was_silent = np.isin(ids, before[silent_before])
        known = np.isin(ids, before)
        month = date.fromordinal(end).isoformat()[:7]
        for kind, mask in ((FIRST, ~known), (BACK, was_silent & ~silent), (QUIET, silent & known & ~was_silent)):
            who[f"{month},{kind}"] = tuple(ids[mask].tolist())
        told.append(FlowMonth(month, *(len(who[f"{month},{kind}"]) for kind in (FIRST, BACK, QUIET))))
        before, silent_before = ids, silent
    while told and not before_data(told[0]):
        told.pop(0)
    return StageFlow(tuple(told), who) if len(told) > 1 else None


def before_data(month: FlowMonth) -> bool:
    """Whether anything moved in a month."""
    return bool(month.first or month.back or month.quiet)


def _silent_on(buyers: Purchases, day: int) -> tuple[Ints, np.ndarray]:
    then = known_on(buyers, day)
    return then.ids, np.isin(stages_of_buyers(then, learn_prior(then, day), day).stage, _SILENT)


def _month_ends(as_of: int) -> list[int]:
    """The last days of the months before, and the day itself: one more than the months that are told."""
    day = date.fromordinal(as_of)
    ends = [as_of]
    while len(ends) <= MONTHS:
        day = date.fromordinal(day.replace(day=1).toordinal() - 1)
        ends.append(day.toordinal())
    return ends[::-1]
