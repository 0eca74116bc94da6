"""Whom a prospect is like in a real file, and what the first talk keeps."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.first_contact import FirstContact
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.look_alike import FEWEST
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.operations import tiers
from crmdesk.operations.customers import add_customer, get_customer
from crmdesk.operations.first_contact import first_contact, keep_first_contact, used_headers
from crmdesk.operations.history import logical_dump
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.look_alike import FEWEST_COMPARED, can_compare, look_alike
from crmdesk.operations.orders import add_order
from crmdesk.storage.database import Database
from crmdesk.storage.tier_facts import read_facts
from crmdesk.words.look_alike import look_alike_phrases
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)
CAFE = {"industry": "餐饮", "source": "扫街", "province": "江苏省", "city": "徐州市"}
SCHOOL = {"industry": "学校", "source": "展会", "province": "浙江省", "city": "杭州市"}


def add(database: Database, name: str, facts: dict[str, str], extra: dict[str, str] | None = None) -> int:
    made = add_customer(database, Customer(name=name, extra=extra or {}, **facts)).new_id
    assert made is not None
    return made


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory):
    """Forty eating places, most of whom came again after a visit, and thirty schools, who bought once after a call."""
    from crmdesk.clock import Clock
    from crmdesk.storage.database import create_database

    database = create_database(tmp_path_factory.mktemp("alike") / "客户.crmdesk", Clock(TODAY))
    chance = random.Random(1)
    for number in range(70):
        cafe = number < 40
        customer = add(
            database, f"客户{number}", CAFE if cafe else SCHOOL, {"需求": "每周大米" if cafe else "食堂招标"}
        )
        start = TODAY - timedelta(days=chance.randrange(250, 400))
        met = datetime(start.year, start.month, start.day, 10) - timedelta(days=5)
        log_interaction(database, Interaction(customer, met, "visit" if cafe else "call"))
        for again in range(3 if cafe and number % 8 else 1):
            amount = (500 if cafe else 9000) * 10_000
            add_order(database, Order(customer, start + timedelta(days=30 * again), amount=amount))
    tiers.recompute(database, "today")
    yield database
    database.close()


def test_the_nearest_are_of_the_same_kind(planted):
    prospect = add(planted, "新开的面馆", CAFE, {"需求": "要大米，每周送"})
    found = look_alike(planted, prospect)
    assert found.compared >= 70
    assert len(found.alike) == 20
    assert all("餐饮" in get_customer(planted, one.customer_id).industry for one in found.alike)
    assert found.alike[0].shared == ("region", "industry", "source", "needs")
    assert found.alike[0].likeness > 0.9
    assert found.buy is None  # all of them bought: that says nothing
    assert found.again.verdict() == "above"
    assert found.again.lift > 1.3
    told = [say(phrase) for phrase in look_alike_phrases(found)]
    assert "又来了" in told[0]
    assert any("第一步拜访" in sentence for sentence in told)


def test_a_new_customer_is_compared_by_the_first_order_too(planted):
    school = add(planted, "实验小学", {"industry": "学校"})
    add_order(planted, Order(school, TODAY - timedelta(days=3), amount=9500 * 10_000))
    found = look_alike(planted, school)
    assert all("学校" in get_customer(planted, one.customer_id).industry for one in found.alike)
    assert found.buy is None
    assert found.again.verdict() == "below"


def test_who_says_little_is_asked_for_more(planted):
    with pytest.raises(Refused) as refused:
        look_alike(planted, add(planted, "只有名字", {}))
    assert refused.value.phrase.code == "alike_little_known"
    assert "第一次聊的" in say(refused.value.phrase)


def test_enough_customers_are_needed(database):
    for number in range(8):
        add_order(database, Order(add(database, f"客户{number}", CAFE), TODAY - timedelta(days=300), amount=10_000))
    assert not can_compare(database)
    with pytest.raises(Refused) as refused:
        look_alike(database, add(database, "新来的", CAFE))
    assert "30" in say(refused.value.phrase)


def test_the_card_asks_for_as_many_as_the_rule():
    assert FEWEST_COMPARED == FEWEST


def test_a_file_with_customers_can_be_compared_in(planted):
    assert can_compare(planted)


def test_nobody_is_refused_in_words(planted):
    with pytest.raises(Refused) as refused:
        look_alike(planted, 5)
    assert refused.value.phrase.code == "no_such_customer"


def estimates_of(database, customer):
    with database.raw_read() as raw:
        told = read_facts(raw, [customer], TierPolicy()).told
    return list(told.get(customer, {}).values())


def test_the_first_talk_is_kept_in_one_step_and_undone(database):
    customer = add(database, "王姐超市", {}, {"钉钉": "wj"})
    before = logical_dump(database)
    told = FirstContact({"needs": "每周大米", "budget": "3万", "decides": "", "wanted": "", "size": ""}, "超市", "扫街")
    keep_first_contact(database, customer, told)
    kept = get_customer(database, customer)
    assert dict(kept.extra) == {"钉钉": "wj", "需求": "每周大米", "预算": "3万"}
    assert (kept.industry, kept.source) == ("超市", "扫街")
    assert first_contact(database, customer).answers == {"needs": "每周大米", "budget": "3万"}
    assert not keep_first_contact(database, customer, told)
    database.undo()
    assert logical_dump(database) == before


def test_needs_and_budget_of_the_first_talk_are_what_tiers_ask_for(database):
    customer = add(database, "王姐超市", {})
    keep_first_contact(database, customer, FirstContact({"needs": "每周大米", "budget": "每月 3000"}))
    noted = {one.kind: (one.level, one.amount, one.reason) for one in estimates_of(database, customer)}
    assert noted == {"needs": ("", None, "每周大米"), "power": ("", 36_000 * 10_000, "")}
    keep_first_contact(database, customer, FirstContact({"needs": "每周大米", "budget": "没说"}))
    assert len(estimates_of(database, customer)) == 2  # what cannot be read is no estimate, what stayed no new one


def test_an_answer_goes_under_the_header_that_the_file_uses(database):
    for number in range(3):
        add(database, f"客户{number}", {}, {"客户需求": "米"})
    assert used_headers(database)["needs"] == "客户需求"
    assert used_headers(database)["budget"] == "预算"
    customer = add(database, "新来的", {})
    keep_first_contact(database, customer, FirstContact({"needs": "油"}))
    assert dict(get_customer(database, customer).extra) == {"客户需求": "油"}


def test_what_the_notes_say_is_not_written_twice(database):
    customer = add_customer(database, Customer(name="王", notes="需求：米")).new_id
    assert not keep_first_contact(database, customer, FirstContact({"needs": "米"}))
    keep_first_contact(database, customer, FirstContact({"needs": "面"}))
    assert first_contact(database, customer).answers == {"needs": "面"}
