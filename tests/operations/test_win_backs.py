"""挽回: planned in one step, closed by the next order, reopened when that order is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.win_back import GONE, WAITING, WON, WinBack
from crmdesk.operations.follow_ups import add_follow_up, list_follow_ups
from crmdesk.operations.history import logical_dump
from crmdesk.operations.orders import add_order
from crmdesk.operations.today import plan_ahead, today_plan
from crmdesk.operations.win_backs import (
    attempts_of,
    begin_win_back,
    change_win_back,
    delete_win_back,
    told_rates,
    win_back_rates,
)
from crmdesk.storage.database import Database
from crmdesk.words.care import best_text
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)
Fill = Callable[..., list[int]]
QUIET = [(200, 500), (165, 500), (130, 500), (95, 500)]


@pytest.fixture
def customer(database: Database, fill: Fill) -> int:
    # Somebody bought yesterday: the figures are of today, not of the last order.
    return fill(database, [("王姐超市", "", QUIET), ("别家", "", [(1, 500)])])[0]


def test_an_attempt_is_due_on_its_day_and_says_what_for(database: Database, customer: int) -> None:
    plan_ahead(database)
    before = logical_dump(database)
    changes = begin_win_back(database, WinBack(customer, TODAY, "visit", "带新品样品"), TODAY)
    assert say(changes.name) == "试着挽回 王姐超市"
    [row] = list_follow_ups(
        database, "open", customer=customer
    )  # what the program had planned moved, none came beside it
    assert (row.follow_up.due_on, row.follow_up.kind, row.follow_up.origin) == (TODAY, "visit", "win_back")
    [item] = [one for one in today_plan(database).due if one.customer_id == customer]
    assert say(item.reason) == "挽回：带新品样品"
    database.undo()
    assert logical_dump(database) == before


@pytest.mark.parametrize(("promise", "summary"), [(True, ""), (False, "问仓库搬完没有")])
def test_a_promise_and_the_users_own_words_are_not_written_over(
    database: Database, customer: int, promise: bool, summary: str
) -> None:
    own = FollowUp(customer, TODAY + timedelta(days=3), summary=summary, origin=Origin.WIN_BACK, promise=promise)
    add_follow_up(database, own)
    begin_win_back(database, WinBack(customer, TODAY, "visit", "带新品样品"), TODAY)
    due = [row.follow_up for row in list_follow_ups(database, "open", customer=customer)]
    assert [(one.due_on, one.summary, one.promise) for one in due] == [
        (TODAY, "带新品样品", False),
        (TODAY + timedelta(days=3), summary, promise),
    ]


def test_the_next_order_closes_it_as_won_and_taking_that_back_opens_it_again(database: Database, customer: int) -> None:
    begin_win_back(database, WinBack(customer, TODAY, "visit"), TODAY)
    assert [outcome.state for _, outcome in attempts_of(database, customer)] == [WAITING]
    add_order(database, Order(customer, TODAY, amount=3_000_000))
    [(_, outcome)] = attempts_of(database, customer)
    assert (outcome.state, outcome.came_on) == (WON, TODAY)
    database.undo()
    assert [outcome.state for _, outcome in attempts_of(database, customer)] == [WAITING]


def test_a_day_that_is_past_is_only_noted(database: Database, customer: int) -> None:
    begin_win_back(database, WinBack(customer, TODAY), TODAY - timedelta(days=92))
    assert list_follow_ups(database, "open") == []
    [(attempt, outcome)] = attempts_of(database, customer)
    assert (attempt.begun_on, outcome.state) == (TODAY - timedelta(days=92), GONE)


def test_it_is_changed_and_deleted_in_a_step_each(database: Database, customer: int) -> None:
    before = logical_dump(database)
    made = begin_win_back(database, WinBack(customer, TODAY), TODAY - timedelta(days=9)).new_id
    assert made is not None
    [(attempt, _)] = attempts_of(database, customer)
    assert not change_win_back(database, attempt)
    change_win_back(database, WinBack(customer, attempt.begun_on, "call", "满 500 减 50", TODAY, GONE, made))
    [(changed, outcome)] = attempts_of(database, customer)
    assert (changed.offer, changed.offer_until, outcome.state) == ("满 500 减 50", TODAY, GONE)
    delete_win_back(database, made)
    assert attempts_of(database, customer) == ()
    for _ in range(3):
        database.undo()
    assert logical_dump(database) == before
    with pytest.raises(Refused):
        delete_win_back(database, made)


def test_the_rates_are_told_with_their_numbers_once_there_are_enough(database: Database, fill: Fill) -> None:
    ids = fill(database, [(f"客户{n}", "", [*QUIET, *([(40, 300)] if n < 3 else [])]) for n in range(8)])
    assert told_rates(database) is None
    for customer in ids:
        begin_win_back(database, WinBack(customer, TODAY, "visit"), TODAY - timedelta(days=92))
    begin_win_back(database, WinBack(ids[0], TODAY, "call"), TODAY)
    rates = told_rates(database)
    assert rates is not None
    assert best_text(rates) == "上门 8 次，回来 3 次"
    assert rates.rate("call").waiting == 1
    assert set(rates.ids("visit")) == set(ids)
    assert win_back_rates(database).best == rates.rate("visit")


def test_merged_customers_keep_the_attempts_of_both(database: Database, fill: Fill) -> None:
    from crmdesk.operations.duplicates import merge

    keep, other = fill(database, [("王姐超市", "", QUIET), ("王姐超市（新）", "", [])])
    begin_win_back(database, WinBack(other, TODAY), TODAY - timedelta(days=5))
    before = logical_dump(database)
    merge(database, keep, other)
    assert len(attempts_of(database, keep)) == 1
    database.undo()
    assert logical_dump(database) == before
