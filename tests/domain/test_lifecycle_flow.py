"""What months brought and took, worked out from the orders alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain.lifecycle_flow import known_on, stage_flow
from crmdesk.domain.purchases import OrderColumns, Purchases, group_orders

TODAY = date(2026, 11, 22).toordinal()


def shop(*ages: list[int]) -> Purchases:
    """Buyers who bought so many days ago."""
    rows = [(number, TODAY - age) for number, own in enumerate(ages, 1) for age in own]
    owner, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


STEADY = [[last + 14 * number for number in range(40)] for last in (1, 3, 5, 7, 9) * 6]


def test_who_stops_falls_silent_in_the_month_it_shows() -> None:
    gone = [60 + 14 * number for number in range(30)]  # last here on 23 September
    flow = stage_flow(shop(*STEADY, gone), TODAY)
    assert flow is not None
    assert flow.ids("2026-10,quiet") == (31,)
    assert sum(month.quiet for month in flow.months) == 1


def test_who_comes_back_is_told_in_the_month_of_the_return() -> None:
    back = [20, *(200 + 14 * number for number in range(20))]
    flow = stage_flow(shop(*STEADY, back), TODAY)
    assert flow is not None
    assert flow.ids("2026-11,back") == (31,)


def test_first_orders_are_counted_once() -> None:
    flow = stage_flow(shop(*STEADY, [2], [30, 10]), TODAY)
    assert flow is not None
    assert (flow.ids("2026-11,first"), flow.ids("2026-10,first")) == ((31,), (32,))


def test_a_small_shop_has_no_flow() -> None:
    assert stage_flow(shop(*STEADY[:10]), TODAY) is None


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=12), min_size=1, max_size=12), st.integers(0, 400))
def test_what_was_known_on_a_day_is_what_orders_up_to_it_say(customers: list[list[int]], age: int) -> None:
    whole = known_on(shop(*customers), TODAY - age)
    early = [[day for day in own if day >= age] for own in customers]
    kept = {number: own for number, own in enumerate(early, 1) if own}
    assert whole.ids.tolist() == list(kept)
    assert whole.day_count.tolist() == [len(set(own)) for own in kept.values()]
    assert whole.last.tolist() == pytest.approx([TODAY - min(own) for own in kept.values()])
