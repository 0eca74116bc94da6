"""A handful of scores says how it stands; only more of them say where it goes."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.satisfaction import Satisfaction, average, series, trend


def answers(*scores: int) -> list[Satisfaction]:
    return [Satisfaction(1, date(2026, 11, 22), score) for score in scores]


@pytest.mark.parametrize(
    ("newest_first", "goes"), [((1, 2, 5), 0), ((2, 2, 4, 5), -1), ((5, 5, 3, 3), 1), ((4, 4, 4, 4), 0)]
)
def test_where_it_goes(newest_first: tuple[int, ...], goes: int) -> None:
    assert trend(answers(*newest_first)) == goes


def test_the_average_has_one_digit() -> None:
    assert average(answers(5, 4, 4)) == 4.3


def test_everybodys_answers_are_a_series_by_month_once_there_are_enough() -> None:
    asked = [Satisfaction(number, date(2026, 9 + number % 3, 5), 1 + number % 5) for number in range(9)]
    newest_first = sorted(asked, key=lambda one: one.asked_on, reverse=True)
    found = series(newest_first)
    assert found is not None
    assert [(row.month, row.answers) for row in found.rows] == [("2026-09", 3), ("2026-10", 3), ("2026-11", 3)]
    assert (found.answers, found.average) == (9, average(asked))
    assert found.ids("2026-09") == (0, 6, 3)  # the least satisfied first
    assert found.ids("2026-01") == ()
    assert series(newest_first[:7]) is None
    assert series([one for one in newest_first if one.asked_on.month != 9] * 2) is None  # two months are no series
