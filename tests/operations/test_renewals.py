"""到期和补货: the follow-up comes by itself, moves with the end, and goes when it is not needed any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmdesk.domain.offer import Offer
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import FollowUpRow
from crmdesk.domain.renewal import SUPPLY, Renewal
from crmdesk.domain.satisfaction import Satisfaction
from crmdesk.domain.win_back import WinBack
from crmdesk.operations.customers import delete_customers
from crmdesk.operations.duplicates import merge
from crmdesk.operations.follow_ups import (
    complete_many,
    delete_follow_up,
    follow_again,
    list_follow_ups,
    reschedule,
    stop_following,
)
from crmdesk.operations.history import logical_dump
from crmdesk.operations.offers import make_offer
from crmdesk.operations.orders import add_order
from crmdesk.operations.renewals import (
    add_renewal,
    change_renewal,
    delete_renewal,
    habits_of,
    plan_renewals,
    renewals_of,
)
from crmdesk.operations.satisfaction import note_answer
from crmdesk.operations.today import plan_ahead, today_plan
from crmdesk.operations.win_backs import begin_win_back
from crmdesk.storage.database import Database
from crmdesk.words.care import end_text
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)
Fill = Callable[..., list[int]]


@pytest.fixture
def customer(database: Database, fill: Fill) -> int:
    return fill(database, [("王姐超市", "", [(20, 500)])])[0]


def planned(database: Database) -> list[FollowUpRow]:
    return [row for row in list_follow_ups(database, "open") if row.follow_up.origin in ("contract", "supply")]


def filters(customer: int, age: int) -> Order:
    return Order(customer, TODAY - timedelta(days=age), amount=900_000, lines=(OrderLine("滤芯", amount=900_000),))


def test_a_contract_that_ends_soon_is_asked_about_in_time(database: Database, customer: int) -> None:
    before = logical_dump(database)
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10), notice_days=18))
    [row] = planned(database)
    assert (row.follow_up.due_on, row.follow_up.summary) == (TODAY, "年度供货 2026-12-10")
    [item] = today_plan(database).due
    assert say(item.reason) == "合同到期：年度供货 2026-12-10"
    assert item.ask is not None
    assert say(item.ask) == "可以问：续不续，要不要改点什么？"
    [state] = renewals_of(database, customer)
    assert end_text(state.renewal, state.ends_on, TODAY) == "12-10 到期，还有 18 天"
    database.undo()
    assert logical_dump(database) == before


def test_one_that_ends_later_waits_for_the_daily_plan(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=TODAY + timedelta(days=80)))
    assert planned(database) == []
    assert not plan_renewals(database)
    later = Renewal(customer, name="月结", ends_on=TODAY + timedelta(days=50))
    add_renewal(database, later)
    assert len(planned(database)) == 1
    plan_ahead(database)
    assert len(planned(database)) == 1  # the daily plan adds no second one


def test_renewed_it_is_asked_about_at_its_next_end_and_given_up_never(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    [state] = renewals_of(database, customer)
    before = logical_dump(database)
    change_renewal(database, replace(state.renewal, ends_on=date(2027, 12, 10)))
    assert planned(database) == []
    database.undo()
    assert logical_dump(database) == before
    change_renewal(database, replace(state.renewal, closed_on=TODAY))
    assert planned(database) == []
    assert renewals_of(database, customer) == ()


def test_the_open_follow_up_follows_a_new_name_and_a_new_notice(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2027, 1, 5), notice_days=30))
    [state] = renewals_of(database, customer)
    before = logical_dump(database)
    change_renewal(database, replace(state.renewal, name="两年供货", notice_days=20))
    [row] = planned(database)
    assert (row.follow_up.due_on, row.follow_up.summary) == (date(2026, 12, 16), "两年供货 2027-01-05")
    assert not plan_renewals(database)
    database.undo()
    assert logical_dump(database) == before


def test_a_day_chosen_by_hand_stays_when_only_the_name_changes(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    [row] = planned(database)
    reschedule(database, [row.follow_up.id], date(2026, 12, 1))
    [state] = renewals_of(database, customer)
    before = logical_dump(database)
    change_renewal(database, replace(state.renewal, name="两年供货"))
    [row] = planned(database)
    assert (row.follow_up.due_on, row.follow_up.summary) == (date(2026, 12, 1), "两年供货 2026-12-10")
    assert not plan_renewals(database)
    database.undo()
    assert logical_dump(database) == before


def test_followed_again_a_contract_that_still_runs_is_asked_about_again(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    make_offer(database, Offer(customer, "满减", TODAY, TODAY + timedelta(days=2)))
    stop_following(database, [customer])
    assert list_follow_ups(database, "open") == []
    before = logical_dump(database)
    follow_again(database, customer)
    assert sorted(row.follow_up.origin for row in list_follow_ups(database, "open")) == ["contract", "offer"]
    database.undo()
    assert logical_dump(database) == before


def test_one_that_was_asked_about_before_is_not_asked_again(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    complete_many(database, [planned(database)[0].follow_up.id])
    stop_following(database, [customer])
    follow_again(database, customer)
    assert planned(database) == []


def test_a_new_name_brings_a_deleted_or_done_follow_up_not_back(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    [state] = renewals_of(database, customer)
    complete_many(database, [planned(database)[0].follow_up.id])
    change_renewal(database, replace(state.renewal, name="两年供货"))
    assert planned(database) == []
    assert not plan_renewals(database)


def test_a_follow_up_the_user_deleted_does_not_come_back(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    delete_follow_up(database, planned(database)[0].follow_up.id)
    assert not plan_renewals(database)
    assert planned(database) == []


def test_a_supply_is_asked_about_by_its_last_purchase_and_no_more_once_it_is_bought(
    database: Database, customer: int
) -> None:
    add_order(database, filters(customer, 85))
    add_renewal(database, Renewal(customer, SUPPLY, "滤芯", lasts_days=90, notice_days=7))
    [row] = planned(database)
    assert (row.follow_up.due_on, row.follow_up.origin) == (TODAY, "supply")
    before = logical_dump(database)
    add_order(database, filters(customer, 0))
    assert planned(database) == []
    [state] = renewals_of(database, customer)
    assert state.ends_on == TODAY + timedelta(days=90)
    database.undo()
    assert logical_dump(database) == before


def test_habits_are_told_by_product_the_most_overdue_first(database: Database, customer: int) -> None:
    for age in (190, 100, 10):
        add_order(database, filters(customer, age))
    for age in (90, 60, 45):
        line = OrderLine("润滑油", amount=100_000)
        add_order(database, Order(customer, TODAY - timedelta(days=age), amount=100_000, lines=(line,)))
    oil, cartridge = habits_of(database, customer)
    assert (oil.product, oil.usual, oil.late(TODAY)) == ("润滑油", 22, 23)
    assert (cartridge.product, cartridge.usual) == ("滤芯", 90)


def test_deleting_it_takes_its_follow_up_along(database: Database, customer: int) -> None:
    before = logical_dump(database)
    made = add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10))).new_id
    assert made is not None
    delete_renewal(database, made)
    assert planned(database) == []
    database.undo()
    assert len(planned(database)) == 1
    database.undo()
    assert logical_dump(database) == before
    with pytest.raises(Refused):
        delete_renewal(database, made)


def test_a_customer_that_is_deleted_and_brought_back_has_all_of_it_again(database: Database, customer: int) -> None:
    add_renewal(database, Renewal(customer, name="年度供货", ends_on=date(2026, 12, 10)))
    begin_win_back(database, WinBack(customer, TODAY), TODAY)
    note_answer(database, Satisfaction(customer, TODAY, 5))
    before = logical_dump(database)
    delete_customers(database, [customer])
    assert not any(table in line for line in logical_dump(database) for table in ("renewals", "win_backs", "satisf"))
    database.undo()
    assert logical_dump(database) == before
    database.redo()
    database.undo()
    assert logical_dump(database) == before


def test_merged_customers_keep_what_ends_with_both(database: Database, fill: Fill) -> None:
    keep, other = fill(database, [("王姐超市", "", []), ("王姐超市（新）", "", [])])
    add_renewal(database, Renewal(other, name="年度供货", ends_on=date(2026, 12, 10)))
    before = logical_dump(database)
    merge(database, keep, other)
    [state] = renewals_of(database, keep)
    assert state.renewal.name == "年度供货"
    assert [row.follow_up.customer_id for row in planned(database)] == [keep]
    database.undo()
    assert logical_dump(database) == before
