"""Reasons for leaving by the money that left: what each brought in the year up to its own last order."""

from __future__ import annotations

import numpy as np

from crmdesk.domain.loss import NOTED_FROM, last_year, losses
from crmdesk.domain.purchases import OrderColumns

DAY = 740_000


def orders(*rows: tuple[int, int, int]) -> OrderColumns:
    """Customer, days ago, money."""
    owner, age, money = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return OrderColumns(owner, DAY - age, money, nothing, nothing, nothing > 0)


def test_the_year_up_to_the_last_order_counts_and_nothing_before() -> None:
    found = last_year(np.array([1, 2, 3]), orders((1, 400, 5), (1, 500, 7), (1, 900, 11), (2, 10, 13), (9, 1, 17)))
    assert found.tolist() == [12, 13, 0]


def test_the_costliest_reason_stands_first_and_the_unasked_last() -> None:
    why = {1: "price", 2: "price", 3: "closed", 4: "quality", 5: "other", 6: ""}
    found = losses(why, orders(*((one, 100, one * 10) for one in why)))
    assert found is not None
    assert [row.reason for row in found.rows] == ["other", "quality", "price", "closed", ""]
    assert found.ids("price") == (2, 1)
    assert round(sum(row.share for row in found.rows), 3) == 1
    assert found.noted == NOTED_FROM


def test_a_few_reasons_are_an_anecdote() -> None:
    assert losses({1: "price", 2: "price", 3: ""}, orders((1, 1, 1))) is None
