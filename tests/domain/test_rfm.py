"""Scores by fifths, and how the money spreads over the buyers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import rfm

money = st.lists(st.integers(-(10**10), 10**14), max_size=60).map(lambda values: np.array(values, np.int64))


def test_a_hundred_different_values_fall_into_fifths() -> None:
    assert np.bincount(rfm.scores(np.arange(100))).tolist() == [0, 20, 20, 20, 20, 20]
    assert rfm.scores(np.arange(100), low_is_good=True)[0] == 5


@given(money)
def test_scores_keep_the_order_and_treat_equals_alike(values: np.ndarray) -> None:
    scores = rfm.scores(values)
    assert all(1 <= score <= 5 for score in scores)
    for one, first in zip(values, scores, strict=True):
        for other, second in zip(values, scores, strict=True):
            assert (one != other or first == second) and (one <= other or first >= second)


@given(money)
def test_the_curve_rises_to_the_whole(values: np.ndarray) -> None:
    curve = rfm.concentration(values)
    assert len(curve) == np.count_nonzero(values > 0)
    assert np.all(np.diff(curve) >= 0)
    if len(curve):
        assert curve[-1] == pytest.approx(1)


@given(money)
def test_cut_values_fall_from_level_to_level(values: np.ndarray) -> None:
    cuts = rfm.cut_values(values, (0.5, 0.8, 0.95))
    assert list(cuts) == sorted(cuts, reverse=True)
    assert all(cut > 0 for cut in cuts)


def test_equal_values_stay_together() -> None:
    assert rfm.cut_values(np.array([5, 3, 3, 3, 1]), (0.5, 0.9)) == (5, 3)


def test_a_single_buyer_who_brings_nearly_all_is_the_best_level_alone() -> None:
    assert rfm.cut_values(np.array([980, 15, 5]), (0.5, 0.8)) == (980, 980)


def test_nobody_stands_out_where_all_brought_the_same() -> None:
    cuts = rfm.cut_values(np.array([7, 7, 7, 7]), (0.4, 0.8))
    assert cuts[0] > 7
    assert cuts[1] == 7


def test_without_gains_every_cut_lies_above() -> None:
    assert rfm.cut_values(np.array([0, -5]), (0.5, 0.8)) == (1, 1)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**12)), max_size=50))
def test_the_grid_loses_nobody(customers: list[tuple[int, int, int]]) -> None:
    columns = np.array(customers, np.int64).reshape(-1, 3)
    counts, sums = rfm.grid(columns[:, 0], columns[:, 1], columns[:, 2])
    assert counts.sum() == len(customers)
    assert sums.sum() == columns[:, 2].sum()
    for recency, frequency, _ in customers:
        assert counts[5 - recency][frequency - 1] > 0


@given(money)
def test_no_fewer_customers_bring_four_fifths_of_all_that_is_left(values: np.ndarray) -> None:
    best, whole = rfm.buyers_for(values, 0.8), values.sum()
    gains = np.cumsum(np.sort(values[values > 0])[::-1])
    if whole <= 0:
        assert best == 0
    else:
        assert gains[best - 1] >= 0.8 * whole * (1 - 1e-9)
        assert best == 1 or gains[best - 2] < 0.8 * whole * (1 + 1e-9)


def test_what_others_cost_is_subtracted_from_all_value() -> None:
    values = np.array([60, 30, 10, -20], np.int64)
    assert rfm.buyers_for(values, 0.8) == 2  # 60 and 30 of 80, where 60 alone are three quarters
    assert rfm.share_of_best(values, 0.25) == 0.75
