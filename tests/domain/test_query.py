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
        CustomerQuery(rising=True),
        CustomerQuery(neglected=True),
        CustomerQuery(unprofitable=True),
        CustomerQuery(expected=("30",)),
        CustomerQuery(staying=("unlikely",)),
        CustomerQuery(blocked=("new",)),
        CustomerQuery(regions=(("广东", "", ""),)),
    ],
)
def test_anything_that_narrows_is_a_filter(query):
    assert query.filtered


def test_a_query_names_the_filters_that_are_set_in_the_order_they_are_offered():
    query = CustomerQuery(search="王", tags=("熟客",), rising=True, tiers=("B",), sort=(("tier", True),))
    assert query.narrowed_by == ("tiers", "rising", "tags")
