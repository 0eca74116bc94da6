"""Losses before and since a change are counted in windows of the same length, and not before a month has passed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.improvement import (
    LOOKED_AT,
    TOLD_AFTER,
    Effect,
    Improvement,
    Lost,
    effect_of,
    next_to_improve,
    still_gone,
)

TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_only_losses_for_its_own_reason_count() -> None:
    change = Improvement("delivery", ago(60))
    lost = [
        Lost("delivery", ago(70), money=300),
        Lost("delivery", ago(119), money=50),
        Lost("delivery", ago(60), money=20),
        Lost("price", ago(65)),
    ]
    assert effect_of(change, lost, TODAY) == Effect(60, 2, 1, (350, 20), (1, 0))


def test_within_a_month_nothing_is_told() -> None:
    change = Improvement("delivery", ago(TOLD_AFTER - 1))
    assert effect_of(change, [Lost("delivery", ago(40))], TODAY) == Effect()


@given(begun=st.integers(TOLD_AFTER, 900), losses=st.lists(st.integers(0, 1500), max_size=20))
def test_the_windows_are_of_one_length_and_no_loss_stands_in_both(begun: int, losses: list[int]) -> None:
    found = effect_of(Improvement("price", ago(begun)), [Lost("price", ago(age)) for age in losses], TODAY)
    assert found.days == min(begun, LOOKED_AT)
    before = sum(begun < age <= begun + found.days for age in losses)
    since = sum(begun - found.days < age <= begun for age in losses)
    assert (found.before, found.since) == (before, since)


def test_it_is_news_to_those_who_left_for_it_before_and_did_not_come_back() -> None:
    change = Improvement("delivery", ago(60))
    lost = [
        Lost("delivery", ago(70), 1, 300),
        Lost("delivery", ago(90), 2, 900),
        Lost("delivery", ago(80), 3, 500, back=True),
        Lost("delivery", ago(10), 4, 700),
        Lost("price", ago(70), 5, 700),
    ]
    assert still_gone(change, lost) == (2, 1)


def test_the_reason_that_costs_most_and_that_nobody_touched_is_next() -> None:
    lost = [Lost("price", ago(20), one, 100) for one in range(4)] + [Lost("delivery", ago(30), 9, 150)]
    assert next_to_improve(lost[:4], [], TODAY) is None  # too few are noted
    assert next_to_improve(lost, [], TODAY) == Lost("price", TODAY, 4, 400)
    assert next_to_improve(lost, [Improvement("price", ago(5))], TODAY) == Lost("delivery", TODAY, 1, 150)
    assert next_to_improve(lost, [Improvement("price", ago(5)), Improvement("delivery", ago(5))], TODAY) is None
    assert next_to_improve(lost, [Improvement("price", ago(400))], TODAY) == Lost("price", TODAY, 4, 400)
