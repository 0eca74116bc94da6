"""Days in cells, by what their column says."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.fields import Field
from crmdesk.excel.cells_days import day_reader
from crmdesk.excel.column import Column

TODAY = date(2026, 11, 22)


def days(field: Field, **options: str | int) -> Column:
    return Column(index=0, letter="A", header="日期", field=field, options={"year": 2026, **options})


@pytest.mark.parametrize("field", [Field.ORDERED_ON, Field.FOLLOW_UP_ON])
@pytest.mark.parametrize(
    ("written", "day"), [("10月初", "2026-10-01"), ("三月初", "2026-03-01"), ("2026年10月初", "2026-10-01")]
)
def test_the_beginning_of_a_month_is_about_its_first(field, written, day):
    assert day_reader(days(field), TODAY)(written)[:2] == ((day, ""), "date_about")


def test_the_next_talk_may_be_at_the_beginning_of_a_month_to_come():
    assert day_reader(days(Field.FOLLOW_UP_ON), TODAY)("12月初")[:2] == (("2026-12-01", ""), "date_about")


def test_a_lunar_day_is_still_read_as_one():
    assert day_reader(days(Field.ORDERED_ON), TODAY)("正月十六")[:2] == (("2026-03-04", ""), "date_lunar")
    assert day_reader(days(Field.ORDERED_ON), TODAY)("腊月三十五").code in ("date_unreadable", "date_impossible")


def test_a_column_of_lunar_days_guesses_none_of_ours():
    lunar = day_reader(days(Field.ORDERED_ON, calendar="lunar"), TODAY)
    assert lunar("10月初") == (None, "date_unreadable", {})
    assert lunar("八月廿五")[1] == "date_lunar"
