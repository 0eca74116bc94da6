"""The usual interval is the customer's own; with few purchases the shop's stands beside it, and it says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.purchases import GivenColumns, OrderColumns, Purchases, given_purchases, group_orders
from crmdesk.domain.rhythm import FAIR, FEW, HIGH, Prior, before_pause, learn_prior, pauses, rhythms

START = 738_000


def shop(*customers: Sequence[int]) -> Purchases:
    """Buyers whose purchase days lie so many days after START."""
    rows = [(number, START + day) for number, days in enumerate(customers, 1) for day in days]
    owner, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


def every(interval: int, times: int) -> list[int]:
    return [interval * number for number in range(times)]


def test_a_regular_customer_has_its_own_interval_with_high_confidence() -> None:
    rhythm = rhythms(shop(every(35, 8)), Prior())
    assert rhythm.usual[0] == pytest.approx(35)
    assert rhythm.confidence[0] == HIGH
    assert rhythm.quiet_after[0] < 81 < rhythm.lost_after[0]


def test_one_odd_pause_does_not_move_the_rhythm() -> None:
    days = np.cumsum([0, 30, 31, 29, 300, 30, 32, 30]).tolist()
    assert rhythms(shop(days), Prior()).usual[0] == pytest.approx(30, abs=1)


def test_a_yearly_buyer_is_not_lost_after_sixty_days_in_a_monthly_shop() -> None:
    monthly = [every(30, 12) for _ in range(50)]
    buyers = shop(every(365, 3), *monthly)
    rhythm = rhythms(buyers, learn_prior(buyers))
    assert rhythm.usual[0] == pytest.approx(365)
    assert rhythm.quiet_after[0] > 365 * 1.4


def test_two_purchases_in_one_week_are_no_weekly_rhythm_yet() -> None:
    monthly = [every(60, 8) for _ in range(30)]
    buyers = shop([0, 5], *monthly)
    rhythm = rhythms(buyers, learn_prior(buyers))
    assert rhythm.quiet_after[0] > 20
    assert rhythm.confidence[0] == FEW


def test_who_came_once_is_judged_by_the_shop_and_says_so() -> None:
    fast, slow = [every(10, 9) for _ in range(40)], [every(120, 9) for _ in range(40)]
    patient, hasty = shop([0], *slow), shop([0], *fast)
    assert rhythms(hasty, learn_prior(hasty)).lost_after[0] < rhythms(patient, learn_prior(patient)).quiet_after[0]
    assert np.isnan(rhythms(hasty, learn_prior(hasty)).usual[0])
    assert rhythms(hasty, learn_prior(hasty)).confidence[0] == FEW


def test_without_any_repeat_the_shop_knows_nothing() -> None:
    assert learn_prior(shop([0], [3])) == Prior()


def test_irregular_purchases_are_fairly_sure_at_best() -> None:
    days = np.cumsum([0, 3, 90, 10, 200, 7, 60]).tolist()
    assert rhythms(shop(days), Prior()).confidence[0] == FAIR


def test_totals_give_an_average_interval_with_little_data() -> None:
    one = np.array([1], np.int64)
    buyers = given_purchases(GivenColumns(one, one * 5, one * 100, one * START, one * (START + 120)))
    rhythm = rhythms(buyers, Prior())
    assert rhythm.usual[0] == pytest.approx(30)
    assert rhythm.confidence[0] == FEW


def test_the_longest_pause_and_where_it_lies() -> None:
    buyers = shop([0, 10, 200, 210], [0, 50, 60], [5])
    assert [column.tolist() for column in pauses(buyers)] == [[190, 50, 0], [1, 0, 0]]
    assert [column.tolist() for column in pauses(buyers, recent=1)] == [[10, 10, 0], [2, 1, 0]]
    earlier = before_pause(buyers, pauses(buyers)[1])
    assert earlier.day_count.tolist() == [2, 1, 1]


days_of_one = st.lists(st.integers(0, 1500), min_size=1, max_size=25, unique=True)


@given(st.lists(days_of_one, min_size=1, max_size=8))
def test_limits_are_in_order_and_never_shorter_than_the_own_usual(customers: list[list[int]]) -> None:
    buyers = shop(*customers)
    rhythm = rhythms(buyers, learn_prior(buyers))
    assert np.all(rhythm.quiet_after < rhythm.lost_after)
    own = ~np.isnan(rhythm.usual)
    assert np.all(rhythm.quiet_after[own] >= rhythm.usual[own] * 1.49)
    for place, days in enumerate(customers):
        gaps = np.diff(np.sort(days))
        if len(gaps):
            middle = np.exp(np.median(np.log(gaps)))
            assert rhythm.usual[place] == pytest.approx(middle, rel=1e-4)


@given(days_of_one, st.integers(2, 5))
def test_a_slower_life_has_longer_limits(days: list[int], factor: int) -> None:
    slow = rhythms(shop([day * factor for day in days]), Prior())
    fast = rhythms(shop(days), Prior())
    assert slow.quiet_after[0] >= fast.quiet_after[0] * 0.999
    assert slow.lost_after[0] >= fast.lost_after[0] * 0.999
