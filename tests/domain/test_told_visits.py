"""Cells that tell of several visits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.told_visits import told_visits


def test_each_visit_keeps_its_day():
    assert told_visits("2025-02-07: 更换雷达; 2025/4/11：更换燃油泵") == [
        (date(2025, 2, 7), "更换雷达"),
        (date(2025, 4, 11), "更换燃油泵"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "更换灯泡", "电话: 13800000001", "2025-02-30: 没有这一天", "先来过; 2025-02-07: 更换雷达", "2025-02-07"],
)
def test_anything_else_stays_text(text):
    assert told_visits(text) == []


WORDS = st.text("更换灯泡 abc,，1", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2100, 1, 1)), WORDS), min_size=1))
def test_what_is_written_down_is_read_again(visits):
    assert told_visits("; ".join(f"{day.isoformat()}: {words}" for day, words in visits)) == visits
