"""How the amounts of an order's rows are meant."""

from __future__ import annotations

import pytest

from crmdesk.operations.importing_sales import Group, Sale, amounts_stand_per_line, sale_row


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
