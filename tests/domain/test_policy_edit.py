"""Changing one thing of the rules always gives rules that make sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.policy_edit import with_count, with_cut, with_scale
from crmdesk.domain.policy_ready import READY, pareto
from crmdesk.domain.tier_policy import TierPolicy

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
