"""What it all adds up to: the values behind the analysis page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.insight import PARETO_FROM, Insight, MonthRow, ParetoPoint, RfmCell, StageRow, TierRow
from crmdesk.domain.stage import Stage

if TYPE_CHECKING:
    from crmdesk.domain.purchases import Ints
    from crmdesk.storage.database import Database

__all__ = ["Insight", "buyers_in_cell", "buyers_in_month", "customers_sharing", "insight", "reach_counts"]

Buyer = tuple[int, str, int, int]  # id, last day, purchase days, int money

QUIET_SHOWN: Final = 50
_PARETO_POINTS: Final = 100
_MONTHS_SHOWN: Final = 36
StandingCount = tuple[str, str, int, int]  # tier, stage, customers, int money


def insight(db: Database) -> Insight:
    """Tiers, stages, months, the quiet ones, Pareto and RFM grid; without money what is known instead."""
    from crmdesk.storage import insight as rows
    from crmdesk.storage.policy import as_of_day, newest_policy

    with db.raw_read() as raw:
        as_of = as_of_day(raw, db.clock.today())
        counts = rows.standing_counts(raw)
        stages = stage_rows(counts)
        customers = sum(row.customers for row in stages)
        if not rows.has_money(raw):
            return Insight(
                as_of,
                False,
                customers,
                stages=stages if len(stages) > 1 else (),
                intents=rows.counts(raw, "intents"),
                regions=rows.counts(raw, "regions"),
                sources=rows.counts(raw, "sources"),
                completeness=rows.counts(raw, "completeness"),
            )
        return Insight(
            as_of,
            True,
            customers,
            tiers=tier_rows(counts, newest_policy(raw)[1].levels),
            stages=stages,
            months=fill_months(rows.months(raw))[-_MONTHS_SHOWN:],
            quiet=tuple(rows.quiet(raw, as_of, QUIET_SHOWN)),
            **_spread(rows.buyer_columns(raw)),
        )


def stage_rows(counts: Iterable[StandingCount]) -> tuple[StageRow, ...]:
    """The customers of every stage that somebody stands in, in the order of life."""
    found: Counter[str] = Counter()
    for _, stage, customers, _ in counts:
        found[stage] += customers
    return tuple(StageRow(stage, found[stage]) for stage in Stage if found[stage])


def tier_rows(counts: Iterable[StandingCount], levels: Sequence[str]) -> tuple[TierRow, ...]:
    """Every level of the policy from the best on, and the user's own ones behind; empty where nobody has a tier."""
    customers: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for tier, _, count, total in counts:
        if tier:
            customers[tier] += count
            money[tier] += total
    if not customers:
        return ()
    whole = sum(money.values())
    names = [*levels, *sorted(set(customers) - set(levels))]
    return tuple(TierRow(name, customers[name], money[name], money[name] / whole if whole else 0.0) for name in names)


def fill_months(found: Sequence[MonthRow]) -> tuple[MonthRow, ...]:
    """The months without a gap: one without orders brought nothing."""
    if not found:
        return ()
    by_month = {row.month: row for row in found}
    year, month = (int(part) for part in found[0].month.split("-"))
    filled = []
    name = found[0].month
    while name <= found[-1].month:
        filled.append(by_month.get(name, MonthRow(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        name = f"{year:04}-{month:02}"
    return tuple(filled)


def buyers_in_month(db: Database, month: str) -> tuple[int, ...]:
    """The ids behind a bar of the months: who bought in that ISO month."""
    from crmdesk.storage import insight as rows

    with db.raw_read() as raw:
        return rows.buyers_in_month(raw, month)


def reach_counts(db: Database) -> tuple[int, int]:
    """How many customers can be phoned, and how many were contacted at least once."""
    from crmdesk.storage import insight as rows

    with db.raw_read() as raw:
        return rows.reach_counts(raw)


def customers_sharing(db: Database, what: str, value: str) -> tuple[int, ...]:
    """The ids behind a bar of the intents, regions, sources or completeness."""
    from crmdesk.storage import insight as rows

    with db.raw_read() as raw:
        return rows.sharing(raw, what, value)


def buyers_in_cell(db: Database, recency: int, frequency: int) -> tuple[int, ...]:
    """The ids behind a field of the RFM grid."""
    from crmdesk.storage import insight as rows

    with db.raw_read() as raw:
        buyers = rows.buyer_columns(raw)
    found = zip(buyers, *_scores(buyers), strict=True)
    return tuple(buyer[0] for buyer, lately, often in found if (lately, often) == (recency, frequency))


def _scores(buyers: Sequence[Buyer]) -> tuple[Ints, Ints]:
    """Recency and frequency of each buyer from 1 (worst) to 5 (best)."""
    import numpy as np

    from crmdesk.domain import rfm

    days = np.array([buyer[1] for buyer in buyers], "datetime64[D]").astype(np.int64)
    return rfm.scores(days), rfm.scores(np.array([buyer[2] for buyer in buyers], np.int64))


def _spread(buyers: Sequence[Buyer]) -> dict[str, Any]:
    """Pareto and RFM grid over the buyers, from `PARETO_FROM` of them on."""
    import numpy as np

    from crmdesk.domain import rfm

    if len(buyers) < PARETO_FROM:
        return {"buyers": len(buyers)}
    values = np.array([buyer[3] for buyer in buyers], np.int64)
    curve = rfm.concentration(values)
    if not len(curve):
        return {"buyers": len(buyers)}
    customers, sums = rfm.grid(*_scores(buyers), values)
    at = np.unique(np.linspace(0, len(curve) - 1, min(_PARETO_POINTS, len(curve))).astype(np.int64))
    return {
        "buyers": len(buyers),
        "buyers_for_80": rfm.buyers_for(values, 0.8),
        "pareto": tuple(ParetoPoint((place + 1) / len(buyers), float(curve[place])) for place in at.tolist()),
        "rfm_grid": tuple(
            tuple(
                RfmCell(rfm.SCORES - row, column + 1, int(customers[row, column]), int(sums[row, column]))
                for column in range(rfm.SCORES)
            )
            for row in range(rfm.SCORES)
        ),
    }
