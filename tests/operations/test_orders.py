"""Purchases written down by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.domain.receipt import Receipt
from crmdesk.operations import customers, history, orders

TEA = OrderLine("绿茶", "T1", "茶", quantity=2000, price=150_000, amount=300_000, cost=200_000, discount=10_000)


@pytest.fixture
def shop(database) -> int:
    made = customers.add_customer(database, Customer(name="王姐超市")).new_id
    assert made is not None
    return made


def test_an_order_comes_back_with_its_lines(database, shop):
    order = Order(shop, date(2026, 11, 1), time(14, 3), "NO1", "已付款", amount=310_000, refund=5, lines=(TEA,))
    made = orders.add_order(database, order).new_id
    [kept] = orders.list_orders(database)
    assert kept == replace(order, id=made, cost=200_000)


def test_without_an_amount_the_lines_add_up(database, shop):
    free = OrderLine("红茶", amount=100_000)
    orders.add_order(database, Order(shop, date(2026, 11, 1), lines=(TEA, free)))
    [kept] = orders.list_orders(database, customer=shop)
    assert (kept.amount, kept.cost) == (400_000, None)
    assert customers.customer_card(database, shop).figures.order_total == 400_000


def test_editing_an_order_is_one_step_and_nothing_is_none(database, shop):
    orders.add_order(database, Order(shop, date(2026, 11, 1), lines=(TEA,)))
    [kept] = orders.list_orders(database)
    assert not orders.edit_order(database, kept)
    orders.edit_order(database, replace(kept, status="退货", lines=(replace(TEA, quantity=1000),)))
    [edited] = orders.list_orders(database)
    assert (edited.status, edited.lines[0].quantity) == ("退货", 1000)
    database.undo()
    assert list(orders.list_orders(database)) == [kept]


def test_a_deleted_order_no_longer_counts(database, shop):
    made = orders.add_order(database, Order(shop, date(2026, 11, 1), amount=300_000)).new_id
    orders.delete_order(database, made)
    assert list(orders.list_orders(database)) == []
    assert not customers.customer_card(database, shop).figures.order_total
    with pytest.raises(Refused, match="no_such_order"):
        orders.delete_order(database, made)


def test_orders_come_in_chunks(database, shop, monkeypatch):
    from crmdesk.storage import orders as kept

    monkeypatch.setattr(kept, "CHUNK", 2)
    other = customers.add_customer(database, Customer(name="老李")).new_id
    made = [orders.add_order(database, Order(shop, None, number=str(n))).new_id for n in range(3)]
    last = orders.add_order(database, Order(other, None)).new_id
    assert [order.id for order in orders.list_orders(database)] == [*made, last]
    assert [order.id for order in orders.list_orders(database, customer=shop)] == made
    assert [order.id for order in orders.list_orders(database, customers=[other])] == [last]


def test_products_are_kept_once_and_named_for_completion(database, shop):
    for _ in range(2):
        orders.add_order(database, Order(shop, date(2026, 11, 1), lines=(TEA, OrderLine("红茶"))))
    assert orders.product_names(database) == ["红茶", "绿茶"]


def test_a_receipt_is_kept(database, shop):
    assert orders.add_receipt(database, Receipt(shop, date(2026, 11, 2), 5, method="微信")).new_id
    with pytest.raises(Refused, match="no_such_customer"):
        orders.add_receipt(database, Receipt(1, date(2026, 11, 2), 5))


def test_a_receipt_is_changed_and_deleted_and_undo_leaves_no_trace(database, shop):
    new = orders.add_receipt(database, Receipt(shop, date(2026, 11, 2), 5, method="微信")).new_id
    before = history.logical_dump(database)
    kept = orders.get_receipt(database, new)
    assert not orders.edit_receipt(database, kept)
    orders.edit_receipt(database, replace(kept, amount=50, received_on=date(2026, 11, 3)))
    assert orders.get_receipt(database, new).amount == 50
    orders.delete_receipt(database, new)
    with pytest.raises(Refused, match="no_such_receipt"):
        orders.get_receipt(database, new)
    history.undo(database)
    history.undo(database)
    assert history.logical_dump(database) == before
