"""Many values in one statement."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.storage.batches import batches


@given(st.lists(st.integers()), st.integers(1, 7))
def test_every_value_comes_once_and_in_order_and_no_batch_is_too_large(values, size):
    found = list(batches(values, size))
    assert [value for batch in found for value in batch] == values
    assert all(0 < len(batch) <= size for batch in found)


def test_an_endless_source_is_only_taken_from_as_far_as_asked():
    coming = count()
    assert next(batches(coming, 3)) == [0, 1, 2]
    assert next(coming) == 3
