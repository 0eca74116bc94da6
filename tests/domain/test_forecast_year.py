"""What is expected of each customer within a year is what the forecast says, found along the way."""

from __future__ import annotations

import numpy as np
import pytest

from crmdesk.domain.forecast import forecast
from crmdesk.domain.forecast_history import joined, past, past_of_totals
from crmdesk.domain.forecast_year import learn_habits, past_of_buyers, year_ahead
from crmdesk.domain.purchases import GivenColumns, OrderColumns, buyers_of, given_purchases

UNTIL = 740_000


def shop(count: int = 300) -> tuple[OrderColumns, GivenColumns]:
    """Customers by their orders, some returns among them, and some by the totals of a sheet."""
    chance = np.random.default_rng(3)
    owner = np.repeat(np.arange(10, 10 + count), chance.integers(1, 12, count))
    size = len(owner)
    day = UNTIL - chance.integers(0, 600, size)
    amount = chance.integers(-50, 900, size) * 10_000
    nothing = np.zeros(size, np.int64)
    ids = np.arange(1000, 1040)
    last = UNTIL - chance.integers(0, 200, len(ids))
    given = GivenColumns(ids, chance.integers(1, 9, len(ids)), ids * 10_000, last - chance.integers(0, 90, 40), last)
    return OrderColumns(owner, day, amount, nothing, nothing, nothing > 0), given


def test_the_year_ahead_is_that_of_the_forecast():
    orders, given = shop()
    buyers = buyers_of(orders, given)
    known = past_of_buyers(buyers, orders, UNTIL)
    told = forecast(
        joined(past(orders, UNTIL), past_of_totals(given_purchases(given), UNTIL)), UNTIL, "day", "mbg", None
    )
    year = told.outlooks[-1]
    ahead = year_ahead(learn_habits(known), known)
    assert ahead is not None
    assert ahead.ids.tolist() == told.ids.tolist()
    assert ahead.low.tolist() == year.low.tolist()
    assert ahead.high.tolist() == year.high.tolist()
    assert np.allclose(ahead.money / 10_000, year.money, rtol=0.051)  # two digits of it are told
    assert all(int(str(money // 10_000)[2:] or 0) == 0 for money in ahead.money.tolist())


@pytest.mark.parametrize("until", [UNTIL, UNTIL - 1, UNTIL - 100, UNTIL - 300])
def test_what_came_later_than_the_day_is_not_seen(until):
    orders, given = shop()
    known = past_of_buyers(buyers_of(orders, given), orders, until)
    right = joined(past(orders, until), past_of_totals(given_purchases(given), until))
    for name in ("ids", "x", "t_x", "age"):
        assert getattr(known, name).tolist() == getattr(right, name).tolist()
    assert np.allclose(known.mean, right.mean)
    assert known.usual == pytest.approx(right.usual, rel=1e-4)  # who only ever returned things is left out here
    assert np.all(known.t_x <= known.age)


def test_of_few_customers_nothing_is_expected():
    orders, given = shop(40)
    few = GivenColumns(*(column[:5] for column in (given.ids, given.orders, given.total, given.first, given.last)))
    known = past_of_buyers(buyers_of(orders, few), orders, UNTIL)
    assert learn_habits(known) == ()
    assert year_ahead((), known) is None
