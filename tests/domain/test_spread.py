"""Spreading follow-ups over days."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.spread import spread_days


def test_sundays_are_left_out_and_saturdays_are_not():
    assert spread_days(5, date(2026, 11, 27), 2) == [
        date(2026, 11, 27),
        date(2026, 11, 27),
        date(2026, 11, 28),
        date(2026, 11, 28),
        date(2026, 11, 30),
    ]


@given(st.integers(0, 300), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_every_follow_up_has_a_day_and_no_day_too_many(count, first, per_day):
    days = spread_days(count, first, per_day)
    assert len(days) == count
    assert days == sorted(days)
    assert all(day >= first and day.weekday() != 6 for day in days)
    assert max(Counter(days).values(), default=0) <= per_day


def test_none_a_day_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        spread_days(1, date(2026, 11, 22), 0)
