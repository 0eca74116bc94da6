"""A promise holds: the promised change gives the promised level, and slightly less does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.passport_promises import Case, ordered, ranks, some_days_later, ways_by_waiting, ways_up
from crmdesk.domain.policy_ready import READY
from crmdesk.domain.purchases import Ints

DAY = 739_577  # the day of the random customers
# CRMDESK_PROMISES=10000 tries as many customers under every ready policy as the promise was made for.
CUSTOMERS = int(os.environ.get("CRMDESK_PROMISES", "150"))


@pytest.fixture(params=sorted(READY))
def case(request: pytest.FixtureRequest, random_case: Callable[..., Case]) -> Case:
    return random_case(CUSTOMERS, READY[request.param]())


def one_by_one(case: Case, count: Ints, money: Ints) -> Ints:
    """The levels after each customer's own number of orders, worked out from data made anew."""
    result = ranks(case)
    for orders in sorted(set(count.tolist()) - {0}):
        # A purchase is a row like any other: the copy is made with plain concatenation, not by the search itself.
        mine = count == orders
        who = case.ids[mine]
        more = case.orders.plus(
            np.concatenate([who] * orders),
            np.concatenate([np.full(len(who), DAY + day) for day in range(orders)]),
            np.concatenate([money[mine]] * orders),
        )
        rules = replace(case.rules, today=case.rules.today + orders - 1)
        result[mine] = ranks(replace(case, orders=more, rules=rules, as_of=DAY + orders - 1))[mine]
    return result


def test_the_way_up_leads_there_and_slightly_less_does_not(case: Case) -> None:
    ways, now = ways_up(case, DAY), ranks(case)
    money = np.where(ways.money > 0, ways.money, MONEY_UNIT)
    reached = one_by_one(case, ways.orders, money)
    assert reached[ways.found].tolist() == ways.rank[ways.found].tolist()
    assert np.all(reached[ways.found] < now[ways.found])
    exact = ways.found & (ways.money > 0)
    less_money = one_by_one(case, np.where(exact, ways.orders, 0), money - MONEY_UNIT)
    assert np.all(less_money[exact] != ways.rank[exact])
    fewer = one_by_one(case, np.where(ways.found, ways.orders - 1, 0), money)
    assert np.all(fewer[ways.found] != ways.rank[ways.found])


def test_the_way_down_comes_on_that_day_and_not_the_day_before(case: Case) -> None:
    ways, now = ways_by_waiting(case, down=True), ranks(case)
    for days in sorted(set(ways.days[ways.found].tolist())):
        here = ways.found & (ways.days == days)
        for later, wanted in ((days, True), (days - 1, False)):
            then = ranks(some_days_later(case, here, later))
            assert np.all((then == ways.rank[here]) == wanted), (days, later)
            assert np.all((then > now[here]) == wanted)


def test_most_customers_below_the_top_have_a_way_up(random_case: Callable[..., Case]) -> None:
    case = random_case(CUSTOMERS, READY["pareto"](), anchored=0.0)
    below = ranks(case) > 0
    assert np.mean(ways_up(case, DAY).found[below]) > 0.9


def test_without_tiers_nothing_is_promised(random_case: Callable[..., Case]) -> None:
    case = random_case(30, READY["no_tiers"]())
    assert not ways_up(case, DAY).found.any()
    assert not ways_by_waiting(case, down=True).found.any()


def test_an_order_leads_where_the_search_said(case: Case) -> None:
    some = ordered(case, DAY, 1, np.full(len(case.ids), 5000 * MONEY_UNIT))
    assert len(some.orders) == len(case.orders) + len(case.ids)
