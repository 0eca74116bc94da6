"""The stage follows from the customer's own rhythm, and says why with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.lifecycle import STAGES, Stages, stages_of_buyers, talks_in_words
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.purchases import OrderColumns, Purchases, group_orders
from crmdesk.domain.rhythm import Prior, learn_prior
from crmdesk.domain.stage import Stage

TODAY = 739_942  # 2026-11-22


def shop(*ages: Sequence[int]) -> Purchases:
    """Buyers who bought so many days ago."""
    rows = [(number, TODAY - age) for number, own in enumerate(ages, 1) for age in own]
    owner, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


def judged(*ages: Sequence[int], prior: Prior | None = None) -> Stages:
    buyers = shop(*ages)
    return stages_of_buyers(buyers, prior or learn_prior(buyers), TODAY)


def stage_of(*ages: int, prior: Prior | None = None) -> tuple[str, Phrase]:
    found = judged(ages, prior=prior or Prior(45, 0.6, 0.4, 80))
    return STAGES[found.stage[0]], Phrase.from_json(found.reasons.texts()[0])


def every(interval: int, times: int, last: int) -> list[int]:
    return [last + interval * number for number in range(times)]


def test_usually_every_35_days_and_now_81_is_quiet() -> None:
    stage, reason = stage_of(*every(35, 7, last=81))
    told = {"usual": 35, "days": 81, "times": 2.3, "quiet_on": "2026-10-25"}
    assert (stage, reason) == (Stage.DORMANT, Phrase("stage_dormant", told))


def test_a_silence_remembers_the_pauses_before_it() -> None:
    reason = stage_of(90, *every(30, 6, last=210), *every(30, 6, last=500), *every(30, 6, last=735))[1]
    assert reason.code == "stage_dormant_paused"
    assert (reason.values["pauses"], reason.values["longest"]) == (3, 140)


def test_a_yearly_buyer_is_active_after_300_days() -> None:
    stage, reason = stage_of(*every(365, 4, last=300))
    assert stage == Stage.ACTIVE
    assert reason.values["usual"] == 365


def test_a_weekly_buyer_is_lost_long_before() -> None:
    assert stage_of(*every(7, 20, last=120))[0] == Stage.LOST


def test_the_first_order_makes_a_new_customer() -> None:
    assert stage_of(4) == (Stage.NEW, Phrase("stage_new", {"days": 4}))


def test_who_came_once_long_ago_is_judged_by_the_others_and_has_little_data() -> None:
    stage, reason = stage_of(120)
    assert stage == Stage.DORMANT
    assert reason == Phrase("stage_dormant_once", {"days": 120, "others": 45})


def test_where_nobody_ever_came_back_nothing_is_said_of_others() -> None:
    assert stage_of(700, prior=Prior())[1].code.endswith("_alone")


def test_regular_for_half_a_year_is_loyal() -> None:
    stage, reason = stage_of(*every(30, 9, last=12))
    assert stage == Stage.LOYAL
    assert reason.values == {"count": 9, "usual": 30, "days": 12}


def test_ten_purchases_in_two_weeks_are_no_loyalty_yet() -> None:
    assert stage_of(*every(1, 12, last=1))[0] == Stage.ACTIVE


def test_back_after_a_pause_that_meant_lost_is_won_back_and_remembers_when() -> None:
    stage, reason = stage_of(5, *every(30, 6, last=500))
    assert stage == Stage.WON_BACK
    assert reason == Phrase("stage_won_back", {"pause": 495, "returned_on": "2026-11-17"})


def test_won_back_is_over_once_the_customer_is_regular_again() -> None:
    assert stage_of(*every(30, 5, last=5), *every(30, 6, last=700))[0] != Stage.WON_BACK


def test_quiet_again_after_the_return_is_quiet() -> None:
    assert stage_of(100, *every(30, 6, last=500))[0] in (Stage.DORMANT, Stage.LOST)


def test_purchases_without_a_day_say_so() -> None:
    nothing = np.zeros(2, np.int64)
    buyers = group_orders(OrderColumns(nothing + 1, nothing, nothing + 5, nothing, nothing, nothing > 0))
    found = stages_of_buyers(buyers, Prior(), TODAY)
    assert Phrase.from_json(found.reasons.texts()[0]) == Phrase("stage_undated", {"orders": 2})


@pytest.mark.parametrize("word", ["洽谈中", "跟进中", "已报价", "有意向", "Negotiation", "In talks"])
def test_words_for_talking(word: str) -> None:
    assert talks_in_words(word)


@pytest.mark.parametrize("word", ["未跟进", "无意向", "没谈", "已成交", "", "not qualified", "流失"])
def test_words_for_anything_else(word: str) -> None:
    assert not talks_in_words(word)


ages = st.lists(st.integers(0, 2000), min_size=1, max_size=20, unique=True)


@given(st.lists(ages, min_size=1, max_size=10))
def test_everybody_gets_a_stage_and_a_reason(customers: list[list[int]]) -> None:
    found = judged(*customers)
    texts = found.reasons.texts()
    for place, text in enumerate(texts):
        stage = STAGES[found.stage[place]]
        assert Phrase.from_json(text).code.startswith(f"stage_{stage}")


@given(ages, st.integers(1, 400))
def test_waiting_longer_never_wakes_a_customer(own: list[int], more: int) -> None:
    order = {Stage.LOST: 2, Stage.DORMANT: 1}
    now = stage_of(*own)[0]
    later = stage_of(*(age + more for age in own))[0]
    assert order.get(Stage(later), 0) >= order.get(Stage(now), 0)
