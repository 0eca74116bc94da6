"""Tiers: frozen cut-offs, caps by rhythm, and a reason with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.indicators import Ground
from crmdesk.domain.lifecycle import STAGES, Stages
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.purchases import Ints, OrderColumns, Purchases, group_orders
from crmdesk.domain.reasons import ReasonColumns
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier import Rules, judge
from crmdesk.domain.tier_cut_offs import CutOffs, find_cut_offs
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.tier_policy import SHARES, TierPolicy

DAY = 739_900
POLICY = TierPolicy()


def buyers_of(amounts: Sequence[int], costs: Sequence[int | None] | None = None, days: int = DAY) -> Purchases:
    amount = np.array(amounts, np.int64)
    known = np.array([cost is not None for cost in costs] if costs else [False] * len(amounts), np.bool_)
    cost = np.array([cost or 0 for cost in costs] if costs else [0] * len(amounts), np.int64)
    owner = np.arange(1, len(amount) + 1)
    return group_orders(OrderColumns(owner, np.full(len(amount), days), amount, amount * 0, cost, known))


def ground_of(buyers: Purchases) -> Ground:
    nothing = np.zeros(0, np.int64)
    return Ground(
        buyers, OrderColumns(*[nothing] * 5, nothing.astype(np.bool_)), Facts(), DAY, Prior(41.5, 0.5, 0.4, 7)
    )


def stages_of(stage: Ints, pause: int) -> Stages:
    nothing = np.zeros(len(stage), np.int64)
    return Stages(stage, ReasonColumns(0, {}), nothing, nothing, nothing + pause)


def tiers(buyers: Purchases, stages: Sequence[Stage] | Stage = Stage.ACTIVE, policy: TierPolicy = POLICY) -> list[str]:
    return [level for level, _ in judged(buyers, stages, policy)]


def judged(
    buyers: Purchases, stages: Sequence[Stage] | Stage = Stage.ACTIVE, policy: TierPolicy = POLICY, pause: int = 81
) -> list[tuple[str, Phrase]]:
    each = [stages] * len(buyers) if isinstance(stages, Stage) else stages
    stage = np.array([STAGES.index(one) for one in each], np.int64)
    found = judge(
        ground_of(buyers), stages_of(stage, pause), Rules(policy, find_cut_offs(ground_of(buyers), policy), {}, DAY)
    )
    names = (*policy.levels, "")
    phrases = [Phrase.from_json(text) for text in found.reasons.texts()]
    return [(names[rank], phrase) for rank, phrase in zip(found.rank.tolist(), phrases, strict=True)]


def test_shares_of_the_money_make_the_levels() -> None:
    assert tiers(buyers_of([50, 20, 10, 8, 7, 3, 2])) == ["A", "B", "B", "C", "C", "D", "D"]


def test_the_reason_says_amount_and_place() -> None:
    assert judged(buyers_of([50, 20, 10]))[1][1] == Phrase("tier_total_rank", {"value_money": 20, "rank": 2})


def test_a_quiet_customer_is_b_at_best_and_the_reason_says_how_long() -> None:
    level, reason = judged(buyers_of([500, 200, 100]), Stage.DORMANT)[0]
    assert level == "B"
    assert reason == Phrase("tier_total_rank_quiet", {"value_money": 500, "rank": 1, "days": 81})


def test_a_lost_customer_is_c_at_best_and_a_new_one_b() -> None:
    buyers = buyers_of([500, 200, 100])
    assert tiers(buyers, Stage.LOST)[0] == "C"
    assert judged(buyers, Stage.NEW)[0] == (
        "B",
        Phrase("tier_total_rank_new", {"value_money": 500, "rank": 1, "days": 81}),
    )


def test_a_cap_never_lifts_anybody_and_is_not_named_where_it_changes_nothing() -> None:
    level, reason = judged(buyers_of([500, 200, 100, 1]), Stage.LOST)[3]
    assert (level, reason.code) == ("D", "tier_total_rank")


def test_profit_decides_where_costs_are_known() -> None:
    buyers = buyers_of([1000, 500, 500], costs=[990, 100, 250])
    assert tiers(buyers) == ["D", "A", "B"]
    assert judged(buyers)[1][1] == Phrase("tier_profit_rank", {"value_money": 400, "rank": 1})


def test_an_unknown_cost_is_estimated_by_the_margin_of_the_shop() -> None:
    buyers = buyers_of([1000, 1000, 1000], costs=[800, 800, None])
    assert judged(buyers)[2][1].values["value_money"] == 200


def test_revenue_decides_where_few_costs_are_known() -> None:
    assert judged(buyers_of([1000, 500], costs=[None, 100]))[1][1].code == "tier_total_rank"


def test_who_brought_nothing_is_last_and_without_amounts_there_is_no_tier() -> None:
    buyers = buyers_of([1000, 10], costs=[200, 60])
    assert judged(buyers)[1] == ("D", Phrase("tier_no_gain", {"value_money": -50}))
    assert judged(buyers_of([0, 0]))[0] == ("", Phrase("tier_none_no_money"))


def test_beyond_the_first_hundred_the_share_in_front_is_told() -> None:
    found = judged(buyers_of(list(range(1000, 0, -1))))
    assert found[99][1].values["rank"] == 100
    assert found[400][1] == Phrase("tier_total_share", {"value_money": 600, "place_share": pytest.approx(0.41)})
    assert found[999][1] == Phrase("tier_total_low", {"value_money": 1})


def test_a_window_counts_what_lies_inside() -> None:
    policy = TierPolicy(window=90)
    amounts = np.array([900, 100, 200], np.int64)
    days = np.array([DAY - 200, DAY, DAY])
    owner = np.array([1, 2, 3])
    orders = OrderColumns(owner, days, amounts, amounts * 0, amounts * 0, amounts < 0)
    found = judged(group_orders(orders, window_start=DAY - 90), policy=policy)
    assert found[2][1].values == {"value_money": 200, "window": 90, "rank": 1}
    assert found[0][1].code == "tier_no_gain"


def test_policy_and_cut_offs_survive_the_file() -> None:
    policy = TierPolicy(levels=("高", "中", "低"), cuts=SHARES[3], window=365)
    assert TierPolicy.from_json(policy.to_json()) == policy
    cut_offs = find_cut_offs(ground_of(buyers_of(list(range(1, 300)))), policy)
    assert CutOffs.from_json(cut_offs.to_json()) == cut_offs


@pytest.mark.parametrize(
    "wrong",
    [
        {"levels": ("A",), "cuts": ()},
        {"levels": ("A", "B")},
        {"levels": ("A", "A", "B", "C")},
        {"cuts": (0.8, 0.5, 0.9)},
        {"cuts": (0.5, 0.8, 1.2)},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, tuple[object, ...]]) -> None:
    with pytest.raises(ValueError):
        TierPolicy(**wrong)


amounts = st.lists(st.integers(1, 10**12), min_size=1, max_size=150)


@given(amounts, st.sampled_from(sorted(SHARES)), st.data())
def test_more_money_never_means_a_lower_level(money: list[int], levels: int, data: st.DataObject) -> None:
    policy = TierPolicy(levels=tuple("ABCDE"[:levels]), cuts=SHARES[levels])
    stage = data.draw(st.sampled_from([Stage.ACTIVE, Stage.DORMANT, Stage.LOST, Stage.NEW]))
    found = tiers(buyers_of(sorted(money)), stage, policy)
    assert found == sorted(found, reverse=True)
    assert set(found) <= set(policy.levels)


@given(amounts)
def test_the_numbers_in_the_reason_are_the_customers_own(money: list[int]) -> None:
    for amount, (_, reason) in zip(money, judged(buyers_of(money)), strict=True):
        assert reason.values["value_money"] == amount
        if "rank" in reason.values:
            assert reason.values["rank"] == 1 + sum(other > amount for other in money)


@given(amounts, st.integers(0, 149))
def test_judging_one_alone_gives_what_judging_all_gave(money: list[int], which: int) -> None:
    buyers = buyers_of(money)
    place = which % len(money)
    rules = Rules(POLICY, find_cut_offs(ground_of(buyers), POLICY), {}, DAY)
    active = np.array([STAGES.index(Stage.ACTIVE)])
    alone = judge(ground_of(buyers_of([money[place]])), stages_of(active, 3), rules)
    all_of_them = judge(ground_of(buyers), stages_of(np.repeat(active, len(money)), 3), rules)
    assert alone.rank[0] == all_of_them.rank[place]
    assert alone.reasons.texts()[0] == all_of_them.reasons.texts()[place]
