"""Every indicator says its number where the data allow it, and that it is unknown where they do not."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from crmdesk.domain.indicators import INDICATORS, UNITS, Ground
from crmdesk.domain.indicators_breadth import headroom_of
from crmdesk.domain.policy_ready import READY
from crmdesk.domain.purchases import GivenColumns, OrderColumns, buyers_of
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.tier_exclusion import RULES
from crmdesk.domain.tier_facts import Facts, Told

DAY = 739_577
YUAN = 10_000
HANDBOOK = Path(__file__).parent.parent.parent / "docs" / "tiers.md"
NOTHING = np.zeros(0, np.int64)


def ground(
    *orders: tuple[int, int], costs: int | None = None, discounts: list[int] | None = None, facts: Facts | None = None
) -> Ground:
    """One customer (1) with orders (days ago, yuan)."""
    day = np.array([DAY - ago for ago, _ in orders], np.int64)
    amount = np.array([yuan * YUAN for _, yuan in orders], np.int64)
    known = np.full(len(orders), costs is not None)
    cost = amount * (costs or 0) // 100
    noted = None if discounts is None else np.array(discounts, np.int64) * YUAN
    columns = OrderColumns(amount * 0 + 1, day, amount, amount * 0, cost, known, noted)
    buyers = buyers_of(columns, GivenColumns(*[NOTHING] * 5))
    return Ground(buyers, columns, facts or Facts(), DAY, Prior())


def number(code: str, of: Ground) -> float | None:
    measured = INDICATORS[code](of)
    return float(measured.values[0]) if measured.known[0] else None


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("recency", 10),
        ("frequency", 4),
        ("monetary", 1000 * YUAN),
        ("average_order", 250 * YUAN),
        ("largest_order", 400 * YUAN),
        ("order_trend", 350 / 150 - 1),
        ("tenure", 100),
        ("repeat_share", 0.75),
        ("rhythm", 30),
        ("regularity", 1),
        ("purchasing_power", 1000 * YUAN),
    ],
)
def test_orders_alone_tell(code: str, value: float) -> None:
    of = ground((100, 100), (70, 200), (40, 300), (10, 400))
    assert number(code, of) == pytest.approx(value)


@pytest.mark.parametrize("code", ["margin", "discount", "past_peak", "complaints", "potential", "breadth", "answers"])
def test_what_nobody_noted_is_unknown(code: str) -> None:
    assert number(code, ground((100, 100), (70, 200))) is None


def test_big_but_unprofitable_shows_in_discount_and_margin() -> None:
    of = ground((100, 900), (70, 900), (40, 800), (10, 800), costs=98, discounts=[100, 100, 200, 200])
    assert number("margin", of) == pytest.approx(0.02)
    assert number("discount", of) == pytest.approx(600 / 4000)
    assert number("discount_trend", of) == pytest.approx(0.1)


def test_the_best_year_is_held_against_now() -> None:
    of = ground((900, 1000), (850, 1000), (300, 500))
    assert number("past_peak", of) == pytest.approx(0.25)


def test_an_estimate_counts_while_it_holds_and_debts_are_subtracted() -> None:
    told = {1: {"power": Told("power", "", 9000 * YUAN, "", DAY - 10, DAY + 10)}}
    assert number("purchasing_power", ground((10, 100), facts=Facts(told=told))) == 9000 * YUAN
    owes = Facts(told=told, overdue={1: 4000 * YUAN})
    assert number("purchasing_power", ground((10, 100), facts=owes)) == 5000 * YUAN
    past = {1: {"power": Told("power", "", 9000 * YUAN, "", DAY - 90, DAY - 1)}}
    assert number("purchasing_power", ground((10, 100), facts=Facts(told=past))) == 100 * YUAN


def test_loyalty_takes_what_is_known_and_needs_three_purchases() -> None:
    steady = ground(*((day, 100) for day in range(10, 800, 30)))
    assert number("loyalty", steady) == pytest.approx(1, abs=0.05)
    silent = ground(*((day, 100) for day in range(10, 800, 30)), facts=Facts(contacts={1: (10, 0)}))
    assert (number("loyalty", silent) or 0) < (number("loyalty", steady) or 0)
    assert number("loyalty", ground((10, 100), (40, 100))) is None


def test_who_takes_many_contacts_for_an_order_is_the_less_loyal() -> None:
    days = [(day, 100) for day in range(10, 800, 30)]  # 27 orders
    easy, hard = (ground(*days, facts=Facts(contacts={1: (tried, tried)})) for tried in (27, 270))
    assert number("answers", easy) == number("answers", hard) == 1
    assert (number("loyalty", easy) or 0) - (number("loyalty", hard) or 0) == pytest.approx(0.9 / 5)


def test_headroom_is_what_similar_customers_buy_beside() -> None:
    bought = [(customer, group) for customer in range(1, 11) for group in ("米", "油")]
    bought += [(11, "米"), (12, "茶")]
    breadth, missing = headroom_of(bought)
    assert (breadth[11], missing[11]) == (1, ("油",))
    assert missing[1] == ()
    assert missing[12] == ()


def test_confidence_grows_with_what_was_seen() -> None:
    sure = [
        INDICATORS["monetary"](ground(*((day, 100) for day in range(5, 5 + count)))).confidence[0]
        for count in (1, 2, 5)
    ]
    assert sure == [1, 2, 3]


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_indicator_has_definition_unit_and_source(code: str) -> None:
    text = INDICATORS[code].__doc__ or ""
    assert "Unit:" in text
    assert "Source:" in text
    assert code in UNITS


def test_the_handbook_names_every_indicator_exclusion_and_ready_policy() -> None:
    told = set(re.findall(r"^\| ([a-z_]+) \|", HANDBOOK.read_text(encoding="utf-8"), re.M))
    assert {*INDICATORS, *RULES, *READY} <= told
