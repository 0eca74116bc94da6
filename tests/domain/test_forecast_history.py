"""What counts as a purchase, as coming again, and as what it was worth."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from crmdesk.domain import forecast as rules
from crmdesk.domain.forecast_future import Estimate
from crmdesk.domain.forecast_history import came_since, joined, past, past_of_totals
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import NO_DAY, GivenColumns, OrderColumns, given_purchases

START = date(2026, 1, 1).toordinal()


def orders(*rows) -> OrderColumns:
    """Rows of customer, days after the start (None: undated), whole money, and a refund."""
    owner, day, amount, refund = zip(*[(*row, 0)[:4] for row in rows], strict=True)
    days = [NO_DAY if one is None else START + one for one in day]
    money = [np.array(column, np.int64) * MONEY_UNIT for column in (amount, refund)]
    nothing = np.zeros(len(rows), np.int64)
    return OrderColumns(np.array(owner), np.array(days), *money, nothing, nothing > 0)


def shop(customers: int, seed: int = 5, days: int = 400) -> OrderColumns:
    """Customers who come every so often, and some who stop."""
    chance = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        day, usual = int(chance.integers(0, days // 2)), int(chance.choice((10, 25, 60)))
        while day < days and chance.random() > 0.06:
            rows.append((customer, day, int(chance.integers(20, 90))))
            day += max(1, int(chance.exponential(usual)))
    return orders(*rows)


def test_several_orders_of_a_day_are_one_purchase_day():
    known = past(orders((1, 0, 100), (1, 0, 50), (1, 10, 30), (1, 20, 60)), START + 30)
    assert (known.x[0], known.t_x[0], known.age[0]) == (2, 20, 30)
    assert known.mean[0] == 45
    assert known.usual == pytest.approx(240 / 3)


def test_a_return_is_no_purchase_but_its_money_counts():
    known = past(orders((1, 0, 100), (1, 10, 80), (1, 15, -20), (1, 20, 50, 10)), START + 30)
    assert known.x[0] == 2
    assert known.mean[0] == 50


def test_an_order_of_nothing_is_still_a_purchase():
    assert past(orders((1, 0, 100), (1, 10, 0)), START + 30).x[0] == 1


def test_what_lies_later_or_has_no_day_is_not_known():
    known = past(orders((1, 0, 100), (1, 40, 80), (1, None, 70), (2, 40, 10), (3, 5, -9)), START + 30)
    assert known.ids.tolist() == [1]
    assert (known.x[0], known.capable, known.returned) == (0, 1, 0)


def test_who_came_today_for_the_first_time_could_not_come_again_yet():
    assert past(orders((1, 30, 100), (2, 29, 100)), START + 30).capable == 1


def test_nothing_at_all_is_nobody():
    known = past(orders((1, None, 5)), START)
    assert (len(known.ids), known.capable) == (0, 0)


def test_totals_of_a_sheet_tell_the_same_where_they_are_whole():
    ids = np.arange(5)
    first = np.array([START, START, NO_DAY, START, START])
    last = np.array([START + 20, START, START, START + 90, START + 20])
    counts, totals = np.array([4, 1, 3, 2, 0]), np.array([400, 90, 50, 70, 10]) * MONEY_UNIT
    known = past_of_totals(given_purchases(GivenColumns(ids, counts, totals, first, last)), START + 30)
    assert known.ids.tolist() == [0, 1]  # one day is missing, one is later, one count is unknown
    assert known.x.tolist() == [3, 0]
    assert known.mean.tolist() == [100, 0]


def test_own_orders_go_before_totals():
    single = past(orders((1, 0, 100)), START + 30)
    totals = past_of_totals(
        given_purchases(
            GivenColumns(
                np.array([1, 2]),
                np.array([9, 9]),
                np.array([9, 9]) * MONEY_UNIT,
                np.array([START, START]),
                np.array([START + 9, START + 9]),
            )
        ),
        START + 30,
    )
    both = joined(single, totals)
    assert both.ids.tolist() == [1, 2]
    assert both.x.tolist() == [0, 8]


def test_what_came_is_counted_in_purchase_days_of_those_customers():
    rows = orders((1, 5, 10), (1, 8, 10), (1, 8, 10), (2, 9, 10), (1, 9, -10), (1, 20, 10))
    assert came_since(rows, np.array([1]), START + 5, START + 19).tolist() == [START + 8]


def test_a_forecast_is_refused_below_about_eighty_customers():
    few, enough = (past(shop(size), START + 400) for size in (70, 140))
    assert rules.refusal(few)[0] == "forecast_few_customers"
    assert rules.refusal(enough) is None


def test_eighty_who_never_came_again_are_not_enough():
    known = past(orders(*[(customer, customer % 50, 10) for customer in range(200)]), START + 90)
    assert rules.refusal(known) == ("forecast_few_returned", 0, rules.FEWEST_RETURNED)
    with pytest.raises(ValueError, match="nobody"):
        rules.forecast(known, START + 90, "day", "mbg", None)


@pytest.mark.parametrize("model", ["mbg", "bg"])
def test_the_last_months_are_tried_out(model):
    sales = shop(400)
    trial = rules.try_out(sales, START + 399, model)
    assert trial.end - trial.start + 1 == 90
    assert trial.came == len(trial.days)
    assert trial.expected.expected == pytest.approx(trial.came, rel=0.25)
    assert [days for days, _estimate in trial.steps] == [30, 60, 90]


def test_short_histories_hold_back_a_third_and_shorter_ones_nothing():
    sales = shop(300, days=120)
    assert rules.try_out(sales, START + 119, "mbg").start == START + 119 - 119 // 3 + 1
    assert rules.try_out(shop(300, days=30), START + 29, "mbg") is None


def test_a_miss_beyond_chance_widens_what_is_said():
    sales = shop(300)
    known = past(sales, START + 399)
    calm = rules.Trial(0, 89, Estimate(90.0, 100.0, 110.0), 101)
    missed = rules.Trial(0, 89, Estimate(90.0, 100.0, 110.0), 50)
    assert calm.error_share == 0
    assert missed.error_share == pytest.approx(0.494, abs=0.01)
    narrow, wide = (rules.forecast(known, START + 399, "day", "mbg", one).outlooks[1] for one in (calm, missed))
    assert wide.all_orders.high - wide.all_orders.low > narrow.all_orders.high - narrow.all_orders.low
    assert wide.all_orders.expected == pytest.approx(narrow.all_orders.expected)
    assert wide.orders == pytest.approx(narrow.orders)


def test_all_together_are_the_sum_of_each():
    known = past(shop(300), START + 399)
    found = rules.forecast(known, START + 399, "week", "mbg", None)
    assert [outlook.days for outlook in found.outlooks] == [30, 90, 365]
    for outlook in found.outlooks:
        assert outlook.all_orders.expected == pytest.approx(outlook.orders.sum())
        assert outlook.all_money.expected == pytest.approx(outlook.money.sum())
        assert outlook.all_orders.low < outlook.all_orders.expected < outlook.all_orders.high
        assert np.all(outlook.low <= outlook.high)
    assert np.all((found.alive > 0) & (found.alive <= 1))
    assert found.age == pytest.approx(known.age / 7)


def test_without_amounts_there_are_orders_and_no_money():
    sales = shop(200)
    free = OrderColumns(sales.owner, sales.day, sales.amount * 0, sales.refund, sales.cost, sales.cost_known)
    found = rules.forecast(past(free, START + 399), START + 399, "day", "mbg", None)
    assert found.spend is None
    assert found.outlooks[0].money is None
    assert found.outlooks[0].all_money is None
