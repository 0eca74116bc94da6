"""How the amounts of an order's rows are meant."""

from __future__ import annotations

import pytest

from crmdesk.operations.importing_sales import Group, Sale, add_up, amounts_stand_per_line, sale_row


def group(*amounts: int | None) -> Group:
    found = Group(Sale.__new__(Sale))
    for number, amount in enumerate(amounts, 2):
        values = {"quantity": 1_000, "price": 100_000} | ({} if amount is None else {"order_amount": amount})
        found.rows.append(sale_row(number, values, {}, added=True, told=()))
    return found


@pytest.mark.parametrize(
    ("orders", "per_line"),
    [
        ([(35, 35), (20,)], False),
        ([(35, None, None), (20,)], False),
        ([(10, 20), (20,)], True),
        ([(None, 20), (20,)], True),
        ([(35, None), (10, 20)], True),
        ([(20,), (30,)], True),
    ],
    ids=["repeated", "on the first row", "each its own", "a gap", "one of each", "one row each"],
)
def test_amounts_are_the_orders_where_they_repeat_or_stand_on_the_first_row_only(orders, per_line):
    assert amounts_stand_per_line([group(*amounts) for amounts in orders]) is per_line


def test_the_amount_that_stands_in_the_sheet_goes_before_pieces_times_price():
    """A discount, or a return: six pieces of 35 that come to -500."""
    told = {"quantity": 6_000, "price": 35_0000, "order_amount": -500_0000}
    one = group()
    one.rows = [sale_row(2, told, {}, added=False, told=())]
    add_up(one, per_line=True)
    assert (one.sale.amount, one.sale.lines[0][0][4]) == (-500_0000, -500_0000)


def test_pieces_times_price_stand_in_for_an_amount_that_is_missing():
    one = group()
    one.rows = [sale_row(2, {"quantity": 6_000, "price": 35_0000}, {}, added=False, told=())]
    add_up(one, per_line=True)
    assert one.sale.amount == 210_0000
