"""Ids: above those before, consecutive, small enough for the file and a Qt signal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.storage.ids import IdSource


@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=20))
def test_ids_only_rise_and_fit(counts: list[int]) -> None:
    source = IdSource()
    last = 0
    for count in counts:
        taken = source.take(count)
        assert len(taken) == count
        assert last < taken[0] <= taken[-1] < 2**63
        last = taken[-1]


def test_two_laptops_do_not_meet() -> None:
    starts = {IdSource().take(1)[0] for _ in range(200)}
    assert len(starts) == 200


def test_a_clock_that_runs_behind_gives_no_id_twice() -> None:
    assert IdSource(above=2**62).take(1)[0] == 2**62 + 1
