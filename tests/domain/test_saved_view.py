"""A view's query survives being kept as JSON, whatever it narrows."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.saved_view import query_from_plain, query_to_plain

texts = st.text(max_size=8)
some = st.lists(texts, max_size=3).map(tuple)
queries = st.builds(
    CustomerQuery,
    search=texts,
    tiers=some,
    stages=some,
    regions=st.lists(st.tuples(texts, texts, texts), max_size=2).map(tuple),
    intents=some,
    tags=some,
    quiet=st.booleans(),
    no_contact=st.booleans(),
    rising=st.booleans(),
    neglected=st.booleans(),
    unprofitable=st.booleans(),
    expected=some,
    staying=some,
    blocked=some,
    ids=st.none(),
    sort=st.lists(st.tuples(texts, st.booleans()), min_size=1, max_size=3).map(tuple),
)


@given(queries)
def test_a_query_comes_back_as_it_was_kept(query: CustomerQuery) -> None:
    assert query_from_plain(json.loads(json.dumps(query_to_plain(query)))) == query


def test_single_customers_are_not_kept_for_they_come_and_go() -> None:
    assert query_from_plain(query_to_plain(CustomerQuery(ids=(1, 2)))) == CustomerQuery()


def test_what_a_newer_version_added_is_left_out() -> None:
    assert query_from_plain({"search": "王", "moon": True}) == CustomerQuery(search="王")
