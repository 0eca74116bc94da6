"""What won and kept customers took: only where there is enough to speak of, and with nothing made up."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.effort import KEPT, VAIN, WON, EffortRow, Minutes, Spent, effort_of
from crmdesk.domain.gift import Gift, cost_of
from crmdesk.words.effort import duration, effort_parts, effort_sentence, gift_text, gifts_text

YUAN = 10_000
TODAY = date(2026, 11, 22)
EACH = Minutes()
USUAL = Spent(visits=1, calls=2, messages=1)


def group(count: int, spent: Spent = USUAL, first: int = 0) -> list[tuple[int, Spent]]:
    return [(first + one, spent) for one in range(count)]


def test_each_group_has_its_time_gifts_and_discounts_per_customer() -> None:
    won_by = Spent(1, 2, 1, discount=20 * YUAN, gifts=12 * YUAN, unpriced=1)
    found = effort_of({WON: group(6, won_by), KEPT: group(10, Spent(visits=2), 100), VAIN: group(2, first=900)}, EACH)
    assert found is not None
    assert [row.group for row in found.rows] == [WON, KEPT]  # two customers in vain tell nothing
    won, kept = found.rows
    assert (won.customers, won.minutes, won.gifts, won.discount) == (6, 85, 12 * YUAN, 20 * YUAN)
    assert (kept.customers, kept.minutes, kept.discount) == (10, 120, 0)
    assert found.ids(WON) == tuple(range(6))
    assert found.ids(VAIN) == ()
    assert effort_sentence(won) == "赢来一位新客要 1 小时 25 分、¥32（一年里 6 位）"
    assert effort_parts(won) == "拜访 1.0 次、电话 2.0 次、消息 1.0 次 · 送礼 ¥12 · 让利 ¥20 · 6 份礼没记价钱"
    assert effort_sentence(kept) == "留住一位老客一年要 2 小时（10 位）"


def test_without_contacts_or_without_anybody_won_nothing_is_told() -> None:
    assert effort_of({WON: group(6, Spent(gifts=5))}, EACH) is None
    assert effort_of({VAIN: group(9)}, EACH) is None
    assert effort_of({}, EACH) is None


def test_a_time_is_said_as_one_says_it() -> None:
    assert [duration(minutes) for minutes in (0, 40, 59.6, 60, 200)] == [
        "0 分钟",
        "40 分钟",
        "1 小时",
        "1 小时",
        "3 小时 20 分",
    ]


def test_a_gift_without_a_price_is_not_taken_for_nothing() -> None:
    gifts = (
        Gift(1, TODAY, "茶叶", 120 * YUAN),
        Gift(1, TODAY, "台历"),
        Gift(1, TODAY - timedelta(days=365), "酒", YUAN),
    )
    assert cost_of(gifts, TODAY) == (120 * YUAN, 1)
    assert gifts_text(*cost_of(gifts, TODAY)) == "一年 ¥120、1 份没记价钱"
    assert gift_text(gifts[1], TODAY) == "11-22 · 台历 · 价钱没记"


COUNTS = st.integers(0, 50)


@given(st.lists(st.builds(Spent, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=9))
def test_a_group_took_what_each_of_it_took(spent: list[Spent]) -> None:
    row = EffortRow(WON, tuple(range(len(spent))), sum(spent, Spent()))
    assert row.spent.contacts == sum(one.contacts for one in spent)
    assert row.spent.minutes(EACH) == sum(one.minutes(EACH) for one in spent)
    assert effort_sentence(row)
    assert effort_parts(row)
