"""Tables of tiers then and now, and of potential by tier."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.lifecycle_moves import tier_moves, value_potential

THEN, NOW = date(2026, 5, 26), date(2026, 11, 22)


def test_up_is_towards_the_first_level() -> None:
    pairs = [(1, "B", "A"), (2, "A", "C"), (3, "B", "B"), (4, "", "C"), (5, "C", "B")]
    found = tier_moves(pairs, ("A", "B", "C"), THEN, NOW, told=True)
    assert found is not None
    assert (found.up, found.down) == (2, 1)
    assert found.rows == ("A", "B", "C", "")
    assert found.columns == ("A", "B", "C")
    assert found.ids("A,C") == (2,)
    assert found.ids(",C") == (4,)


def test_where_nobody_moved_there_is_no_table() -> None:
    assert tier_moves([(1, "B", "B"), (2, "", "A")], ("A", "B"), THEN, NOW, told=True) is None


def test_high_potentials_below_the_best_tier_are_counted() -> None:
    pairs = [(number, "high" if number < 6 else "low", "A" if number % 3 == 0 else "B") for number in range(12)]
    found = value_potential(pairs, ("A", "B"))
    assert found is not None
    assert (found.hidden, found.noted) == (4, 12)
    assert found.count("high", "A") == 2


def test_a_few_potentials_are_no_map() -> None:
    assert value_potential([(1, "high", "A")] * 9, ("A", "B")) is None
