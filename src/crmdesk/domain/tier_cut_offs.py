"""What a dated run of a policy finds over all customers and freezes, so that a single edit is judged by the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np

from crmdesk.domain.indicators import Ground
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import Ints, Purchases
from crmdesk.domain.rfm import buyers_for, cut_values, share_of_best
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.domain.tier_score import POINT, Edges, find_edges, score
from crmdesk.domain.unprofitable import Usual

TOP: Final = 100  # up to here a reason says the place, beyond it the share of customers in front
PERCENT: Final = 100


@dataclass(frozen=True)
class CutOffs:
    """What a dated run found over all customers; single edits are judged against it until the next run.

    `values` are limits on the score (int money or millionths of points), one per level but the last; `top` the best
    scores, `percentiles` the score that the best 1, 2, … 99 percent reach; `edges` the fifths of each part;
    `margin` the shop's profit per money where the cost is known; `usual_order` its median order, int money.
    """

    measure: str = "total"  # "total" or "profit"
    values: tuple[int, ...] = ()
    top: tuple[int, ...] = ()
    percentiles: tuple[int, ...] = ()
    edges: tuple[Edges, ...] = ()
    margin: float = 1.0
    usual_order: int = 0
    buyers: int = 0
    value_total: int = 0
    buyers_for_80: int = 0
    share_of_best_fifth: float = 0.0
    prior: Prior = field(default_factory=Prior)
    second_order: tuple[int, ...] = ()  # days after a first order: the next is due, overdue, hardly to be expected
    habits: tuple[float, ...] = ()  # what `forecast_year` learned of everybody
    usual: Usual = ()  # what `unprofitable` found to be usual

    def to_json(self) -> str:
        """The cut-offs as kept in the file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> CutOffs:
        """The cut-offs that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        for name in ("values", "top", "percentiles", "second_order", "habits", "usual"):
            values[name] = tuple(values.get(name, ()))
        values["edges"] = tuple(tuple(edges) for edges in values["edges"])
        # JSON knows no tuples, and a value that was frozen must compare equal to itself.
        kept: dict[str, Any] = values["prior"]
        prior: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}
        return cls(**{**values, "prior": Prior(**prior)})


def find_cut_offs(ground: Ground, policy: TierPolicy) -> CutOffs:
    """What a run of the policy over all buyers freezes; the ground's margin is found here, not taken from it."""
    measure, margin = find_measure(ground.buyers, policy)
    based = Ground(
        ground.buyers, ground.orders, ground.facts, ground.as_of, ground.prior, window=policy.window, margin=margin
    )
    edges = find_edges(based, policy)
    values, known = score(based, policy, measure, edges)
    judged = values[known]
    ordered = np.sort(judged)[::-1]
    size = len(ordered)
    steps = range(1, PERCENT) if size > TOP else ()
    usual = ground.buyers.average
    return CutOffs(
        measure=measure,
        values=_limits(judged, policy),
        top=tuple(int(one) for one in ordered[:TOP]),
        percentiles=tuple(int(ordered[size * percent // PERCENT - 1]) for percent in steps),
        edges=edges,
        margin=margin,
        usual_order=int(np.median(usual[usual > 0])) if np.any(usual > 0) else 0,
        buyers=size,
        value_total=int(judged[judged > 0].sum()),
        buyers_for_80=buyers_for(judged, 0.8),
        share_of_best_fifth=round(share_of_best(judged, 0.2), 4),
        prior=ground.prior,
    )


def find_measure(buyers: Purchases, policy: TierPolicy) -> tuple[str, float]:
    """Whether value is "total" or "profit", and the shop's profit per money (1: no cost is known)."""
    known = buyers.profit_known & (buyers.total > 0)
    sales, covered = int(buyers.total[buyers.total > 0].sum()), int(buyers.total[known].sum())
    margin = float(buyers.profit[known].sum() / covered) if covered else 1.0
    # Profit only where it is known of half the sales at least; less, and the shop's margin would be a guess.
    enough = covered * 2 >= sales > 0 and margin > 0
    wanted = policy.measure if policy.scale == "value" else "profit"
    if wanted == "monetary" or (wanted == "auto" and not enough) or not covered:
        return "total", 1.0
    return "profit", margin


def _limits(scores: Ints, policy: TierPolicy) -> tuple[int, ...]:
    if policy.scale == "intent":
        return ()
    if policy.cut == "shares":
        return cut_values(scores, policy.cuts)
    if policy.cut == "quantiles":
        ordered = np.sort(scores)[::-1]
        if not len(ordered):
            return tuple(1 for _ in policy.cuts)
        places = (min(max(round(share * len(ordered)), 1), len(ordered)) - 1 for share in policy.cuts)
        return tuple(int(ordered[place]) for place in places)
    factor = POINT if policy.scale == "points" else MONEY_UNIT
    return tuple(round(limit * factor) for limit in policy.cuts)
