"""Tiers do not flap, and nobody stays wrong for ever."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.purchases import Ints
from crmdesk.domain.rfm import cut_values
from crmdesk.domain.tier_hold import Anchored, anchored, held, ranks_by
from crmdesk.domain.tier_policy import SHARES, Steadiness

MONTHS = 24
STEADY, BARE = Steadiness(), Steadiness(0.0, 0, 0)


def simulate(worth: Ints, steady: Steadiness, seed: int = 1) -> tuple[Ints, Ints]:
    """Levels by month (rows) of customers whose worth is measured with 3 % noise; and the true ones."""
    chance = np.random.default_rng(seed)
    limits = cut_values(worth, SHARES[4])
    truth = ranks_by(worth, limits, 0.0).bare
    anchors: dict[int, tuple[int, int, bool]] = {}
    ids, before = np.arange(len(worth)), np.full(len(worth), -1)
    found = []
    for month in range(MONTHS):
        measured = np.rint(worth * chance.uniform(0.97, 1.03, len(worth))).astype(np.int64)
        # Each month has its run: the limits are found anew over what was measured.
        ranks = ranks_by(measured, cut_values(measured, SHARES[4]), steady.band)
        rank, _ = held(ranks, ranks.bare * 0, anchored(anchors, ids), 700_000 + month * 30, steady)
        if month:
            for customer in np.flatnonzero(rank != before).tolist():
                anchors[customer] = (int(rank[customer]), 700_000 + month * 30, False)
        before = rank
        found.append(rank)
    return np.array(found), truth


def worths(size: int = 2000) -> Ints:
    return np.rint(np.random.default_rng(7).lognormal(9, 1.1, size) * 10_000).astype(np.int64)


def changes(levels: Ints) -> int:
    return int(np.count_nonzero(np.diff(levels, axis=0)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_of_three_percent_moves_at_most_half_as_many(seed: int) -> None:
    worth = worths()
    with_it, without = simulate(worth, STEADY, seed)[0], simulate(worth, BARE, seed)[0]
    assert changes(without) > 200
    assert changes(with_it) <= changes(without) / 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_stays_on_a_wrong_level_for_ever(seed: int) -> None:
    levels, truth = simulate(worths(), STEADY, seed)
    wrong = levels != truth
    longest = np.zeros(wrong.shape[1], np.int64)
    running = np.zeros(wrong.shape[1], np.int64)
    for month in wrong:
        running = np.where(month, running + 1, 0)
        longest = np.maximum(longest, running)
    assert longest.max() < MONTHS  # nobody all the time
    assert np.mean(wrong) < 0.02


def test_a_real_fall_and_a_real_rise_are_seen_at_once() -> None:
    limits = (1000, 500, 100)
    ranks = ranks_by(np.array([400, 2000]), limits, STEADY.band)
    rank, _ = held(ranks, ranks.bare * 0, stands([0, 2], days=31), 700_000, STEADY)
    assert rank.tolist() == [2, 0]


def test_a_level_just_won_is_kept_unless_what_won_it_is_gone() -> None:
    ranks = ranks_by(np.array([900, 400]), (1000, 500, 100), STEADY.band)
    rank, kept = held(ranks, ranks.bare * 0, stands([0, 0], days=5), 700_000, STEADY)
    assert (rank.tolist(), kept.tolist()) == ([0, 2], [True, False])


def test_the_band_ends_after_a_while() -> None:
    ranks = ranks_by(np.array([970]), (1000, 500, 100), STEADY.band)
    assert held(ranks, ranks.bare * 0, stands([0], days=STEADY.hold - 1), 700_000, STEADY)[0].tolist() == [0]
    assert held(ranks, ranks.bare * 0, stands([0], days=STEADY.hold), 700_000, STEADY)[0].tolist() == [1]


def test_whom_the_stage_held_down_comes_back_without_a_band() -> None:
    ranks = ranks_by(np.array([1010]), (1000, 500, 100), STEADY.band)
    held_down = stands([1], days=5, capped=True)
    assert held(ranks, ranks.bare * 0, held_down, 700_000, STEADY)[0].tolist() == [0]
    assert held(ranks, ranks.bare * 0, stands([1], days=5), 700_000, STEADY)[0].tolist() == [1]


@given(st.integers(0, 3000), st.integers(0, 3), st.integers(0, 200), st.integers(0, 3), st.booleans())
def test_judging_again_at_once_changes_nothing(score: int, stood: int, days: int, cap: int, capped: bool) -> None:
    ranks = ranks_by(np.array([score]), (1000, 500, 100), STEADY.band)
    first, _ = held(ranks, np.array([cap]), stands([stood], days, capped=capped), 700_000, STEADY)
    if first[0] != stood:
        again, _ = held(ranks, np.array([cap]), stands([int(first[0])], 0, capped=False), 700_000, STEADY)
        assert again.tolist() == first.tolist()


def stands(ranks: Sequence[int], days: int, *, capped: bool = False) -> Anchored:
    size = len(ranks)
    return Anchored(np.array(ranks), np.full(size, 700_000 - days), np.full(size, capped))
