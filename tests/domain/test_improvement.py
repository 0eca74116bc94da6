"""Losses before and since a change are counted in windows of the same length, and not before a month has passed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.improvement import LOOKED_AT, TOLD_AFTER, Effect, Improvement, effect_of

TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_only_losses_for_its_own_reason_count() -> None:
    change = Improvement("delivery", ago(60))
    lost = [("delivery", ago(70)), ("delivery", ago(119)), ("delivery", ago(60)), ("price", ago(65))]
    assert effect_of(change, lost, TODAY) == Effect(60, 2, 1)


def test_within_a_month_nothing_is_told() -> None:
    change = Improvement("delivery", ago(TOLD_AFTER - 1))
    assert effect_of(change, [("delivery", ago(40))], TODAY) == Effect()


@given(begun=st.integers(TOLD_AFTER, 900), losses=st.lists(st.integers(0, 1500), max_size=20))
def test_the_windows_are_of_one_length_and_no_loss_stands_in_both(begun: int, losses: list[int]) -> None:
    found = effect_of(Improvement("price", ago(begun)), [("price", ago(age)) for age in losses], TODAY)
    assert found.days == min(begun, LOOKED_AT)
    before = sum(begun < age <= begun + found.days for age in losses)
    since = sum(begun - found.days < age <= begun for age in losses)
    assert (found.before, found.since) == (before, since)
