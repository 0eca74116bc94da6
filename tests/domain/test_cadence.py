"""Contacts are spread: every customer in its time, never more a day than one can do."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.cadence import Wish, first_contact_on, least_contact, schedule, steps_of, working_days
from crmdesk.domain.stage import Stage

TODAY = date(2026, 11, 22)  # a Sunday


def test_every_tier_has_a_least_contact_and_better_ones_a_closer_one() -> None:
    for levels in range(2, 6):
        steps = [least_contact(rank, steps_of((), levels), Stage.ACTIVE) for rank in range(levels)]
        assert steps == sorted(steps)
        assert steps[0] == 30
    assert least_contact(None, steps_of((), 4), Stage.PROSPECT) == 60
    assert least_contact(3, steps_of((), 4), Stage.IN_TALKS) == 14
    assert least_contact(7, steps_of((), 4), Stage.ACTIVE) == 180  # the user's own level beside the policy's


def test_the_rules_may_say_how_often_and_without_tiers_everybody_is_alike() -> None:
    assert least_contact(1, steps_of((7, 21, 60), 3), Stage.ACTIVE) == 21
    assert least_contact(None, steps_of((), 0), Stage.ACTIVE) == 60


def test_a_freshly_imported_list_is_spread_over_weeks() -> None:
    start = 912279278279498752
    days = Counter(first_contact_on(start + place, TODAY, 60) for place in range(188))
    assert min(days) > TODAY
    assert len(days) > 45
    assert max(days.values()) <= 10
    assert days == Counter(first_contact_on(start + place, TODAY, 60) for place in range(188))


def test_the_important_ones_get_the_first_free_day() -> None:
    wishes = [Wish(number, TODAY, (number, 0), "cadence") for number in (3, 1, 2)]
    days = [TODAY, TODAY + timedelta(days=1)]
    assert schedule(wishes, {TODAY: 1}, days, cap=2) == {1: days[0], 2: days[1], 3: days[1]}


def test_sundays_stay_free_but_today_counts() -> None:
    days = working_days(TODAY, 15)
    assert days[0] == TODAY
    assert all(day.weekday() != 6 for day in days[1:])
    assert len(days) == 13


wishes = st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 6)), max_size=80).map(
    lambda rows: [
        Wish(number, TODAY + timedelta(days=ahead), (order, 0), "cadence") for number, (ahead, order) in enumerate(rows)
    ]
)


@given(wishes, st.integers(0, 8), st.dictionaries(st.integers(0, 27), st.integers(0, 12), max_size=10))
def test_no_day_is_overfull_and_nobody_comes_too_early(some: list[Wish], cap: int, load: dict[int, int]) -> None:
    taken = {TODAY + timedelta(days=ahead): count for ahead, count in load.items()}
    days = working_days(TODAY, 28)
    given_days = schedule(some, taken, days, cap)
    for day, count in Counter(given_days.values()).items():
        assert day in days
        assert count <= max(cap - taken.get(day, 0), 0)
    wanted = {wish.customer_id: wish.wanted_on for wish in some}
    assert all(day >= wanted[customer] for customer, day in given_days.items())
