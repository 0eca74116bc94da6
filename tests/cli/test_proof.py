"""`crmdesk proof`."""

from __future__ import annotations


def test_nothing_is_claimed_of_three_customers(filled):
    assert filled.json("proof") == []
    assert filled("proof") == 0
    assert "看不出" in filled.out
