"""Nine o'clock stays nine o'clock, and a whole day its own day, wherever the computer is taken."""

from __future__ import annotations

import time as system_time
from datetime import date, datetime, time

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.operations import customers, files, follow_ups, interactions, orders

DAY = date(2026, 11, 22)
NINE = time(9)


@pytest.fixture
def zone(monkeypatch):
    """Takes the computer to a zone; it is at home again afterwards."""
    if not hasattr(system_time, "tzset"):
        pytest.skip("this system keeps its zone to itself")

    def go(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        system_time.tzset()

    yield go
    monkeypatch.undo()
    system_time.tzset()


@pytest.mark.parametrize("there", ["America/Los_Angeles", "Pacific/Auckland", "UTC"])
def test_what_was_written_at_home_is_the_same_elsewhere(tmp_path, clock, zone, there) -> None:
    zone("Asia/Shanghai")
    path = tmp_path / "zone.crmdesk"
    database = files.create_file(path, clock)
    whom = customers.add_customer(database, Customer(name="王姐超市")).new_id
    follow_ups.add_follow_up(database, FollowUp(whom, DAY, due_at=NINE))
    interactions.log_interaction(database, Interaction(whom, datetime.combine(DAY, NINE)))
    orders.add_order(database, Order(whom, DAY, amount=12_0000))
    database.close()

    zone(there)
    database = files.open_file(path, clock)
    [due] = follow_ups.list_follow_ups(database, "open")
    [said] = interactions.list_interactions(database)
    [order] = orders.list_orders(database)
    assert (due.follow_up.due_on, due.follow_up.due_at) == (DAY, NINE)
    assert said.interaction.at == datetime.combine(DAY, NINE)
    assert order.ordered_on == DAY
    assert customers.customer_card(database, whom).figures.last_order_on == DAY
    database.close()
