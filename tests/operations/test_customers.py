"""What one does with customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from crmdesk.domain.changes import Kind
from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.domain.receipt import Receipt
from crmdesk.operations import customers, history, interactions, orders
from crmdesk.words.phrases import say

SHOP = Customer(
    name="王姐超市",
    code="KH-1",
    province="广东",
    city="湛江",
    given_order_total=120_000,
    given_last_order_on=date(2026, 9, 2),
    birthday="--08-15",
    birthday_calendar="lunar",
    points=(Point("phone", "13800138000", "老板"), Point("wechat", "wj88")),
    contacts=(Contact("王丽", "老板娘", points=(Point("phone", "13900139000"),)), Contact("小赵")),
    tags=("熟客", "要发票"),
    extra={"车位": "有", "空": ""},
)


@pytest.fixture
def shop(database) -> int:
    made = customers.add_customer(database, SHOP).new_id
    assert made is not None
    return made


def without_ids(customer: Customer) -> Customer:
    return replace(customer, id=0, contacts=tuple(replace(contact, id=0) for contact in customer.contacts))


def steps(database) -> int:
    return len(history.steps(database, 100))


def test_what_is_added_comes_back_whole(database, shop):
    assert without_ids(customers.get_customer(database, shop)) == replace(SHOP, extra={"车位": "有"})


def test_adding_names_the_step_and_the_new_customer(database):
    changes = customers.add_customer(database, Customer(name=" 老李 "))
    assert say(changes.name) == "添加 老李"
    assert changes.customers == {changes.new_id}
    assert Kind.CUSTOMERS in changes.kinds


def test_a_customer_needs_a_name_or_a_code(database):
    with pytest.raises(Refused, match="name_missing"):
        customers.add_customer(database, Customer(name=" "))
    assert customers.add_customer(database, Customer(code="10086"))


def test_each_edit_is_one_step_and_the_same_value_is_none(database, shop):
    before = steps(database)
    assert not customers.edit_customer(database, shop, name="王姐超市", tags=("要发票", "熟客"))
    changes = customers.edit_customer(database, shop, notes="隔壁开了新店", city="茂名", balance=50_000)
    assert changes
    assert steps(database) == before + 1
    edited = customers.get_customer(database, shop)
    assert (edited.notes, edited.city, edited.balance) == ("隔壁开了新店", "茂名", 50_000)


def test_points_contacts_tags_and_own_columns_are_edited_like_any_field(database, shop):
    known = customers.get_customer(database, shop).contacts
    customers.edit_customer(
        database,
        shop,
        points=(Point("wechat", "wj88", "新"), Point("phone", "13700137000")),
        contacts=(known[1], Contact("新人")),
        tags=("熟客", "VIP"),
        extra={"门头": "红"},
    )
    edited = customers.get_customer(database, shop)
    assert edited.points == (Point("wechat", "wj88", "新"), Point("phone", "13700137000"))
    assert [contact.name for contact in edited.contacts] == ["小赵", "新人"]
    assert edited.contacts[0].id == known[1].id
    assert (edited.tags, edited.extra) == (("VIP", "熟客"), {"门头": "红"})
    database.undo()
    assert without_ids(customers.get_customer(database, shop)) == replace(SHOP, extra={"车位": "有"})


def test_a_form_that_holds_an_older_version_is_refused(database, shop):
    version = customers.customer_card(database, shop).standing.version
    customers.edit_customer(database, shop, version=version, notes="一")
    with pytest.raises(Refused, match="row_moved_on"):
        customers.edit_customer(database, shop, version=version, notes="二")
    assert customers.get_customer(database, shop).notes == "一"


def test_the_name_cannot_be_edited_away(database, shop):
    with pytest.raises(Refused, match="name_missing"):
        customers.edit_customer(database, shop, name="", code="")


def test_an_unknown_customer_is_refused(database):
    for ask in (customers.get_customer, customers.customer_card):
        with pytest.raises(Refused, match="no_such_customer"):
            ask(database, 7)


def test_deleting_takes_everything_and_the_bin_gives_it_back(database, shop):
    orders.add_order(database, Order(shop, date(2026, 11, 1), amount=300))
    other = customers.add_customer(database, Customer(name="老李")).new_id
    before = history.logical_dump(database)
    changes = customers.delete_customers(database, [shop, other, 99])
    assert say(changes.name) == "删除 2 个客户"
    assert list(customers.all_customers(database)) == []
    [entry] = customers.bin_entries(database)
    assert (entry.names, entry.at) == (("王姐超市", "老李"), datetime(2026, 11, 22, 9))
    history.undo_step(database, entry.step)
    assert customers.bin_entries(database) == []
    assert history.logical_dump(database) == before


def test_deleting_nobody_is_no_step(database):
    assert not customers.delete_customers(database, [1, 2])


def test_all_customers_come_in_chunks_with_what_belongs_to_each(database, shop, monkeypatch):
    from crmdesk.storage import records

    monkeypatch.setattr(records, "CHUNK", 2)
    more = [customers.add_customer(database, Customer(name=f"店{n}", tags=(f"t{n}",))).new_id for n in range(4)]
    every = list(customers.all_customers(database))
    assert [record.customer.id for record in every] == [shop, *more]
    assert [record.customer.tags for record in every[1:]] == [("t0",), ("t1",), ("t2",), ("t3",)]
    assert every[0].customer.contacts[0].points == (Point("phone", "13900139000"),)
    assert all(record.figures.customer_id == record.customer.id for record in every)
    some = customers.all_customers(database, ids=[more[3], 12345, shop])
    assert [record.customer.id for record in some] == [shop, more[3]]


def test_the_card_tells_what_happened_newest_first(database, shop):
    orders.add_order(database, Order(shop, date(2026, 10, 1), lines=(OrderLine("绿茶", amount=300_0000),)))
    orders.add_order(database, Order(shop, date(2026, 10, 1), amount=100, counts=False, status="已取消"))
    orders.add_receipt(database, Receipt(shop, date(2026, 10, 5), 50_0000))
    interactions.log_interaction(
        database, Interaction(shop, datetime(2026, 10, 7, 14, 30), summary="要发票"), next_on=date(2026, 11, 25)
    )
    card = customers.customer_card(database, shop)
    told = [(entry.kind, entry.text, entry.money) for entry in card.timeline if entry.kind not in ("tier", "stage")]
    assert told[:2] == [("interaction", "要发票", None), ("receipt", "", 50_0000)]
    assert sorted(told[2:]) == [("order", "", 100), ("order", "绿茶", 300_0000)]
    assert card.purchase_days == (date(2026, 10, 1),)
    assert card.next_follow_up is not None
    assert card.next_follow_up.due_on == date(2026, 11, 25)
    assert card.follow_ups == (card.next_follow_up,)
    assert card.standing.known_since == date(2026, 11, 22)


def test_the_users_word_on_tier_and_stage_is_kept_with_its_reason(database, shop):
    assert say(customers.set_tier(database, shop, "A", "老朋友").name) == "把 王姐超市 定为 A"
    assert say(customers.lock_stage(database, shop, "active", "一年一次").name) == "把 王姐超市 定为活跃"
    card = customers.customer_card(database, shop)
    assert (card.standing.tier_override, card.standing.tier_override_reason) == ("A", "老朋友")
    assert (card.figures.tier, card.figures.stage) == ("A", "active")
    assert not customers.set_tier(database, shop, "A", "老朋友")
    assert customers.set_tier(database, shop, "")
    assert customers.lock_stage(database, shop, "")
    assert customers.customer_card(database, shop).standing.tier_override_reason == ""


def test_a_stage_that_does_not_exist_is_an_error(database, shop):
    with pytest.raises(ValueError, match="asleep"):
        customers.lock_stage(database, shop, "asleep")
