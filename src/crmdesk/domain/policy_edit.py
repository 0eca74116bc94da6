"""What a change of one thing means for the rest of the rules: more levels need more limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from crmdesk.domain.policy_ready import READY
from crmdesk.domain.tier_policy import SHARES, TierPolicy

LEAST_LEVELS: Final = 2
MOST_LEVELS: Final = 5
LONGEST_NAME: Final = 12  # letters: it stands in a chip
_LETTERS: Final = ("A", "B", "C", "D", "E")
_QUANTILES: Final = {2: (0.2,), 3: (0.1, 0.4), 4: (0.1, 0.3, 0.6), 5: (0.05, 0.2, 0.4, 0.7)}
_POINTS: Final = {2: (3.5,), 3: (3.5, 2.5), 4: (4.0, 3.0, 2.0), 5: (4.2, 3.4, 2.6, 1.8)}
_MONEY: Final = {
    2: (10_000.0,),
    3: (10_000.0, 3_000.0),
    4: (10_000.0, 3_000.0, 1_000.0),
    5: (20_000.0, 10_000.0, 3_000.0, 1_000.0),
}
_SCALES: Final = {"value": "pareto", "points": "rfm", "intent": "intent", "none": "no_tiers"}


def with_count(policy: TierPolicy, count: int) -> TierPolicy:
    """The rules with 2 to 5 levels: names that are there stay, cadence and playbook begin anew."""
    free = [letter for letter in _LETTERS if letter not in policy.levels]
    levels = (*policy.levels, *free)[:count]
    cuts = () if policy.scale == "intent" else _usual(policy.scale, policy.cut)[count]
    return replace(policy, levels=levels, cuts=cuts, cadence=(), playbook=())


def levels_in_words(rows: Iterable[tuple[str, int, float]]) -> tuple[str, ...]:
    """A sheet's own words for its customers as levels, the best first; () unless they are two to five short ones.

    `rows` are each word, how many customers it names, and the money they bring on average. Without any money the word
    for the fewest stands first.
    """
    found = [(-money, count, word) for word, count, money in rows]
    fit = LEAST_LEVELS <= len(found) <= MOST_LEVELS and all(len(word) <= LONGEST_NAME for *_numbers, word in found)
    return tuple(word for *_numbers, word in sorted(found)) if fit else ()


def with_names(policy: TierPolicy, names: tuple[str, ...]) -> TierPolicy:
    """The rules with levels of these names; limits and what is done with them stay where there are as many."""
    same = policy if len(policy.levels) == len(names) else with_count(policy, len(names))
    return replace(same, levels=names)


def with_cut(policy: TierPolicy, cut: str) -> TierPolicy:
    """The rules cut by shares of the money or of the customers, or by fixed limits; usual ones to begin with."""
    return replace(policy, cut=cut, cuts=_usual(policy.scale, cut)[len(policy.levels)])


def with_scale(policy: TierPolicy, scale: str) -> TierPolicy:
    """The rules on another scale, which brings its own parts and limits; names stay where there are as many."""
    start = READY[_SCALES[scale]]()
    levels = policy.levels if len(policy.levels) == len(start.levels) else start.levels
    return replace(start, levels=levels, name=policy.name)


def _usual(scale: str, cut: str) -> Mapping[int, tuple[float, ...]]:
    if cut == "limits":
        return _POINTS if scale == "points" else _MONEY
    return SHARES if cut == "shares" else _QUANTILES
