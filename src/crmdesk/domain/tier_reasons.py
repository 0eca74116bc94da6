"""Why a customer has its level: a code and its numbers for every buyer at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.indicators import Ground
from crmdesk.domain.lifecycle import STAGES
from crmdesk.domain.purchases import Flags, Floats, Ints
from crmdesk.domain.reasons import Column, ReasonColumns
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier_cut_offs import PERCENT, TOP, CutOffs
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.domain.tier_score import INTENTS, POINT

_UPPER: Final = 0.5  # up to here the share in front is told, beyond it only that the customer is in the lower half


@dataclass(frozen=True)
class Findings:
    """What judging found of each buyer: the score and its level by the bare limits, and what moved it from there.

    `stage_holds` marks who the stage keeps down, `blocked` the exclusion that does (a position in `codes`, -1: none),
    `kept` whom steadiness keeps where it stands; `rank` is the outcome, -1 for no level.
    """

    score: Ints
    known: Flags
    bare: Ints
    stage: Ints
    stage_holds: Flags
    pause: Ints
    lift: Ints
    blocked: Ints
    codes: tuple[str, ...]
    kept: Flags
    rank: Ints


def reasons_of(ground: Ground, found: Findings, policy: TierPolicy, cut_offs: CutOffs) -> ReasonColumns:
    """The reason of every buyer. The last that is said wins: what decides in the end is what is told."""
    if policy.scale == "intent":
        return _intents(found)
    place, share = place_of(found.score, cut_offs)
    size = len(found.score)
    values: dict[str, Column] = {
        "value_money": found.score,
        "points": np.round(found.score / POINT, 1),
        "rank": place,
        "place_share": share,
        "days": found.pause,
        "window": np.full(size, policy.window, np.int64),
        "orders": ground.buyers.orders,
    }
    reasons = ReasonColumns(size, values)
    money = policy.scale == "value"
    reasons.say("tier_none_no_money", ~found.known)
    gain = found.known & ((found.score > 0) | (not money))
    reasons.say("tier_no_gain", found.known & ~gain, "value_money")
    capped = found.stage_holds
    if money:
        where = {
            "rank": place <= TOP,
            "share": (place > TOP) & (share <= _UPPER),
            "low": (place > TOP) & (share > _UPPER),
        }
        for family, mine in _families(ground, policy, cut_offs.measure).items():
            _say_value(reasons, family, gain & mine, where, _why_capped(found.stage, capped))
    else:
        for why, here in _why_capped(found.stage, capped).items():
            reasons.say(f"tier_points{why}", gain & here, "points", *(("days",) if why else ()))
    told = ("value_money",) if money else ("points",)
    scale = "value" if money else "points"
    reasons.say(f"tier_lifted_{scale}", gain & (found.lift > 0) & ~capped, *told)
    for position, code in enumerate(found.codes):
        reasons.say(f"tier_excluded_{code}", gain & (found.blocked == position))
    reasons.say(f"tier_kept_{scale}", gain & found.kept, *told)
    return reasons


def place_of(score: Ints, cut_offs: CutOffs) -> tuple[Ints, Floats]:
    """The place among the frozen scores (1 is the best), and the share of buyers at least as good."""
    top = np.array(cut_offs.top[::-1], np.int64)
    place = len(top) - np.searchsorted(top, score, "right") + 1
    if not cut_offs.percentiles:
        return place, np.zeros(len(score))
    steps = np.array(cut_offs.percentiles[::-1], np.int64)
    share = (len(steps) - np.searchsorted(steps, score, "right") + 1) / PERCENT
    return np.where((len(top) > 0) & (score < top[0]), TOP + 1, place), np.minimum(share, 1.0)


def _intents(found: Findings) -> ReasonColumns:
    words = [INTENTS[len(INTENTS) - value] if value else "" for value in found.score.tolist()]
    reasons = ReasonColumns(len(words), {"intent": words})
    reasons.say("tier_none_no_intent", ~found.known)
    reasons.say("tier_intent", found.known, "intent")
    return reasons


def _families(ground: Ground, policy: TierPolicy, measure: str) -> dict[str, Flags]:
    """What the value is of each buyer: what was paid, the profit, or ("about") a profit by the shop's margin."""
    everybody = np.ones(len(ground.buyers), np.bool_)
    if measure != "profit":
        return {"window" if policy.window else "total": everybody}
    start = "window_" if policy.window else ""
    return {f"{start}profit": ground.buyers.profit_known, f"{start}about": ~ground.buyers.profit_known}


def _say_value(
    reasons: ReasonColumns, family: str, judged: Flags, places: dict[str, Flags], capped: dict[str, Flags]
) -> None:
    start = ("value_money", "window") if family.startswith("window") else ("value_money",)
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
