"""The second order is due by what the others who came again did, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.purchases import OrderColumns, Purchases, group_orders
from crmdesk.domain.second_purchase import DUE, EARLY, LATE, OVERDUE, radar

TODAY = 740_000


def shop(*ages: list[int]) -> Purchases:
    """Buyers who bought so many days ago."""
    rows = [(number, TODAY - age) for number, own in enumerate(ages, 1) for age in own]
    owner, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


def returned(*gaps: int) -> list[list[int]]:
    """Customers who began 400 days ago and came again after so many days."""
    return [[400, 400 - gap] for gap in gaps]


def test_each_first_time_buyer_stands_where_the_others_put_it() -> None:
    others = returned(*range(10, 110, 2))  # half of the fifty are back by day 58, four fifths by day 88
    found = radar(shop(*others, [5], [60], [90], [200]), TODAY)
    assert found is not None
    assert [group.state for group in found.waiting] == [EARLY, DUE, OVERDUE, LATE]
    assert [found.ids(state) for state in (EARLY, DUE, OVERDUE, LATE)] == [(51,), (52,), (53,), (54,)]
    assert found.half == pytest.approx(58, abs=2)
    assert found.due == 2


def test_a_hasty_shop_is_impatient_sooner() -> None:
    hasty = radar(shop(*returned(*range(3, 33)), [50]), TODAY)
    patient = radar(shop(*returned(*range(30, 330, 10)), [50]), TODAY)
    assert hasty is not None and patient is not None
    assert hasty.ids(LATE) == patient.ids(EARLY) == (31,)


def test_too_few_who_came_again_tell_nothing() -> None:
    assert radar(shop(*returned(*range(10, 29)), [5]), TODAY) is None


def test_who_is_not_followed_is_not_waited_for() -> None:
    found = radar(shop(*returned(*range(10, 40)), [5], [6]), TODAY, frozenset({31}))
    assert found is not None
    assert found.customers == 1


def test_those_who_have_not_come_yet_are_heard_as_well() -> None:
    gaps = [*range(10, 40)]
    alone = radar(shop(*returned(*gaps), [3]), TODAY)
    many_left = radar(shop(*returned(*gaps), *([[390]] * 60), [3]), TODAY)
    assert alone is not None and many_left is not None
    assert alone.waiting[0].still_come == 1.0
    assert many_left.waiting[0].still_come == pytest.approx(1 / 3, abs=0.02)


@given(st.lists(st.integers(1, 300), min_size=20, max_size=60), st.lists(st.integers(0, 399), max_size=30))
def test_everybody_who_came_once_is_in_one_state(gaps: list[int], ages: list[int]) -> None:
    found = radar(shop(*returned(*gaps), *([age] for age in ages)), TODAY)
    assert found is not None
    told = [one for group in found.waiting for one in found.ids(group.state)]
    assert sorted(told) == list(range(len(gaps) + 1, len(gaps) + len(ages) + 1))
    assert sum(group.customers for group in found.waiting) == len(ages)
    assert all(0 <= group.still_come <= 1 for group in found.waiting)
