"""A passport says the rule, the numbers, what blocks, what would change it; and what it promises comes true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.operations import policies, tiers
from crmdesk.operations.customers import add_customer, customer_card, edit_customer, set_tier
from crmdesk.operations.history import logical_dump
from crmdesk.operations.orders import add_order
from crmdesk.operations.passports import estimate, passport, waive
from crmdesk.storage.database import Database, create_database, open_database
from crmdesk.words.passports import way_down, way_up
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)
YUAN = 10_000


def buyer(database: Database, name: str, *ages: int, amount: int = 1000) -> int:
    customer = add_customer(database, Customer(name=name)).new_id
    assert customer is not None
    for age in ages:
        buy(database, customer, TODAY - timedelta(days=age), amount)
    return customer


def buy(database: Database, customer: int, day: date, amount: int) -> None:
    add_order(database, Order(customer_id=customer, ordered_on=day, amount=amount * YUAN))


@pytest.fixture
def shop(database: Database, fill: Callable[..., list[int]]) -> dict[str, int]:
    """Thirty steady customers, the first the best."""
    customers = [(f"客户{n}", "", [(10 + 30 * k, 300 - 9 * n) for k in range(4)]) for n in range(30)]
    return dict(zip([name for name, *_ in customers], fill(database, customers), strict=True))


def test_the_promised_order_gives_the_promised_tier_and_a_yuan_less_does_not(
    database: Database, shop: dict[str, int]
) -> None:
    customer = shop["客户20"]
    found = passport(database, customer)
    assert found.up is not None
    assert found.up.orders == 1
    buy(database, customer, TODAY, found.up.money // YUAN - 1)
    assert passport(database, customer).tier == found.tier
    database.undo()
    buy(database, customer, TODAY, found.up.money // YUAN)
    assert passport(database, customer).tier == found.up.tier


def test_on_the_promised_day_the_tier_is_lost_and_not_the_day_before(
    database: Database, shop: dict[str, int], tmp_path: Path
) -> None:
    customer = shop["客户0"]
    found = passport(database, customer)
    assert found.down is not None
    path = database.path
    database.close()
    for days, tier in ((found.down.days - 1, found.tier), (found.down.days, found.down.tier)):
        later = open_database(path, Clock(TODAY + timedelta(days=days)))
        try:
            # Not a new run: a promise is judged by the limits that were frozen.
            with later.write("recompute_tiers") as step:
                step.raw.execute("UPDATE customers SET notes = notes || '.' WHERE id = ?", (customer,))
                step.touch_everybody()
            assert passport(later, customer).tier == tier
        finally:
            later.close()


def test_a_handful_of_customers_keeps_its_promises_too(database: Database) -> None:
    buyer(database, "大", 3, 33, 63, amount=9000)
    customer = buyer(database, "小", 3, 33, 63, amount=100)
    found = passport(database, customer)
    assert found.up is not None
    buy(database, customer, TODAY, max(found.up.money // YUAN, 1))
    assert passport(database, customer).tier == found.up.tier


def test_who_never_bought_has_a_first_order_ahead_and_no_other_one(database: Database, shop: dict[str, int]) -> None:
    customer = buyer(database, "李总")
    up = passport(database, customer).up
    assert up is not None
    assert say(way_up(up)).startswith("第一单")
    buy(database, customer, TODAY, max(up.money // YUAN, 1))
    found = passport(database, customer)
    assert found.tier == up.tier
    assert found.up is None or not found.up.first


def test_the_ways_are_said_in_a_sentence(database: Database, shop: dict[str, int]) -> None:
    up, down = passport(database, shop["客户20"]).up, passport(database, shop["客户0"]).down
    assert up is not None
    assert down is not None
    assert "≥ ¥" in say(way_up(up))
    assert say(way_down(down)) == f"再过 {down.days} 天不下单就到 {down.tier}"


def test_numbers_say_where_they_come_from_and_what_is_unknown(database: Database, shop: dict[str, int]) -> None:
    found = passport(database, shop["客户0"])
    numbers = {number.code: number for number in found.numbers}
    assert [numbers[code].value for code in ("recency", "frequency", "rhythm")] == pytest.approx([10, 4, 30])
    assert numbers["monetary"].value == 1200 * YUAN
    assert (numbers["margin"].value, numbers["margin"].confidence) == (None, "")
    assert found.source is not None
    assert say(found.source) == "来自 4 单，2026-08-14 到 2026-11-12"


def test_what_is_unknown_blocks_nobody_and_becomes_a_question(database: Database, shop: dict[str, int]) -> None:
    found = passport(database, shop["客户0"])
    assert (found.tier, found.key_account, found.blocked) == ("A", True, None)
    assert Phrase("ask_potential") in found.questions
    estimate(database, shop["客户0"], "potential", "low", reason="店面要关了")
    found = passport(database, shop["客户0"])
    assert found.blocked is not None
    assert (found.blocked.code, found.key_account) == ("potential", False)
    waive(database, shop["客户0"], "potential", "老板换地方开")
    found = passport(database, shop["客户0"])
    assert found.key_account
    assert {one.reason for one in found.exclusions if one.state == "waived"} == {"老板换地方开"}


def test_where_rules_go_by_intent_the_next_intent_is_the_way(database: Database) -> None:
    tiers.apply_policy(database, policies.ready_policy("intent"))
    names = policies.ready_policy("intent").levels
    customer = add_customer(database, Customer(name="李总", intent="medium")).new_id
    assert customer is not None
    found = passport(database, customer)
    assert found.tier == names[1]
    assert found.up is not None
    assert found.down is not None
    assert (found.up.tier, found.down.tier) == (names[0], names[2])
    assert say(way_up(found.up)) == f"意向到高就是 {names[0]}"
    assert say(way_down(found.down)) == f"意向降到低就是 {names[2]}"
    for promise in (found.up, found.down):
        edit_customer(database, customer, intent=promise.intent)
        assert passport(database, customer).tier == promise.tier


def test_an_exclusion_that_keeps_from_the_best_level_is_told_and_can_be_overruled(
    database: Database, shop: dict[str, int]
) -> None:
    estimate(database, shop["客户0"], "potential", "low", reason="店面要关了")
    tiers.apply_policy(database, policies.ready_policy("key_accounts"))
    found = passport(database, shop["客户0"])
    assert found.tier == "B"
    assert found.blocked is not None
    assert found.blocked.code == "potential"
    waive(database, shop["客户0"], "potential", "老板换地方开")
    assert passport(database, shop["客户0"]).tier == "A"


def test_an_estimate_is_a_step_that_undo_takes_back(database: Database, shop: dict[str, int]) -> None:
    before = logical_dump(database)
    assert say(estimate(database, shop["客户0"], "power", amount=90_000 * YUAN).name) == "记 客户0 的判断"
    assert {one.code: one.value for one in passport(database, shop["客户0"]).numbers}[
        "purchasing_power"
    ] == 90_000 * YUAN
    database.undo()
    assert logical_dump(database) == before


@pytest.mark.parametrize(("kind", "level"), [("luck", "high"), ("potential", "huge"), ("exclusion", "new")])
def test_no_other_estimate_is_kept(database: Database, shop: dict[str, int], kind: str, level: str) -> None:
    with pytest.raises(Refused):
        estimate(database, shop["客户0"], kind, level)


def test_the_users_own_word_stands_until_its_day_and_promises_nothing(database: Database, shop: dict[str, int]) -> None:
    customer = shop["客户29"]
    set_tier(database, customer, "A", "老朋友", TODAY + timedelta(days=30))
    found = passport(database, customer)
    assert (found.tier, found.up, found.down) == ("A", None, None)
    assert found.override is not None
    assert found.override.until == TODAY + timedelta(days=30)
    assert [(move.old, move.new) for move in found.history][:1] == [("D", "A")]
    path = database.path
    database.close()
    later = open_database(path, Clock(TODAY + timedelta(days=31)))
    try:
        tiers.recompute(later, "today")
        assert passport(later, customer).tier != "A"
        assert passport(later, customer).override is None
    finally:
        later.close()


def test_the_last_price_of_each_product_is_told(database: Database) -> None:
    customer = buyer(database, "王姐超市")
    for age, price in ((40, 128), (5, 120)):
        lines = (OrderLine(product="大米", quantity=10_000, price=price * YUAN, amount=price * 10 * YUAN),)
        day = TODAY - timedelta(days=age)
        add_order(database, Order(customer_id=customer, ordered_on=day, amount=price * 10 * YUAN, lines=lines))
    (price,) = passport(database, customer).last_prices
    assert (price.product, price.on, price.price) == ("大米", TODAY - timedelta(days=5), 120 * YUAN)


def test_a_name_alone_says_that_a_first_order_is_missing(tmp_path: Path, clock: Clock) -> None:
    database = create_database(tmp_path / "b.crmdesk", clock)
    try:
        found = passport(database, buyer(database, "丰盛邻居"))
        assert (found.tier, found.numbers, found.down) == (None, (), None)
        assert say(found.reason) == "只有名字"
    finally:
        database.close()


def test_a_passport_tells_what_came_and_what_a_year_brings(database: Database, fill: Callable[..., list[int]]) -> None:
    customers = [
        (f"客户{n}", "", [(10 + 25 * k, 300) for k in range(n % 6 + 1)] if n % 6 else [(400, 300)]) for n in range(120)
    ]
    ids = fill(database, customers)
    often, once = passport(database, ids[5]), passport(database, ids[0])
    assert say(often.worth).startswith("到现在带来 ¥1,800，往后一年大概再来 ")
    expected = customer_card(database, ids[5]).figures
    assert expected.year_low < expected.year_high < 30
    assert say(often.worth).endswith("00")  # a guess to the yuan would tell more than is known
    assert expected.year_money > customer_card(database, ids[0]).figures.year_money
    assert say(once.worth).startswith("到现在带来 ¥300，往后一年")


def test_of_a_handful_of_customers_no_year_is_told(database: Database, shop: dict[str, int]) -> None:
    assert say(passport(database, shop["客户0"]).worth) == "到现在带来 ¥1,200"
