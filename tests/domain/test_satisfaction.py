"""A handful of scores says how it stands; only more of them say where it goes."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.satisfaction import Satisfaction, average, trend


def answers(*scores: int) -> list[Satisfaction]:
    return [Satisfaction(1, date(2026, 11, 22), score) for score in scores]


@pytest.mark.parametrize(
    ("newest_first", "goes"), [((1, 2, 5), 0), ((2, 2, 4, 5), -1), ((5, 5, 3, 3), 1), ((4, 4, 4, 4), 0)]
)
def test_where_it_goes(newest_first: tuple[int, ...], goes: int) -> None:
    assert trend(answers(*newest_first)) == goes


def test_the_average_has_one_digit() -> None:
    assert average(answers(5, 4, 4)) == 4.3
