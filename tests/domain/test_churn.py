"""Who left is told by the tier it had before it left."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.churn import Churn, Then, churn, in_order
from crmdesk.domain.fairness import AfterMove

THEN, NOW = date(2026, 5, 26), date(2026, 11, 22)
TIERS = {customer: "A" if customer < 10 else "B" if customer < 30 else "" for customer in range(40)}


def test_who_was_lost_before_is_no_loss_of_now() -> None:
    levels = churn(Then(THEN, TIERS, {28, 29}), NOW, {1, 10, 11, 12, 13, 28, 29, 35}, {1: 500, 10: 20, 11: 30}, {2, 15})
    found = Churn(THEN, NOW, in_order(levels, ("A", "B", "C")), (AfterMove("down", 6, 1, 0, None, (13,)),))
    best, low = found.levels
    assert (best.customers, best.who, best.money, best.complained) == (10, (1,), 500, 1)
    assert (low.customers, low.who, low.money, low.complained) == (18, (10, 11, 12, 13), 50, 1)
    assert found.worst is low
    assert (found.ids("B"), found.ids("+down"), found.ids("C")) == ((10, 11, 12, 13), (13,), ())


def test_a_handful_who_left_are_no_pattern() -> None:
    assert churn(Then(THEN, TIERS, ()), NOW, {1, 10, 11, 35}, {}, ()) == ()


def test_a_level_of_two_customers_is_not_said_to_lose_most() -> None:
    tiers = {1: "A", 2: "A", **dict.fromkeys(range(10, 30), "B")}
    levels = churn(Then(THEN, tiers, ()), NOW, {1, 2, 10, 11, 12}, {}, ())
    assert Churn(THEN, NOW, levels, ()).worst.tier == "B"
