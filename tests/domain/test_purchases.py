"""Orders become purchases by customer: days, totals, profit, whatever order they come in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.purchases import (
    NO_DAY,
    GivenColumns,
    OrderColumns,
    Purchases,
    buyers_of,
    given_purchases,
    group_orders,
    merged,
)

Row = tuple[int, int, int, int, int | None]  # customer, day, amount, refund, cost

rows_of_orders = st.lists(
    st.tuples(
        st.integers(1, 5).map(lambda n: n * (1 << 60)),
        st.one_of(st.just(NO_DAY), st.integers(700_000, 700_050)),
        st.integers(-(10**12), 10**12),
        st.integers(0, 10**9),
        st.one_of(st.none(), st.integers(0, 10**12)),
    ),
    max_size=40,
)


def columns(rows: list[Row]) -> OrderColumns:
    def column(place: int) -> np.ndarray:
        return np.array([row[place] or 0 for row in rows], np.int64)

    known = np.array([row[4] is not None for row in rows], np.bool_)
    return OrderColumns(column(0), column(1), column(2), column(3), column(4), known)


def days_of(buyers: Purchases, place: int) -> list[int]:
    start, count = int(buyers.starts[place]), int(buyers.day_count[place])
    return buyers.days[start : start + count].tolist()


@given(rows_of_orders)
def test_every_order_is_counted_once_and_exactly(rows: list[Row]) -> None:
    buyers = group_orders(columns(rows), window_start=700_020)
    mine: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        mine[row[0]].append(row)
    assert buyers.ids.tolist() == sorted(mine)
    for place, customer in enumerate(buyers.ids.tolist()):
        own = mine[customer]
        bought = sorted({day for _, day, amount, _, _ in own if amount >= 0 and day != NO_DAY})
        assert days_of(buyers, place) == bought
        assert buyers.orders[place] == sum(amount >= 0 for _, _, amount, _, _ in own)
        assert buyers.total[place] == sum(amount - refund for _, _, amount, refund, _ in own)
        assert buyers.window_days[place] == sum(day > 700_020 for day in bought)
        assert buyers.first[place] == (bought[0] if bought else NO_DAY)
        assert buyers.last[place] == (bought[-1] if bought else NO_DAY)
        if buyers.profit_known[place]:
            assert buyers.profit[place] == sum(amount - refund - (cost or 0) for _, _, amount, refund, cost in own)


@given(rows_of_orders, st.randoms())
def test_the_order_of_the_sheet_does_not_matter(rows: list[Row], random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = group_orders(columns(rows)), group_orders(columns(shuffled))
    for field in fields(Purchases):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name))


def test_several_orders_of_a_day_are_one_purchase_day() -> None:
    buyers = group_orders(columns([(1, 700_000, 10, 0, None)] * 3))
    assert (buyers.orders.tolist(), buyers.day_count.tolist()) == ([3], [1])


def test_a_return_subtracts_and_is_no_purchase() -> None:
    buyers = group_orders(columns([(1, 700_000, 500, 0, 300), (1, 700_009, -200, 0, -120)]))
    assert (buyers.orders[0], buyers.day_count[0], buyers.total[0], buyers.profit[0]) == (1, 1, 300, 120)


def test_one_unknown_cost_makes_the_profit_unknown() -> None:
    buyers = group_orders(columns([(1, 700_000, 500, 0, 300), (1, 700_001, 500, 0, None)]))
    assert not buyers.profit_known[0]


def test_single_orders_go_before_the_totals_of_a_sheet() -> None:
    single = group_orders(columns([(7, 700_000, 500, 0, None)]))
    ids = np.array([3, 7], np.int64)
    given_ = GivenColumns(ids, np.array([4, 9]), np.array([100, 900]), np.array([699_000, 0]), np.array([699_300, 0]))
    both = merged(single, given_purchases(given_))
    assert both.ids.tolist() == [3, 7]
    assert both.total.tolist() == [100, 500]
    assert both.estimated.tolist() == [True, False]
    assert both.day_count.tolist() == [4, 1]


def test_orders_after_a_sheets_totals_are_added_to_them() -> None:
    given_ = GivenColumns(*(np.array([one], np.int64) for one in (7, 9, 900, 699_000, 699_300)))
    both = buyers_of(columns([(7, 700_000, 500, 0, None), (7, 700_010, 100, 0, None)]), given_)
    assert (both.total[0], both.orders[0], both.day_count[0]) == (1500, 11, 11)
    assert (both.first[0], both.last[0], bool(both.estimated[0])) == (699_000, 700_010, True)


def test_returns_can_be_left_out() -> None:
    orders = columns([(1, 700_000, 500, 100, None), (1, 700_010, -200, 0, None), (2, 700_000, -50, 0, None)])
    assert group_orders(orders.counted("net")).total.tolist() == [200, -50]
    ignored = group_orders(orders.counted("ignore"))
    assert (ignored.ids.tolist(), ignored.total.tolist()) == ([1], [500])
