"""Cell contents as plain text."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.text import half_width, is_ditto, is_error, plain, says_nothing


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13800138000.0, "13800138000"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (None, ""),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 8, 30, 1, 500), "2024-03-05 08:30:01"),
        ("\u200b张\u3000三\xa0\n", "张 三"),
        ("a_x000D_b", "a b"),
    ],
)
def test_a_cell_as_a_person_would_write_it(cell, text):
    assert plain(cell) == text


def test_marks_of_nothing_and_of_the_row_above():
    assert says_nothing("暂无")
    assert not says_nothing("无锡")
    assert is_ditto("〃")
    assert is_error("#DIV/0!")
    assert is_error("#FORMULA!")
    assert half_width("Ａ１（，") == "A1(,"


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none()))
def test_any_cell_has_a_text(value):
    assert isinstance(plain(value), str)
