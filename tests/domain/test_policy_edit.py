"""Changing one thing of the rules always gives rules that make sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.policy_edit import levels_in_words, with_count, with_cut, with_names, with_scale
from crmdesk.domain.policy_ready import READY, pareto
from crmdesk.domain.tier_policy import SHARES, TierPolicy

CHANGES = st.one_of(
    st.tuples(st.just("count"), st.integers(2, 5)),
    st.tuples(st.just("cut"), st.sampled_from(["shares", "quantiles", "limits"])),
    st.tuples(st.just("scale"), st.sampled_from(["value", "points", "intent"])),
)


def _changed(policy: TierPolicy, what: str, value: object) -> TierPolicy:
    if what == "count":
        return with_count(policy, value)
    if what == "scale":
        return with_scale(policy, value)
    offered = policy.scale == "value" or (policy.scale == "points" and value != "shares")
    return with_cut(policy, value) if offered else policy


@given(st.sampled_from([name for name in READY if name != "no_tiers"]), st.lists(CHANGES, max_size=8))
def test_any_way_through_the_page_gives_rules_that_hold(name: str, changes: list[tuple[str, object]]) -> None:
    policy = READY[name]()
    for what, value in changes:
        policy = _changed(policy, what, value)
        assert TierPolicy.from_json(policy.to_json()) == policy
        if what == "count":
            assert len(policy.levels) == value


def test_names_that_are_there_stay_and_letters_are_added() -> None:
    named = with_count(pareto(), 2)
    assert with_count(TierPolicy.from_values({"levels": ["大客户", "其他"], "cuts": [0.8]}), 4).levels == (
        "大客户",
        "其他",
        "A",
        "B",
    )
    assert named.levels == ("A", "B")


@pytest.mark.parametrize("scale", ["value", "points", "intent"])
def test_a_scale_brings_its_own_parts(scale: str) -> None:
    assert with_scale(pareto(), scale).scale == scale


def test_a_sheets_words_become_levels_by_what_its_customers_bring() -> None:
    assert levels_in_words([("银", 9, 500.0), ("金", 3, 900.0), ("铜", 20, 10.0)]) == ("金", "银", "铜")
    assert levels_in_words([("重点", 3, 0.0), ("一般", 9, 0.0)]) == ("重点", "一般")  # the fewest first without money
    assert levels_in_words([("只有一种", 9, 1.0)]) == ()
    assert levels_in_words([(str(number), 1, 1.0) for number in range(6)]) == ()
    named = with_names(with_count(READY["pareto"](), 3), ("金", "银", "铜"))
    assert named.levels == ("金", "银", "铜")
    assert with_names(named, ("大", "小")).cuts == SHARES[2]
