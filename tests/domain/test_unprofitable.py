"""量大不赚钱: large by what is usual in the shop, and little is left of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain.indicators import Ground
from crmdesk.domain.purchases import UNKNOWN, GivenColumns, OrderColumns, buyers_of
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.unprofitable import REASONS, find_usual, unprofitable

DAY = 739_577
YUAN = 10_000
NOTHING = np.zeros(0, np.int64)
USUAL_COST, USUAL_DISCOUNT = 70, 3  # percent
Order = tuple[int, int, int | None, int | None]  # customer, yuan, cost and discount in percent of what is paid


def ground(orders: list[Order]) -> Ground:
    """Customers with their orders, one a day, the last of them today."""
    owner, yuan, cost, discount = zip(*orders, strict=True)
    money = np.array(yuan, np.int64) * YUAN
    noted = [UNKNOWN if one is None else one for one in discount]
    given = np.where(np.array(noted) == UNKNOWN, UNKNOWN, money * np.array(noted) // 100)
    known = np.array([one is not None for one in cost])
    columns = OrderColumns(
        np.array(owner, np.int64),
        DAY - np.arange(len(orders), dtype=np.int64)[::-1],
        money,
        money * 0,
        money * np.array([one or 0 for one in cost]) // 100,
        known,
        given,
    )
    return Ground(buyers_of(columns, GivenColumns(*[NOTHING] * 5)), columns, Facts(), DAY, Prior())


def shop(cost: int | None = USUAL_COST, discount: int | None = USUAL_DISCOUNT) -> list[Order]:
    """Thirty customers with four orders each; the higher the number, the more they bring."""
    return [(key, 10 * key, cost, discount) for key in range(1, 31) for _ in range(4)]


def reasons(orders: list[Order]) -> dict[int, str]:
    of = ground(orders)
    found = unprofitable(of, find_usual(of))
    return {key: REASONS[code] for key, code in zip(of.buyers.ids.tolist(), found.tolist(), strict=True) if code}


def of_customer(key: int, *, cost: int | None, discount: list[int | None]) -> list[Order]:
    return [(key, 10 * key, cost, one) for one in discount]


@pytest.mark.parametrize(
    ("cost", "discounts", "why"),
    [
        (95, [3, 3, 3, 3], "margin"),
        (70, [30, 30, 30, 30], ""),  # well earned all the same
        (None, [30, 30, 30, 30], "discount"),
        (None, [2, 2, 9, 9], "growing_discount"),
        (None, [3, 3, 3, 3], ""),
        (None, [None] * 4, ""),
    ],
)
def test_little_is_left_by_margin_or_where_no_cost_is_known_by_discount(cost, discounts, why) -> None:
    orders = [order for order in shop() if order[0] != 29] + of_customer(29, cost=cost, discount=discounts)
    assert reasons(orders) == ({29: why} if why else {})


def test_who_buys_little_is_nobodys_worry() -> None:
    orders = [order for order in shop() if order[0] != 5] + of_customer(5, cost=99, discount=[50] * 4)
    assert reasons(orders) == {}


def test_without_cost_and_discount_or_with_few_buyers_nothing_is_said() -> None:
    bare = ground(shop(cost=None, discount=None))
    assert find_usual(bare) == ()
    assert not unprofitable(bare, ()).any()
    assert find_usual(ground([order for order in shop() if order[0] > 15])) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 500), st.none() | st.integers(0, 150)), max_size=160))
def test_everybody_named_is_among_the_largest_fifth_and_leaves_less_than_half_of_the_usual(rows) -> None:
    of = ground([*shop(discount=None), *((key, yuan, cost, None) for key, yuan, cost in rows)])
    usual = find_usual(of)
    found = unprofitable(of, usual) > 0
    totals = of.buyers.total
    assert np.all(totals[found] >= np.sort(totals)[::-1][max(len(totals) // 5, 1) - 1])
    margins = of.buyers.profit[found] / totals[found]
    assert usual[1] is not None
    assert np.all(margins < max(usual[1] / 2, 0) + 1e-9)
