"""Product breadth and headroom: what similar customers buy and this one does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import numpy as np

_MOST_GROUPS: Final = 200  # the most frequent ones; beyond, a group is a single product and says little
_SHARE: Final = 0.4
_SUPPORT: Final = 5  # so many must buy a group before it is proposed to others


def headroom_of(
    bought: Iterable[tuple[int, str]], wanted: Collection[int] | None = None
) -> tuple[dict[int, int], dict[int, tuple[str, ...]]]:
    """How many product groups each customer bought, and which ones most similar customers buy beside them.

    `bought` names every pair of customer and group once. Of those who buy the same groups, at least 40 % buy a group
    of the headroom, and at least five customers do. `wanted` limits for whom it is told.
    """
    pairs = list(bought)
    owners = sorted({owner for owner, _ in pairs})
    counts: dict[str, int] = {}
    for _, group in pairs:
        counts[group] = counts.get(group, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_GROUPS]
    row = {owner: place for place, owner in enumerate(owners)}
    at = {name: place for place, name in enumerate(names)}
    has = np.zeros((len(owners), len(names)), np.float32)
    for owner, group in pairs:
        if group in at:
            has[row[owner], at[group]] = 1
    told = [owner for owner in owners if wanted is None or owner in wanted]
    places = [row[owner] for owner in told]
    breadth = {owner: int(has[place].sum()) for owner, place in zip(told, places, strict=True)}
    return breadth, dict(zip(told, _missing(has, places, names), strict=True))


def _missing(
    has: np.ndarray[tuple[int, int], np.dtype[np.float32]], places: list[int], names: list[str]
) -> list[tuple[str, ...]]:
    if not places:
        return []
    together = has.T @ has
    buyers = np.diag(together)
    given = together / np.maximum(buyers, 1)[:, None]  # of those who buy the row, how many buy the column
    own = has[places]
    share = (own @ given) / np.maximum(own.sum(axis=1), 1)[:, None]
    open_ones = (own == 0) & (share >= _SHARE) & (buyers >= _SUPPORT)[None, :]
    result = []
    for line, shares in zip(open_ones, share, strict=True):
        best = sorted(np.flatnonzero(line).tolist(), key=lambda place: (-float(shares[place]), place))
        result.append(tuple(names[place] for place in best))
    return result
