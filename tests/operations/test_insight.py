"""What it adds up to: nothing invented, no gap in the months, nobody lost between the charts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.insight import MonthRow
from crmdesk.domain.order import Order
from crmdesk.operations.customers import add_customer
from crmdesk.operations.insight import fill_months, insight
from crmdesk.operations.orders import add_order
from crmdesk.operations.tiers import recompute
from crmdesk.storage.database import Database

TODAY = date(2026, 11, 22)
YUAN = 10_000


def buyer(database: Database, name: str, *ages: int, amount: int = 1000) -> None:
    customer = add_customer(database, Customer(name=name)).new_id
    assert customer is not None
    for age in ages:
        add_order(database, Order(customer_id=customer, ordered_on=TODAY - timedelta(days=age), amount=amount * YUAN))


def test_without_money_there_is_what_is_known_instead(database: Database) -> None:
    add_customer(database, Customer(name="丰盛邻居", intent="high", source="展会", province="广东", city="湛江市"))
    add_customer(database, Customer(name="好又多", intent="high"))
    found = insight(database)
    assert not found.has_money
    assert found.tiers == found.months == found.quiet == found.pareto == found.rfm_grid == ()
    assert [(row.value, row.customers) for row in found.intents] == [("high", 2)]
    assert [(row.value, row.customers) for row in found.sources] == [("展会", 1)]
    assert [(row.value, row.customers) for row in found.regions] == [("湛江市", 1)]
    assert sum(row.customers for row in found.completeness) == 2


def test_few_buyers_give_no_curve_and_no_grid(database: Database) -> None:
    buyer(database, "一家", 3)
    found = insight(database)
    assert (found.pareto, found.rfm_grid, found.buyers_for_80, found.buyers) == ((), (), None, 1)


def test_twenty_buyers_give_both_and_nobody_is_lost(database: Database) -> None:
    for number in range(20):
        buyer(database, f"店{number}", number + 1, 40, amount=100 * (number + 1))
    recompute(database)
    found = insight(database)
    assert found.pareto[-1].customers == found.pareto[-1].money == pytest.approx(1)
    assert sum(cell.customers for row in found.rfm_grid for cell in row) == 20
    assert sum(cell.money for row in found.rfm_grid for cell in row) == 42_000 * YUAN
    assert found.rfm_grid[0][4].recency == found.rfm_grid[0][4].frequency == 5
    assert sum(row.money for row in found.tiers) == sum(row.money for row in found.months) == 42_000 * YUAN
    assert found.buyers_for_80 == 12


def test_quiet_ones_stand_by_money(database: Database) -> None:
    for name, amount in (("小", 10), ("大", 900)):
        buyer(database, name, *(81 + 35 * number for number in range(6)), amount=amount)
    buyer(database, "常来的", 1, 31, 61)
    found = insight(database)
    assert [(row.name, row.days, row.usual) for row in found.quiet] == [("大", 81, 35), ("小", 81, 35)]


def test_months_without_orders_are_there_with_nothing() -> None:
    found = fill_months([MonthRow("2025-11", 5, 1), MonthRow("2026-02", 7, 2)])
    assert [(row.month, row.money) for row in found] == [
        ("2025-11", 5),
        ("2025-12", 0),
        ("2026-01", 0),
        ("2026-02", 7),
    ]
    assert fill_months([]) == ()
