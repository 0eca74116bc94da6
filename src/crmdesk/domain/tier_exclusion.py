"""Who is no key account, and why: each exclusion passes, fails, or is unknown. Unknown is not a fail.

A key account is a customer of the best level that no exclusion fails. What is unknown becomes a question to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.indicators import Ground, average_order, complaints, loyalty, purchasing_power, tenure
from crmdesk.domain.purchases import Flags, Floats, Ints
from crmdesk.domain.tier_facts import EXCLUSION, LEVELS, NEEDS, POTENTIAL, POWER
from crmdesk.domain.tier_policy import Exclusion, TierPolicy

PASSED, UNKNOWN, FAILED, WAIVED = 0, 1, 2, 3
STATES: Final = ("passed", "unknown", "failed", "waived")
_FEW_PURCHASES: Final = 3  # purchase days, below which a customer is in development
_COMPLAINTS: Final = 2  # a single one is no habit


@dataclass(frozen=True)
class Verdict:
    """What an exclusion says of every customer: a state, the number it goes by, and where there is one."""

    state: Ints
    number: Floats
    measured: Flags


Rule = Callable[[Ground, Exclusion, int], Verdict]


def verdicts(ground: Ground, policy: TierPolicy, usual_order: int) -> dict[str, Verdict]:
    """Every exclusion that is switched on, over the ground's buyers; overridden ones say so."""
    found = {}
    for code, rule in RULES.items():
        exclusion = policy.exclusion(code)
        if exclusion.on:
            found[code] = _with_waivers(ground, code, rule(ground, exclusion, usual_order))
    return found


def failed(found: dict[str, Verdict], size: int) -> Ints:
    """The position of the first exclusion that each customer fails, among those found; -1 for none."""
    first = np.full(size, -1, np.int64)
    for position, verdict in reversed(list(enumerate(found.values()))):
        first[verdict.state == FAILED] = position
    return first


def needs(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X01 needs unclear or old: noted as unclear, or noted longer ago than `limit` days. Unit: days.

    Source: the salesperson's note on needs; without one unknown.
    """
    state, age = _blank(ground, UNKNOWN)
    measured = np.zeros(len(state), np.bool_)
    for place, customer in enumerate(ground.buyers.ids.tolist()):
        told = ground.facts.told.get(customer, {}).get(NEEDS)
        if told is None:
            continue
        age[place] = ground.as_of - told.made_on
        measured[place] = True
        bad = told.level == "unclear" or age[place] > exclusion.limit or not told.holds(ground.as_of)
        state[place] = FAILED if bad else PASSED
    return Verdict(state, age, measured)


def power(ground: Ground, exclusion: Exclusion, usual_order: int) -> Verdict:
    """X02 purchasing power too low: noted as low, or overdue debts above `limit` of what could be spent in a year.

    Unit: share owed. Source: the dated estimate, debts; without an estimate, a year worth three usual orders of the
    shop is proof enough, less leaves it unknown.
    """
    could = purchasing_power(ground)
    owed = np.array([ground.facts.overdue.get(one, 0) for one in ground.buyers.ids.tolist()], np.float64)
    level = ground.facts.levels(POWER, ground.buyers.ids, ground.as_of)
    share = owed / np.maximum(could.values + owed, 1)
    proven = (level > 0) | (could.known & (could.values + owed >= 3 * usual_order) & (usual_order > 0))
    told = np.array([ground.facts.one(POWER, one, ground.as_of) is not None for one in ground.buyers.ids.tolist()])
    bad = (level == 0) | ((owed > 0) & (share > exclusion.limit))
    state = np.where(bad, FAILED, np.where(proven | told.astype(np.bool_), PASSED, UNKNOWN))
    return Verdict(state.astype(np.int64), share, owed > 0)


def loyal(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X03 loyalty low: the loyalty indicator below `limit`. Unit: share of 1. Unknown before three purchases."""
    found = loyalty(ground)
    return _below(found.values, found.known, exclusion.limit)


def potential(ground: Ground, _exclusion: Exclusion, _usual: int) -> Verdict:
    """X04/X07 potential low: noted as low by the salesperson. Unit: level. Without a note unknown."""
    level = ground.facts.levels(POTENTIAL, ground.buyers.ids, ground.as_of)
    state = np.where(level < 0, UNKNOWN, np.where(level == LEVELS.index("low"), FAILED, PASSED))
    return Verdict(state.astype(np.int64), np.maximum(level, 0).astype(np.float64), level >= 0)


def new(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X05 new, in development: first purchase less than `limit` days ago, or fewer than three purchase days.

    Unit: days. Source: days of orders, or the sheet's first day and count.
    """
    since = tenure(ground)
    young = since.known & (since.values < exclusion.limit)
    state = np.where(young | (ground.buyers.day_count < _FEW_PURCHASES), FAILED, np.where(since.known, PASSED, UNKNOWN))
    return Verdict(state.astype(np.int64), since.values, since.known)


def small(ground: Ground, exclusion: Exclusion, usual_order: int) -> Verdict:
    """X06 small amounts: average order below `limit` of the shop's median order (frozen). Unit: money."""
    average = average_order(ground)
    return _below(average.values, average.known, exclusion.limit * usual_order)


def complains(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X09 many complaints: more than `limit` per order, from the second on. Unit: per order. Source: cases.

    A file that keeps no complaints asks for none: the exclusion passes until the first is noted.
    """
    share = complaints(ground)
    count = np.array([ground.facts.complaints.get(one, 0) for one in ground.buyers.ids.tolist()], np.int64)
    bad = share.known & (share.values > exclusion.limit) & (count >= _COMPLAINTS)
    return Verdict(np.where(bad, FAILED, PASSED).astype(np.int64), share.values, share.known)


def industry(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X08 industry not a target: none of the listed ones. Source: the customer's industry; empty is unknown."""
    words = [ground.facts.industry.get(one, "") for one in ground.buyers.ids.tolist()]
    return _listed([(word,) if word else () for word in words], exclusion.listed, inside_is_good=True)


def cross_selling(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X10 nothing more to sell: fewer than `limit` product groups that similar customers buy beside. Unit: groups."""
    missing = [ground.facts.headroom.get(one) for one in ground.buyers.ids.tolist()]
    known = np.array([one is not None for one in missing], np.bool_)
    count = np.array([len(one or ()) for one in missing], np.float64)
    return _below(count, known, exclusion.limit)


def thin_region(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X11 region thinly peopled, X12 saturated: one of the listed regions. Source: province, city or district."""
    return _listed(_regions(ground), exclusion.listed, inside_is_good=False)


def off_region(ground: Ground, exclusion: Exclusion, _usual: int) -> Verdict:
    """X13 region off strategy: none of the listed regions. Source: province, city or district; empty is unknown."""
    return _listed(_regions(ground), exclusion.listed, inside_is_good=True)


RULES: Final[dict[str, Rule]] = {
    # Purchasing power and potential first (X14): the first that fails is the one that is told.
    "power": power,
    "potential": potential,
    "new": new,
    "small": small,
    "loyalty": loyal,
    "complaints": complains,
    "needs": needs,
    "industry": industry,
    "cross_selling": cross_selling,
    "thin_region": thin_region,
    "full_region": thin_region,
    "off_region": off_region,
}


def _blank(ground: Ground, state: int) -> tuple[Ints, Floats]:
    size = len(ground.buyers)
    return np.full(size, state, np.int64), np.zeros(size)


def _below(values: Floats, known: Flags, limit: float) -> Verdict:
    state = np.where(known, np.where(values < limit, FAILED, PASSED), UNKNOWN)
    return Verdict(state.astype(np.int64), values, known)


def _listed(words: list[tuple[str, ...]], listed: tuple[str, ...], *, inside_is_good: bool) -> Verdict:
    states = []
    for own in words:
        inside = any(word in listed for word in own)
        states.append(UNKNOWN if not own else PASSED if inside == inside_is_good else FAILED)
    # Without a list nothing can be outside of it.
    state = np.array(states if listed else [PASSED] * len(words), np.int64)
    return Verdict(state, np.zeros(len(words)), np.zeros(len(words), np.bool_))


def _regions(ground: Ground) -> list[tuple[str, ...]]:
    return [ground.facts.region.get(one, ()) for one in ground.buyers.ids.tolist()]


def _with_waivers(ground: Ground, code: str, verdict: Verdict) -> Verdict:
    if not ground.facts.waived:
        return verdict
    state = verdict.state.copy()
    for place, customer in enumerate(ground.buyers.ids.tolist()):
        waiver = ground.facts.waived.get(customer, {}).get(code)
        if waiver is not None and waiver.kind == EXCLUSION and waiver.holds(ground.as_of) and state[place] == FAILED:
            state[place] = WAIVED
    return Verdict(state, verdict.number, verdict.measured)
