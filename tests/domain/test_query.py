"""What the list is asked."""

from __future__ import annotations

import pytest

from crmdesk.domain.query import CustomerQuery


def test_the_whole_list_is_not_filtered():
    assert not CustomerQuery(search="  ", sort=(("tier", True),)).filtered


@pytest.mark.parametrize(
    "query",
    [
        CustomerQuery(search="王"),
        CustomerQuery(tiers=("",)),
        CustomerQuery(quiet=True),
        CustomerQuery(no_contact=True),
        CustomerQuery(ids=()),
        CustomerQuery(regions=(("广东", "", ""),)),
    ],
)
def test_anything_that_narrows_is_a_filter(query):
    assert query.filtered
