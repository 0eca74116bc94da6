"""售后回访: asked some days after an order, answered with a score that is kept with its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.domain.satisfaction import Satisfaction
from crmdesk.operations.follow_ups import list_follow_ups
from crmdesk.operations.history import logical_dump
from crmdesk.operations.orders import add_order
from crmdesk.operations.satisfaction import answers_of, delete_answer, note_answer
from crmdesk.operations.today import today_plan
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def customer(database: Database, fill: Callable[..., list[int]]) -> int:
    return fill(database, [("王姐超市", "", [(20, 500)])])[0]


def test_an_order_brings_the_day_to_ask_along_and_takes_it_back(database: Database, customer: int) -> None:
    before = logical_dump(database)
    order = Order(customer, TODAY - timedelta(days=3), amount=900_000, lines=(OrderLine("滤芯", amount=900_000),))
    add_order(database, order, ask_on=TODAY - timedelta(days=1))
    [row] = list_follow_ups(database, "open")
    assert (row.follow_up.due_on, row.follow_up.origin) == (TODAY, "after_sale")  # never in the past
    [item] = today_plan(database).due
    assert say(item.reason) == "售后回访：滤芯"
    assert item.ask is not None
    assert say(item.ask) == "可以问：满意吗，1 到 5 分打几分？"
    database.undo()
    assert logical_dump(database) == before


def test_answers_are_kept_with_their_day_the_newest_first(database: Database, customer: int) -> None:
    before = logical_dump(database)
    note_answer(database, Satisfaction(customer, TODAY - timedelta(days=30), 5))
    made = note_answer(database, Satisfaction(customer, TODAY, 2, " 送晚了两天 ")).new_id
    assert [(one.score, one.words) for one in answers_of(database, customer)] == [(2, "送晚了两天"), (5, "")]
    assert made is not None
    delete_answer(database, made)
    assert [one.score for one in answers_of(database, customer)] == [5]
    for _ in range(3):
        database.undo()
    assert logical_dump(database) == before
    with pytest.raises(Refused):
        delete_answer(database, made)
    with pytest.raises(ValueError, match="score"):
        note_answer(database, Satisfaction(customer, TODAY, 6))
