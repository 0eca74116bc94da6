"""The score by which a policy puts customers into levels: money, or points from several indicators."""

from __future__ import annotations

from typing import Final

import numpy as np

from crmdesk.domain.indicators import INDICATORS, LOW_IS_GOOD, UNITS, Ground, profit_of
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import Flags, Floats, Ints
from crmdesk.domain.tier_facts import LEVELS
from crmdesk.domain.tier_policy import Part, TierPolicy

POINT: Final = 1_000_000  # points are kept as ints, so that every score is compared exactly
INTENTS: Final = ("high", "medium", "low")
_BEST: Final = 5
Edges = tuple[float, ...]


def score(ground: Ground, policy: TierPolicy, measure: str, edges: tuple[Edges, ...]) -> tuple[Ints, Flags]:
    """Each buyer's score and whether it is known: int money, millionths of points, or the place of its intent."""
    if policy.scale == "intent":
        return intent_score(ground)
    if policy.scale == "points":
        return _points(ground, policy, edges)
    return value(ground, measure), ground.buyers.money_known


def value(ground: Ground, measure: str) -> Ints:
    """What each buyer is worth in the policy's window, int money; `measure` "total" or "profit"."""
    buyers = ground.buyers
    if measure == "profit":
        return profit_of(buyers, ground.window, ground.margin)
    return buyers.window_total if ground.window else buyers.total


def part_points(part: Part, ground: Ground, edges: Edges) -> tuple[Floats, Flags]:
    """The points (1 to 5) that one indicator gives, and where it is known."""
    measured = INDICATORS[part.indicator](ground)
    limits = np.array(_limits(part) or edges, np.float64)
    if not len(limits):
        return np.zeros(len(measured.values)), np.zeros(len(measured.values), np.bool_)
    if part.indicator in LOW_IS_GOOD:
        return _BEST - np.searchsorted(limits, measured.values, "left").astype(np.float64), measured.known
    return 1 + np.searchsorted(limits, measured.values, "right").astype(np.float64), measured.known


def find_edges(ground: Ground, policy: TierPolicy) -> tuple[Edges, ...]:
    """The fifths of each part's indicator over all buyers, where the policy gives no limits of its own."""
    if policy.scale != "points":
        return ()
    found: list[Edges] = []
    for part in policy.parts:
        measured = INDICATORS[part.indicator](ground)
        known = measured.values[measured.known]
        fifths = np.quantile(known, (0.2, 0.4, 0.6, 0.8)) if len(known) and not part.limits else ()
        found.append(tuple(float(edge) for edge in fifths))
    return tuple(found)


def intent_score(ground: Ground) -> tuple[Ints, Flags]:
    """The buyers' intents: 3 high, 2 medium, 1 low; unknown where nobody noted one."""
    words = [ground.facts.intent.get(customer, "") for customer in ground.buyers.ids.tolist()]
    found = np.array([len(INTENTS) - INTENTS.index(word) if word in INTENTS else 0 for word in words], np.int64)
    return found, found > 0


def intent_rank(intent: str, levels: int) -> int | None:
    """The level of an intent: the best, a middle one or the last; None where nobody noted one."""
    if intent not in INTENTS:
        return None
    middle = min(max((levels - 1) // 2, 1), levels - 1)
    return (0, middle, levels - 1)[INTENTS.index(intent)]


def lifted(ground: Ground, policy: TierPolicy) -> Ints:
    """How many levels a high potential lifts each buyer; unknown and lower ones neither lift nor sink."""
    if not policy.potential:
        return np.zeros(len(ground.buyers), np.int64)
    high = ground.facts.levels("potential", ground.buyers.ids, ground.as_of) == LEVELS.index("high")
    return np.where(high, policy.potential, 0).astype(np.int64)


def needs_facts(policy: TierPolicy) -> bool:
    """Whether everybody's facts beside purchases are needed for the score."""
    told = {"breadth", "headroom", "complaints", "purchasing_power", "potential", "loyalty", "answers", "contact_cost"}
    asked = {part.indicator for part in policy.parts}
    return bool(policy.potential) or policy.scale == "intent" or bool(asked & told)


def needs_products(policy: TierPolicy) -> bool:
    """Whether the products bought are asked for: of many customers they are slow to read."""
    parts = any(part.indicator in ("breadth", "headroom") for part in policy.parts)
    return parts or policy.exclusion("cross_selling").on


def _limits(part: Part) -> Edges:
    factor = MONEY_UNIT if UNITS.get(part.indicator) == "money" else 1
    return tuple(limit * factor for limit in part.limits)


def _points(ground: Ground, policy: TierPolicy, edges: tuple[Edges, ...]) -> tuple[Ints, Flags]:
    """The weighted mean of the parts that are known: a missing fact is left out, never taken for a low one."""
    total, weight = np.zeros(len(ground.buyers)), np.zeros(len(ground.buyers))
    for part, fifths in zip(policy.parts, edges or ((),) * len(policy.parts), strict=True):
        points, known = part_points(part, ground, fifths)
        total += np.where(known, part.weight * points, 0.0)
        weight += np.where(known, part.weight, 0.0)
    known = (weight > 0) & (ground.buyers.orders > 0)
    return np.rint(total / np.where(weight > 0, weight, 1.0) * POINT).astype(np.int64), known
