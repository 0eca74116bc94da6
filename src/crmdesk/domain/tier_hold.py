"""What keeps tiers from flapping: a band around each limit, a least stay, and an end to both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.purchases import Flags, Ints
from crmdesk.domain.tier_policy import Steadiness

NO_ANCHOR: Final = -1
_FAR: Final = 0.5  # who reaches less than this part of a limit has not slipped: a large order was taken back
# Of each buyer, where it stands now, since when (an ordinal), and whether something other than its value held it
# there: the newest entry of its history under this policy.
Anchors = Mapping[int, tuple[int, int, bool]]


@dataclass(frozen=True)
class Ranks:
    """The level of each buyer by the bare limits, by limits raised and lowered by the band, and by half the limits."""

    bare: Ints
    strict: Ints
    lenient: Ints
    far: Ints


def ranks_by(score: Ints, limits: tuple[int, ...], band: float) -> Ranks:
    """How many limits each score misses, for the three readings of the limits."""
    exact = np.array(limits, np.float64)
    return Ranks(
        _missed(score, np.array(limits, np.int64)),
        _missed(score, np.ceil(exact * (1 + band)).astype(np.int64)),
        _missed(score, np.ceil(exact * (1 - band)).astype(np.int64)),
        _missed(score, np.ceil(exact * _FAR).astype(np.int64)),
    )


@dataclass(frozen=True)
class Anchored:
    """Where each buyer stands (NO_ANCHOR: no history under this policy), since which day, and who was held down."""

    rank: Ints
    since: Ints
    capped: Flags


def anchored(anchors: Anchors, ids: Ints) -> Anchored:
    """The anchors as columns over `ids`."""
    rank, since = np.full(len(ids), NO_ANCHOR, np.int64), np.zeros(len(ids), np.int64)
    capped = np.zeros(len(ids), np.bool_)
    if anchors and len(ids):
        known = np.array(sorted(anchors), np.int64)
        place = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        found = known[place] == ids
        stands = np.array([anchors[customer] for customer in known.tolist()], np.int64)
        rank[found], since[found] = stands[place[found], 0], stands[place[found], 1]
        capped[found] = stands[place[found], 2] > 0
    return Anchored(rank, since, capped)


def held(ranks: Ranks, cap: Ints, anchor: Anchored, today: int, steady: Steadiness) -> tuple[Ints, Flags]:
    """The level after steadiness, and where it is not the bare one. `cap` is the best level that is allowed.

    Judging again at once gives the same: a level that was just given lies inside its own band.
    """
    rank = anchor.rank
    bare = np.maximum(ranks.bare, cap)
    # Whom a stage or an exclusion held down stood there for no want of value: the band is none of its business.
    up = np.maximum(np.where(anchor.capped, ranks.bare, ranks.strict), cap)
    down = np.maximum(ranks.lenient, cap)
    age = today - anchor.since
    over = age >= steady.hold
    result: Ints = np.where(over, bare, np.where(up < rank, up, np.where(down > rank, down, rank)))
    # A level that was just won is not lost again at once, unless what won it is gone.
    result = np.where((result > rank) & (age < steady.least_stay) & (ranks.far <= rank), rank, result)
    result = np.where(rank == NO_ANCHOR, bare, result)
    return result, result != bare


def _missed(score: Ints, limits: Ints) -> Ints:
    missed: Ints = np.count_nonzero(score[:, None] < limits[None, :], axis=1).astype(np.int64)
    return missed
