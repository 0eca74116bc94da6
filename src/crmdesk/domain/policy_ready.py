"""Ready policies: sensible rules to start from. Level names are the user's; `words.policies` proposes some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from crmdesk.domain.tier_policy import EXCLUSIONS, SHARES, Exclusion, Part, Steadiness, TierPolicy


def pareto() -> TierPolicy:
    """ABC by profit, revenue where cost is unknown: the best who bring half, up to 80 %, up to 95 %, the rest."""
    return TierPolicy()


def rfm() -> TierPolicy:
    """Recency, frequency and money of the last year, 1 to 5 points each by fifths; money weighs double."""
    return TierPolicy(
        scale="points",
        parts=(Part("recency"), Part("frequency"), Part("monetary", 2.0)),
        cut="limits",
        cuts=(4.0, 3.0, 2.0),
        window=365,
        # Recency is in the points already; a cap by stage would count it twice.
        quiet_cap=0,
        lost_cap=0,
        ready="rfm",
    )


def potential() -> TierPolicy:
    """Current value, lifted one level by a high potential: a tier never comes from current value alone."""
    return TierPolicy(cuts=(0.5, 0.8, 0.95), window=365, potential=1, ready="potential")


def key_accounts() -> TierPolicy:
    """Purchasing power and potential first: the top level only for those whom no exclusion names."""
    return TierPolicy(
        levels=("A", "B", "C"),
        cuts=SHARES[3],
        potential=1,
        excluded_cap=1,
        steady=Steadiness(band=0.1, least_stay=60, hold=240),
        ready="key_accounts",
    )


def retail() -> TierPolicy:
    """Many small purchases: how often and how lately in half a year; two levels and a large middle."""
    return TierPolicy(
        levels=("A", "B", "C"),
        scale="points",
        parts=(Part("frequency", 2.0), Part("recency"), Part("average_order")),
        cut="quantiles",
        cuts=(0.1, 0.4),
        window=180,
        quiet_cap=1,
        lost_cap=2,
        ready="retail",
    )


def three_columns() -> TierPolicy:
    """Name, date and amount are enough: value by what was paid, held back by each customer's own rhythm."""
    off = tuple(replace(one, on=one.code in ("new", "small", "loyalty")) for one in EXCLUSIONS)
    return TierPolicy(
        levels=("A", "B", "C"), parts=(Part("monetary"),), cuts=SHARES[3], exclusions=off, ready="three_columns"
    )


def intent() -> TierPolicy:
    """Leads without purchases: the salesperson's own judgement, high, medium or low."""
    return TierPolicy(
        levels=("A", "B", "C"),
        scale="intent",
        parts=(),
        cuts=(),
        exclusions=_all_off(),
        cadence=(7, 21, 60),
        ready="intent",
    )


def no_tiers() -> TierPolicy:
    """不分等级: segments, rhythm, notes and care stay; list, charts and report show no tier."""
    return TierPolicy(levels=(), scale="none", parts=(), cuts=(), exclusions=_all_off(), ready="no_tiers")


def _all_off() -> tuple[Exclusion, ...]:
    return tuple(replace(one, on=False) for one in EXCLUSIONS)


READY: Final[dict[str, Callable[[], TierPolicy]]] = {
    "pareto": pareto,
    "rfm": rfm,
    "potential": potential,
    "key_accounts": key_accounts,
    "retail": retail,
    "three_columns": three_columns,
    "intent": intent,
    "no_tiers": no_tiers,
}
