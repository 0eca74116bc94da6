"""Tiers by a policy: value by frozen share cut-offs, capped by rhythm, newcomers in development."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np

from crmdesk.domain.lifecycle import STAGES
from crmdesk.domain.purchases import Flags, Floats, Ints, Purchases
from crmdesk.domain.reasons import Column, ReasonColumns
from crmdesk.domain.rfm import buyers_for, cut_values, share_of_best
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier_policy import TierPolicy

_TOP: Final = 100  # up to here a reason says the place, beyond it the share of customers in front
_PERCENT: Final = 100
_UPPER: Final = 0.5  # up to here the share in front is told, beyond it only that the customer is in the lower half


@dataclass(frozen=True)
class CutOffs:
    """What a dated run found over all customers; single edits are judged against it until the next run.

    `values` are int money, one per level but the last; `top` the best values, `percentiles` the value that the best
    1, 2, … 99 percent reach; `margin` the shop's profit per money where the cost is known.
    """

    measure: str = "total"  # "total" or "profit"
    values: tuple[int, ...] = ()
    top: tuple[int, ...] = ()
    percentiles: tuple[int, ...] = ()
    margin: float = 1.0
    buyers: int = 0
    value_total: int = 0
    buyers_for_80: int = 0
    share_of_best_fifth: float = 0.0
    prior: Prior = field(default_factory=Prior)

    def to_json(self) -> str:
        """The cut-offs as kept in the file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> CutOffs:
        """The cut-offs that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        for name in ("values", "top", "percentiles"):
            values[name] = tuple(values[name])
        return cls(**{**values, "prior": Prior(**values["prior"])})


@dataclass(frozen=True)
class Tiers:
    """One entry per buyer: the level's position (-1: none) and why."""

    rank: Ints
    reasons: ReasonColumns


def find_cut_offs(buyers: Purchases, policy: TierPolicy, prior: Prior) -> CutOffs:
    """What a run of the policy over all buyers freezes."""
    measure, margin = _measure(buyers, policy)
    values = value_of(buyers, policy, measure, margin)
    ordered = np.sort(values)[::-1]
    size = len(ordered)
    steps = range(1, _PERCENT) if size > _TOP else ()
    edges = [int(ordered[size * percent // _PERCENT - 1]) for percent in steps]
    return CutOffs(
        measure=measure,
        values=cut_values(values, policy.shares),
        top=tuple(int(value) for value in ordered[:_TOP]),
        percentiles=tuple(edges),
        margin=margin,
        buyers=size,
        value_total=int(values[values > 0].sum()),
        buyers_for_80=buyers_for(values, 0.8),
        share_of_best_fifth=round(share_of_best(values, 0.2), 4),
        prior=prior,
    )


def value_of(buyers: Purchases, policy: TierPolicy, measure: str, margin: float) -> Ints:
    """What each buyer is worth by the policy, int money; where a cost is unknown the shop's margin stands in."""
    total = buyers.window_total if policy.window else buyers.total
    if measure != "profit":
        return total
    whole = np.where(buyers.profit_known, buyers.profit, np.rint(buyers.total * margin).astype(np.int64))
    if not policy.window:
        return whole
    own_margin: Floats = whole / np.where(buyers.total == 0, 1, buyers.total)
    return np.rint(total * own_margin).astype(np.int64)


def judge(buyers: Purchases, stage: Ints, pause: Ints, policy: TierPolicy, cut_offs: CutOffs) -> Tiers:
    """The level of each buyer and its reason; `stage` as positions in STAGES, `pause` in days."""
    value = value_of(buyers, policy, cut_offs.measure, cut_offs.margin)
    limits = np.array(cut_offs.values, np.int64)
    by_value = np.count_nonzero(value[:, None] < limits[None, :], axis=1) if len(value) else np.zeros(0, np.int64)
    cap = _caps(stage, policy)
    known = buyers.money_known
    rank = np.where(known, np.maximum(by_value, cap), -1)
    place, share = _place(value, cut_offs)
    values: dict[str, Column] = {
        "value_money": value,
        "rank": place,
        "place_share": share,
        "days": pause,
        "window": np.full(len(value), policy.window, np.int64),
        "orders": buyers.orders,
    }
    reasons = ReasonColumns(len(value), values)
    reasons.say("tier_none_no_money", ~known)
    reasons.say("tier_no_gain", known & (value <= 0), "value_money")
    family = "window" if policy.window else cut_offs.measure
    capped = known & (by_value < cap)
    where = {
        "rank": place <= _TOP,
        "share": (place > _TOP) & (share <= _UPPER),
        "low": (place > _TOP) & (share > _UPPER),
    }
    _say_value(reasons, family, known & (value > 0), where, _why_capped(stage, capped))
    return Tiers(rank, reasons)


def _say_value(
    reasons: ReasonColumns, family: str, judged: Flags, places: dict[str, Flags], capped: dict[str, Flags]
) -> None:
    start = ("value_money", "window") if family == "window" else ("value_money",)
    told = {"rank": ("rank",), "share": ("place_share",), "low": ()}
    for why, held_back in capped.items():
        days = ("days",) if why else ()
        for name, here in places.items():
            reasons.say(f"tier_{family}_{name}{why}", judged & here & held_back, *start, *told[name], *days)


def _why_capped(stage: Ints, capped: Flags) -> dict[str, Flags]:
    new, quiet = stage == STAGES.index(Stage.NEW), stage == STAGES.index(Stage.DORMANT)
    return {
        "": ~capped,
        "_new": capped & new,
        "_quiet": capped & quiet,
        "_lost": capped & ~new & ~quiet,
    }


def _caps(stage: Ints, policy: TierPolicy) -> Ints:
    last = len(policy.levels) - 1
    caps = np.zeros(len(STAGES), np.int64)
    caps[STAGES.index(Stage.NEW)] = min(policy.new_cap, last)
    caps[STAGES.index(Stage.DORMANT)] = min(policy.quiet_cap, last)
    caps[STAGES.index(Stage.LOST)] = min(policy.lost_cap, last)
    return caps[stage]


def _place(value: Ints, cut_offs: CutOffs) -> tuple[Ints, Floats]:
    """The place among the frozen values (1 is the best), and the share of buyers at least as good."""
    top = np.array(cut_offs.top[::-1], np.int64)
    place = len(top) - np.searchsorted(top, value, "right") + 1
    if not cut_offs.percentiles:
        return place, np.zeros(len(value))
    steps = np.array(cut_offs.percentiles[::-1], np.int64)
    share = (len(steps) - np.searchsorted(steps, value, "right") + 1) / _PERCENT
    return np.where((len(top) > 0) & (value < top[0]), _TOP + 1, place), np.minimum(share, 1.0)


def _measure(buyers: Purchases, policy: TierPolicy) -> tuple[str, float]:
    known = buyers.profit_known & (buyers.total > 0)
    sales, covered = int(buyers.total[buyers.total > 0].sum()), int(buyers.total[known].sum())
    margin = float(buyers.profit[known].sum() / covered) if covered else 1.0
    # Profit only where it is known of half the sales at least; less, and the shop's margin would be a guess.
    enough = covered * 2 >= sales > 0 and margin > 0
    if policy.measure == "total" or (policy.measure == "auto" and not enough) or not covered:
        return "total", 1.0
    return "profit", margin
