"""优惠: near its end it comes into 今天, and leaves it once the customer has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.offer import Offer
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.win_back import WinBack
from crmdesk.operations.follow_ups import complete, delete_follow_up, list_follow_ups, stop_following
from crmdesk.operations.history import logical_dump
from crmdesk.operations.offers import change_offer, delete_offer, list_offers, make_offer, offer_rates, offers_of
from crmdesk.operations.orders import add_order, delete_order
from crmdesk.operations.today import plan_ahead, today_plan
from crmdesk.operations.win_backs import begin_win_back, change_win_back, delete_win_back
from crmdesk.storage.database import Database
from crmdesk.words.offers import offer_rate_text, offer_text
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)
SOON = TODAY + timedelta(days=2)


@pytest.fixture
def customer(database: Database, fill: Callable[..., list[int]]) -> int:
    return fill(database, [("王姐超市", "", [(200, 500)])])[0]


def reminders(database: Database) -> list[FollowUp]:
    rows = list_follow_ups(database, "open")
    return [row.follow_up for row in rows if row.follow_up.origin == "offer"]


def test_an_offer_near_its_end_comes_into_today_and_goes_with_the_order(database: Database, customer: int) -> None:
    before = logical_dump(database)
    make_offer(database, Offer(customer, " 满 500 减 50 ", TODAY, SOON))
    (due,) = reminders(database)
    assert due.due_on == TODAY
    [item] = today_plan(database).due
    assert say(item.reason) == "优惠快到期：满 500 减 50 2026-11-24"
    assert item.ask is not None
    assert say(item.ask) == "再提一句：优惠没几天了。"
    add_order(database, Order(customer, TODAY, amount=5000_0000))
    assert reminders(database) == []
    assert offer_text(offers_of(database, customer)[0], TODAY) == "满 500 减 50 · 11-22 用上了"
    assert [offer_rate_text(rate) for rate in offer_rates(database)] == ["有结果的 1 次，期内来了 1 次"]
    database.undo()
    assert len(reminders(database)) == 1
    database.undo()
    assert logical_dump(database) == before


def test_an_order_that_was_a_slip_gives_the_reminder_back_when_it_is_deleted(database: Database, customer: int) -> None:
    make_offer(database, Offer(customer, "满减", TODAY, SOON))
    slip = add_order(database, Order(customer, TODAY, amount=5000_0000)).new_id or 0
    assert reminders(database) == []
    delete_order(database, slip)
    (due,) = reminders(database)
    assert due.due_on == TODAY
    complete(database, due.id)  # said once more: after another slip nobody needs to say it a third time
    delete_order(database, add_order(database, Order(customer, TODAY, amount=5000_0000)).new_id or 0)
    plan_ahead(database)
    assert reminders(database) == []


def test_one_that_ends_later_waits_for_the_daily_plan_and_is_asked_about_once(
    database: Database, customer: int
) -> None:
    make_offer(database, Offer(customer, "满减", TODAY, TODAY + timedelta(days=60)))
    assert reminders(database) == []
    (kept,) = list_offers(database)
    change_offer(database, replace(kept.offer, until=TODAY + timedelta(days=10)))
    (due,) = reminders(database)
    assert due.due_on == TODAY + timedelta(days=7)
    delete_follow_up(database, due.id)
    plan_ahead(database)
    assert reminders(database) == []


def test_it_goes_with_its_reminder_and_whom_one_follows_no_more_is_not_asked(database: Database, customer: int) -> None:
    number = make_offer(database, Offer(customer, "满减", TODAY, SOON)).new_id
    before = logical_dump(database)
    delete_offer(database, number or 0)
    assert (reminders(database), list_offers(database)) == ([], ())
    database.undo()
    assert logical_dump(database) == before
    stop_following(database, [customer])
    plan_ahead(database)
    assert reminders(database) == []


def test_the_offer_of_an_attempt_to_win_back_is_one_as_well(database: Database, customer: int) -> None:
    attempt = WinBack(customer, TODAY, "visit", "带样品", SOON)
    number = begin_win_back(database, attempt, TODAY).new_id or 0
    (due,) = reminders(database)
    assert due.summary == "带样品 2026-11-24"
    (state,) = offers_of(database, customer)
    assert (state.offer.won_back, state.state) == (True, "open")
    before = logical_dump(database)
    change_win_back(database, replace(attempt, id=number, result="gone"))
    assert reminders(database) == []
    database.undo()
    assert logical_dump(database) == before
    delete_win_back(database, number)
    assert reminders(database) == []


def test_an_offer_needs_words_and_does_not_end_before_it_begins(database: Database, customer: int) -> None:
    for broken in (Offer(customer, " ", TODAY), Offer(customer, "满减", TODAY, TODAY - timedelta(days=1))):
        with pytest.raises(Refused):
            make_offer(database, broken)
    with pytest.raises(Refused):
        delete_offer(database, 5)
