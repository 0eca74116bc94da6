"""Who is like whom: planted clusters are found, the unknown is neither like nor unlike, few are refused."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain.look_alike import (
    FEWEST,
    NEAR,
    Odds,
    Traits,
    distances,
    first_steps,
    nearest,
    odds,
    refusal,
    shared,
)

CLUSTERS = (
    (
        {"industry": "餐饮", "source": "扫街", "decides": "老板"},
        ("江苏省", "徐州市", "鼓楼区"),
        3_000,
        "每周要大米和油",
    ),
    (
        {"industry": "便利店", "source": "转介绍", "decides": "老板娘"},
        ("江苏省", "南京市", "玄武区"),
        9_000,
        "要饮料冷柜",
    ),
    (
        {"industry": "学校", "source": "展会", "decides": "采购科"},
        ("浙江省", "杭州市", "西湖区"),
        80_000,
        "食堂招标供货",
    ),
    (
        {"industry": "工厂", "source": "网站", "decides": "采购科"},
        ("上海市", "上海市", "浦东新区"),
        60_000,
        "员工福利礼盒",
    ),
    ({"industry": "超市", "source": "电话", "decides": "店长"}, ("山东省", "济南市", "历下区"), 20_000, "散装粮油促销"),
)
words = st.sampled_from(["", "餐饮", "学校", "工厂"])
traits = st.builds(
    lambda industry, source, budget, needs, city: Traits(
        {"industry": industry, "source": source},
        {"budget": budget},
        ("江苏省", city, "") if city else ("", "", ""),
        needs,
    ),
    words,
    words,
    st.sampled_from([0.0, 100.0, 9_000.0]),
    st.sampled_from(["", "要大米", "要面粉和油"]),
    st.sampled_from(["", "徐州市", "南京市"]),
)


def member(cluster: int, chance: random.Random) -> Traits:
    """A customer of a cluster: each fact is missing once in four times, and another cluster's once in seven."""
    told, region, budget, needs = CLUSTERS[cluster]
    other = CLUSTERS[chance.randrange(len(CLUSTERS))]

    def perhaps(value, strange, nothing):
        return nothing if chance.random() < 0.25 else strange if chance.random() < 0.15 else value

    return Traits(
        {name: perhaps(value, other[0][name], "") for name, value in told.items()},
        {"budget": perhaps(budget, other[2], 0.0) * chance.lognormvariate(0, 0.3)},
        perhaps(region, other[1], ("", "", "")),
        perhaps(needs, other[3], ""),
    )


def test_planted_clusters_are_found():
    """Four of five of the nearest twenty belong to the prospect's own cluster, over 200 prospects."""
    chance = random.Random(1)
    homes = [chance.randrange(len(CLUSTERS)) for _customer in range(400)]
    others = [member(home, chance) for home in homes]
    right = asked = 0
    for _prospect in range(200):
        home = chance.randrange(len(CLUSTERS))
        who = member(home, chance)
        if who.known() < 3:
            continue  # of somebody of whom two things are known one can tell little
        near = nearest(who, others)
        assert len(near.places) == NEAR
        right += sum(homes[place] == home for place in near.places)
        asked += NEAR
    assert asked > 150 * NEAR
    assert right / asked >= 0.8


@settings(max_examples=100, deadline=None)
@given(traits, st.lists(traits, min_size=1, max_size=8))
def test_a_distance_is_a_share_and_nobody_is_nearer_than_oneself(who, others):
    found = distances(who, [who, *others])
    assert np.all((found >= 0) & (found <= 1))
    if who.known():
        full = [other for other in (who, *others) if other.known() == who.known()]
        assert distances(who, [who])[0] <= distances(who, full).min() + 1e-12


@given(traits)
def test_of_whom_nothing_is_known_nobody_is_like(other):
    assert distances(Traits(), [other]).tolist() == [1.0]


def test_nobody_comes_near_by_saying_nothing():
    who = Traits({"industry": "餐饮", "source": "扫街"})
    silent, half, like = Traits(), Traits({"industry": "餐饮"}), Traits({"industry": "餐饮", "source": "扫街"})
    unlike = Traits({"industry": "学校", "source": "展会"})
    assert distances(who, [silent, half, like, unlike]).tolist() == [0.5, 0.25, 0.0, 1.0]


def test_words_are_compared_as_people_mean_them():
    assert distances(Traits({"industry": "ＣＡＦＥ "}), [Traits({"industry": "cafe"})])[0] == 0


def test_a_region_is_near_by_province_and_city():
    who = Traits(region=("江苏省", "徐州市", "鼓楼区"))
    others = [
        Traits(region=region)
        for region in (
            ("江苏省", "徐州市", "鼓楼区"),
            ("江苏省", "徐州市", "云龙区"),
            ("江苏省", "徐州市", ""),
            ("江苏省", "南京市", "鼓楼区"),
            ("浙江省", "", ""),
        )
    ]
    assert distances(who, others) == pytest.approx([0, 1 / 3, 0, 2 / 3, 1])


def test_budgets_are_compared_by_how_many_times_as_much():
    who = Traits(numbers={"budget": 1000.0})
    found = distances(who, [Traits(numbers={"budget": value}) for value in (1000.0, 1100.0, 10_000.0, 100_000.0)])
    assert found[0] == 0
    assert found[1] < 0.03
    assert found[2] == pytest.approx(0.5)
    assert found[3] == 1


def test_needs_are_like_by_what_they_share():
    who = Traits(needs="每周两箱大米")
    near, far = distances(who, [Traits(needs="要大米，每周送"), Traits(needs="冰柜维修")])
    assert near <= 0.5 < far


def test_what_two_have_in_common_is_named():
    who = Traits({"industry": "餐饮", "source": "扫街"}, region=("江苏省", "徐州市", "鼓楼区"), needs="要大米")
    other = Traits({"industry": "餐饮", "source": "展会"}, region=("江苏省", "徐州市", "云龙区"), needs="大米两袋")
    assert shared(who, other) == ("region", "industry", "needs")


def test_too_little_is_refused_with_its_numbers():
    known = Traits({"industry": "餐饮", "source": "扫街"})
    assert refusal(Traits({"industry": "餐饮"}), 1000)[0] == "alike_little_known"
    assert refusal(known, FEWEST - 1) == ("alike_few_customers", FEWEST - 1, FEWEST)
    assert refusal(known, FEWEST) is None


def test_where_nearly_everybody_did_there_is_nothing_to_tell():
    near, known = np.arange(20), np.ones(100, np.bool_)
    assert odds(near, known, np.arange(100) < 97) is None
    assert odds(near, np.arange(100) < 20, np.arange(100) < 10) is None
    assert odds(near, known, np.arange(100) < 25) == Odds(20, 20, 100, 25)


def test_only_those_of_whom_it_is_known_are_counted():
    known = np.arange(100) >= 10
    assert odds(np.arange(20), known, np.arange(100) < 40) == Odds(10, 10, 90, 30)


@pytest.mark.parametrize(("done", "verdict"), [(14, "above"), (9, "same"), (2, "below")])
def test_a_difference_is_told_only_where_it_is_one(done, verdict):
    assert Odds(20, done, 200, 80).verdict() == verdict
    low, high = Odds(20, done, 200, 80).limits()
    assert 0 <= low < done / 20 < high <= 1


def test_the_lift_is_over_everybodys_share():
    assert Odds(20, 14, 200, 70).lift == pytest.approx(2)
    assert Odds(0, 0, 0, 0).lift == 1


def test_first_steps_that_were_taken_often_enough_are_told():
    steps = ["visit"] * 5 + ["call"] * 4 + ["mail"] * 2 + [""] * 3
    done = [True, True, True, False, False, True, False, False, False, True, True, True, True, True]
    assert first_steps(steps, done) == [("visit", 5, 3), ("call", 4, 1)]
