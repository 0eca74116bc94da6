"""Customers that look like one: found with the evidence, made one with everything, told apart for good."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.merging import Choice
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.receipt import Receipt
from crmdesk.operations import customers, duplicates, follow_ups, history, interactions, orders
from crmdesk.progress import Cancelled, Progress


def phone(number):
    return (Point("phone", number),)


def found(database):
    return duplicates.find_duplicates(database, Progress())


def codes(pair):
    return [phrase.code for phrase in pair.reasons]


@pytest.fixture
def two(database):
    """王姐超市 and 王姐便利店, each with an order, a contact and more."""
    ids = []
    for number, name in enumerate(("王姐超市", "王姐便利店")):
        customer = Customer(
            name=name,
            address=f"解放路{number + 1}2号",
            notes=f"备注{number}",
            points=(*phone("13800138000"), Point("wechat", f"wj{number}")),
            contacts=(Contact("王芳", points=phone(f"1390000111{number}")), Contact(f"李{number}")),
            tags=("老客户", f"标签{number}"),
            extra={"车牌": f"苏C{number}", f"自己的{number}": "有"},
            balance=10_000 * (number + 1),
        )
        key = customers.add_customer(database, customer).new_id
        orders.add_order(database, Order(key, date(2026, 5 + number, 1), number=f"D{number}", amount=1_000_000))
        orders.add_receipt(database, Receipt(key, date(2026, 6, 1), 500_000))
        interactions.log_interaction(database, Interaction(key, datetime(2026, 7, 1 + number), summary=f"说{number}"))
        follow_ups.add_follow_up(database, FollowUp(key, date(2026, 12, 1 + number), summary=f"做{number}"))
        ids.append(key)
    return ids


def test_a_pair_is_found_with_what_speaks_for_it_and_against(database, two):
    (pair,) = found(database)
    assert {pair.first_name, pair.second_name} == {"王姐超市", "王姐便利店"}
    assert codes(pair)[0] == "duplicate_same_phone"
    assert "duplicate_name_similar" in codes(pair)
    assert [phrase.code for phrase in pair.doubts] == ["duplicate_street_elsewhere"]


def test_a_name_alone_is_never_enough(database):
    for _twice in range(2):
        customers.add_customer(database, Customer(name="杭州宏达贸易有限公司"))
    assert found(database) == []


def test_two_shops_of_a_name_at_two_addresses_stay_two(database):
    customers.add_customer(database, Customer(name="丰盛邻居", address="赤坎区人民路10号"))
    customers.add_customer(database, Customer(name="丰盛邻居", address="霞山区解放路88号"))
    assert found(database) == []


def test_searching_for_pairs_can_be_stopped(database, two):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        duplicates.find_duplicates(database, progress)


def test_merging_keeps_everything_of_both(database, two):
    keep, other = two
    changes = duplicates.merge(database, keep, other)
    assert changes.customers == {keep, other}
    made = customers.get_customer(database, keep)
    assert made.name == "王姐超市"
    assert made.notes == "备注0\n备注1"
    assert made.balance == 30_000
    assert made.tags == ("标签0", "标签1", "老客户")
    assert made.extra == {"车牌": "苏C0", "自己的0": "有", "自己的1": "有"}
    assert [point.value for point in made.points] == ["13800138000", "wj0", "wj1"]
    assert [contact.name for contact in made.contacts] == ["王芳", "李0", "李1"]
    assert [point.value for point in made.contacts[0].points] == ["13900001110", "13900001111"]
    card = customers.customer_card(database, keep)
    assert card.figures.order_count == 2
    assert {entry.kind for entry in card.timeline} >= {"order", "receipt", "interaction"}
    assert len(list(orders.list_orders(database, customer=keep))) == 2
    assert len(follow_ups.list_follow_ups(database, "later") + follow_ups.list_follow_ups(database, "week")) >= 2
    with pytest.raises(Refused, match="no_such_customer"):
        customers.get_customer(database, other)


def test_the_user_chooses_for_each_field(database, two):
    keep, other = two
    differing = duplicates.side_by_side(database, keep, other).differences
    assert {"name", "address", "notes", "balance", "extra:车牌"} == {difference.field for difference in differing}
    choices = {"name": Choice.OTHER, "balance": Choice.OTHER, "notes": Choice.KEEP, "extra:车牌": Choice.OTHER}
    duplicates.merge(database, keep, other, choices)
    made = customers.get_customer(database, keep)
    assert (made.name, made.address) == ("王姐便利店", "解放路12号")
    assert (made.balance, made.notes, made.extra["车牌"]) == (20_000, "备注0", "苏C1")


def test_undoing_a_merge_leaves_the_file_as_it_was(database, two):
    before = history.logical_dump(database)
    duplicates.merge(database, *two)
    after = history.logical_dump(database)
    assert history.undo(database)
    assert history.logical_dump(database) == before
    assert history.redo(database)
    assert history.logical_dump(database) == after
    assert history.undo(database)
    assert history.logical_dump(database) == before


def test_a_merge_can_be_undone_days_later(database, two):
    keep, other = two
    step = duplicates.merge(database, keep, other).step
    customers.edit_customer(database, keep, industry="零售")
    history.undo_step(database, step)
    assert customers.get_customer(database, keep).industry == "零售"
    assert customers.get_customer(database, other).name == "王姐便利店"
    assert len(list(orders.list_orders(database, customer=other))) == 1


def test_not_the_same_is_remembered_and_can_be_undone(database, two):
    before = history.logical_dump(database)
    assert duplicates.not_same(database, *two)
    assert found(database) == []
    assert not duplicates.not_same(database, *reversed(two))
    history.undo(database)
    assert history.logical_dump(database) == before
    assert len(found(database)) == 1


def test_who_was_told_apart_stays_apart_from_the_merged_one(database, two):
    third = customers.add_customer(database, Customer(name="王姐超市", points=phone("13800138000"))).new_id
    duplicates.not_same(database, two[1], third)
    duplicates.merge(database, *two)
    assert found(database) == []


def test_telling_apart_does_not_hold_an_import_back(database, two):
    steps = [entry.id for entry in history.steps(database, 100) if entry.name.code == "add_customer"]
    third = customers.add_customer(database, Customer(name="王姐超市", points=phone("13800138000")))
    duplicates.not_same(database, two[0], third.new_id)
    history.undo_step(database, third.step)
    assert len(steps) == 2
    with pytest.raises(Refused, match="no_such_customer"):
        customers.get_customer(database, third.new_id)


def test_a_decision_about_the_other_goes_along(database, two):
    keep, other = two
    customers.set_tier(database, other, "A", "老板说的")
    customers.lock_stage(database, other, "loyal", "一年一次")
    duplicates.merge(database, keep, other)
    assert customers.customer_card(database, keep).figures.tier == "A"


def test_nobody_is_merged_with_himself(database, two):
    with pytest.raises(Refused, match="merge_with_itself"):
        duplicates.merge(database, two[0], two[0])
    with pytest.raises(Refused, match="merge_with_itself"):
        duplicates.not_same(database, two[0], two[0])


def test_the_one_with_more_history_is_proposed_to_be_kept(database, two):
    orders.add_order(database, Order(two[1], date(2026, 8, 1), amount=1_000_000))
    assert duplicates.side_by_side(database, *two).keep.customer.id == two[1]


@pytest.mark.parametrize("typed", ["王姐超市", "王姐 超市", "王姐小店", "徐州王姐超市有限公司"])
def test_a_name_that_exists_is_told_while_it_is_typed(database, two, typed):
    similar = duplicates.similar_customers(database, typed, "")
    assert two[0] in [one.customer_id for one in similar]
    assert similar[0].reason.code == "duplicate_has_name"


def test_a_phone_that_exists_is_told_while_it_is_typed(database, two):
    similar = duplicates.similar_customers(database, "张三", "+86 139-0000-1110")
    assert [(one.customer_id, one.reason.code) for one in similar] == [(two[0], "duplicate_has_phone")]
    assert duplicates.similar_customers(database, "李四", "138") == []
