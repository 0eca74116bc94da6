"""Folding traditional characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.simplified import simplified


def test_traditional_characters_become_simplified():
    assert simplified("張偉的豐盛鄰居") == "张伟的丰盛邻居"


@given(st.text())
def test_length_stays_and_folding_twice_changes_nothing(text):
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once
