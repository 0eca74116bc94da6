"""What keeps customers, from a shell: attempts with what came of them, what ends, answers."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.gift import Gift
from crmdesk.domain.improvement import Improvement
from crmdesk.domain.offer import Offer
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.renewal import SUPPLY, Renewal
from crmdesk.domain.satisfaction import Satisfaction
from crmdesk.domain.win_back import WinBack
from crmdesk.operations import gifts, improvements, listing, offers, renewals, satisfaction, win_backs
from crmdesk.operations.files import open_file


@pytest.fixture
def cared(filled):
    """The first customer of the sheet was tried to be won back, has a supply that runs out, and was asked."""
    db = open_file(filled.file, Clock(date(2026, 11, 22)))
    [customer] = listing.customer_ids(db, CustomerQuery(search="王姐"))
    win_backs.begin_win_back(db, WinBack(customer, date(2026, 6, 20), "visit", "带样品"), date(2026, 6, 20))
    renewals.add_renewal(db, Renewal(customer, SUPPLY, "大米", lasts_days=60))
    satisfaction.note_answer(db, Satisfaction(customer, date(2026, 7, 9), 4))
    db.close()
    return filled


def test_attempts_are_told_with_the_order_that_won(cared) -> None:
    [row] = cared.json("list", "win-backs")
    assert (row["customer_name"], row["method"], row["offer"]) == ("王姐超市", "visit", "带样品")
    assert (row["begun_on"], row["result"], row["came_on"]) == ("2026-06-20", "won", "2026-07-02")


def test_what_ends_and_what_was_answered(cared) -> None:
    [ends] = cared.json("list", "renewals")
    assert (ends["kind"], ends["name"], ends["last_bought"], ends["ends_on"]) == (
        "supply",
        "大米",
        "2026-06-01",
        "2026-07-31",
    )
    [said] = cared.json("list", "satisfaction")
    assert (said["asked_on"], said["score"], said["words"]) == ("2026-07-09", 4, None)


def test_a_filter_holds_for_them_as_well(cared) -> None:
    assert cared.json("list", "win-backs", "--search", "老李") == []
    assert len(cared.json("list", "win-backs", "--search", "王姐")) == 1


def test_gifts_offers_and_improvements_with_nothing_made_up(cared) -> None:
    db = open_file(cared.file, Clock(date(2026, 11, 22)))
    [customer] = listing.customer_ids(db, CustomerQuery(search="王姐"))
    gifts.give(db, Gift(customer, date(2026, 11, 1), "台历"))
    offers.make_offer(db, Offer(customer, "满 500 减 50", date(2026, 6, 1), date(2026, 6, 30)))
    improvements.note_improvement(db, Improvement("delivery", date(2026, 9, 1), "当天送到"))
    db.close()
    [gift] = cared.json("list", "gifts")
    assert (gift["customer_name"], gift["text"], gift["cost"]) == ("王姐超市", "台历", None)
    told = {row["text"]: row for row in cared.json("list", "offers")}
    assert (told["满 500 减 50"]["state"], told["满 500 减 50"]["came_on"]) == ("came", "2026-06-01")
    assert (told["带样品"]["to_win_back"], told["带样品"]["came"]) == (True, 1)
    [made] = cared.json("list", "improvements")
    assert (made["days"], made["lost_before"], made["others_since"]) == (82, 0, 0)
