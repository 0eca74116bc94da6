"""礼物: kept with its price or without, and part of what a customer costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from crmdesk.domain.effort import Minutes
from crmdesk.domain.gift import Gift
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.phrase import Refused
from crmdesk.operations.gifts import change_gift, delete_gift, gifts_of, give, list_gifts, minutes, set_minutes
from crmdesk.operations.history import logical_dump
from crmdesk.operations.insight_more import effort
from crmdesk.operations.interactions import log_interaction
from crmdesk.storage.database import Database

TODAY = date(2026, 11, 22)
YUAN = 10_000


@pytest.fixture
def bought(database: Database, fill: Callable[..., list[int]]) -> list[int]:
    return fill(database, [(f"店{number}", "", [(20, 500)]) for number in range(6)])


def test_a_gift_is_kept_put_right_and_taken_back(database: Database, bought: list[int]) -> None:
    before = logical_dump(database)
    give(database, Gift(bought[0], TODAY, " 茶叶 "))
    (kept,) = gifts_of(database, bought[0])
    assert (kept.text, kept.cost) == ("茶叶", None)
    change_gift(database, replace(kept, cost=120 * YUAN))
    assert not change_gift(database, replace(kept, cost=120 * YUAN))
    assert list_gifts(database)[0].cost == 120 * YUAN
    delete_gift(database, kept.id)
    assert gifts_of(database, bought[0]) == ()
    for _step in range(3):
        database.undo()
    assert logical_dump(database) == before
    with pytest.raises(Refused):
        change_gift(database, replace(kept, cost=1))
    with pytest.raises(Refused):
        give(database, Gift(bought[0], TODAY, "茶叶", -1))


def test_gifts_and_the_time_of_contacts_are_part_of_what_a_customer_costs(
    database: Database, bought: list[int]
) -> None:
    for customer in bought:
        for kind in ("visit", "call", "wechat", "meeting"):
            log_interaction(database, Interaction(customer, datetime(2026, 10, 1, 10), kind))
    give(database, Gift(bought[0], TODAY, "茶叶", 120 * YUAN))
    give(database, Gift(bought[1], TODAY, "台历"))
    give(database, Gift(bought[1], date(2025, 1, 1), "去年的", 999 * YUAN))
    found = effort(database)
    assert found is not None
    [won] = found.rows
    assert (won.minutes, won.gifts, won.spent.unpriced) == (135, 20 * YUAN, 1)
    set_minutes(database, Minutes(visit=30, call=6, message=1))
    assert not set_minutes(database, Minutes(visit=30, call=6, message=1))
    again = effort(database)
    assert again is not None
    assert again.rows[0].minutes == 67
    database.undo()
    assert minutes(database) == Minutes()
    with pytest.raises(ValueError, match="minutes"):
        set_minutes(database, Minutes(visit=-1))
