"""What it all adds up to: the values behind the analysis page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.insight import PARETO_FROM, Insight, MonthRow, ParetoPoint, RfmCell, StageRow, TierRow
from crmdesk.domain.stage import Stage

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database import Database

__all__ = ["Insight", "insight"]

QUIET_SHOWN: Final = 50
_PARETO_POINTS: Final = 100
_MONTHS_SHOWN: Final = 36
_STAGE_ORDER: Final = tuple(Stage)


def insight(db: Database) -> Insight:
    """Tiers, stages, months, the quiet ones, Pareto and RFM grid; without money what is known instead."""
    from crmdesk.storage import insight as rows
    from crmdesk.storage.policy import as_of_day

    with db.raw_read() as raw:
        as_of = as_of_day(raw, db.clock.today())
        stages = sorted(rows.stage_counts(raw), key=lambda row: _STAGE_ORDER.index(Stage(row.stage)))
        customers = sum(row.customers for row in stages)
        if not rows.has_money(raw):
            return Insight(
                as_of,
                False,
                customers,
                stages=_worth_drawing(stages),
                intents=rows.counts(raw, "intents"),
                regions=rows.counts(raw, "regions"),
                sources=rows.counts(raw, "sources"),
                completeness=rows.counts(raw, "completeness"),
            )
        return Insight(
            as_of,
            True,
            customers,
            tiers=tier_rows(raw),
            stages=tuple(stages),
            months=fill_months(rows.months(raw))[-_MONTHS_SHOWN:],
            quiet=tuple(rows.quiet(raw, as_of, QUIET_SHOWN)),
            **_spread(rows.buyer_columns(raw)),
        )


def tier_rows(raw: Raw) -> tuple[TierRow, ...]:
    """Every level of the policy from the best on, and the user's own ones behind; empty where nobody has a tier."""
    from crmdesk.storage import insight as rows
    from crmdesk.storage.policy import newest_policy

    counts = rows.tier_counts(raw)
    counts.pop("", None)
    if not counts:
        return ()
    levels = newest_policy(raw)[1].levels
    total = sum(money for _, money in counts.values())
    names = [*levels, *sorted(set(counts) - set(levels))]
    return tuple(
        TierRow(name, customers, money, money / total if total else 0.0)
        for name, (customers, money) in ((name, counts.get(name, (0, 0))) for name in names)
    )


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


def _worth_drawing(stages: Sequence[StageRow]) -> tuple[StageRow, ...]:
    return tuple(stages) if len(stages) > 1 else ()


def _spread(buyers: list[tuple[str, int, int]]) -> dict[str, Any]:
    """Pareto and RFM grid over the buyers, from `PARETO_FROM` of them on."""
    import numpy as np

    from crmdesk.domain import rfm

    if len(buyers) < PARETO_FROM:
        return {"buyers": len(buyers)}
    days, frequency, money = zip(*buyers, strict=True)
    values = np.array(money, np.int64)
    curve = rfm.concentration(values)
    if not len(curve):
        return {"buyers": len(buyers)}
    recency = rfm.scores(np.array(days, "datetime64[D]").astype(np.int64))
    customers, sums = rfm.grid(recency, rfm.scores(np.array(frequency, np.int64)), values)
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
