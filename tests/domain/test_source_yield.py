"""What each source brought."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.source_yield import BROUGHT, CUSTOMERS_FROM, OTHERS, SHOWN, Came, source_yield

some = st.lists(
    st.builds(
        lambda source, by, days, money: Came(0, source, by, days, money, bool(days or money)),
        st.sampled_from(["", "抖音", "抖 音", "展会", "转介绍", "网站", "Website", "WEBSITE"]),
        st.sampled_from(["", "", "张姐"]),
        st.none() | st.integers(0, 5),
        st.none() | st.integers(0, 10**9),
    ),
    max_size=60,
).map(lambda people: [one._replace(customer_id=number) for number, one in enumerate(people, 1)])


@given(some)
def test_everybody_with_a_source_stands_in_one_row(people: list[Came]) -> None:
    found = source_yield(people)
    if found is None:
        return
    everybody = [customer for row in found.rows for customer in row.came]
    assert len(everybody) == len(set(everybody)) == found.customers
    assert found.customers + found.unknown == len(people)
    assert found.referred.came + found.others.came == found.customers
    for row in found.rows:
        assert set(row.again) <= set(row.bought) <= set(row.came)
        assert found.ids(row.key) == row.came or row not in found.shown()


def customers(count: int, source: str, *, bought: int, first: int = 1, by: str = "") -> list[Came]:
    return [Came(first + n, source, by, 2 * (n < bought), 1000 * (n < bought), n < bought) for n in range(count)]


def test_a_source_is_one_however_it_is_written() -> None:
    people = [*customers(6, "Website", bought=2), *customers(4, "ＷＥＢＳＩＴＥ", bought=1, first=10)]
    found = source_yield([*people, *customers(3, "展会", bought=3, first=20)])
    assert found is not None
    assert [(row.source, len(row.came)) for row in found.rows] == [("Website", 10), ("展会", 3)]
    assert found.ids("website,bought") == (1, 2, 10)


def test_referrals_are_held_against_the_rest_only_where_both_are_enough() -> None:
    brought = customers(6, "", bought=5, by="张姐")
    found = source_yield([*brought, *customers(10, "抖音", bought=3, first=20)])
    assert found is not None
    assert found.compares
    assert (round(found.referred.rate, 2), found.others.rate) == (0.83, 0.3)
    assert found.rows[0].key == BROUGHT
    few = source_yield([*brought[:4], *customers(10, "抖音", bought=3, first=20)])
    assert few is not None
    assert not few.compares


def test_few_customers_one_source_or_no_buyer_say_nothing() -> None:
    assert (
        source_yield(customers(CUSTOMERS_FROM - 3, "抖音", bought=2) + customers(2, "展会", bought=1, first=50)) is None
    )
    assert source_yield(customers(30, "抖音", bought=9)) is None
    assert source_yield(customers(30, "抖音", bought=0) + customers(30, "展会", bought=0, first=50)) is None


def test_many_small_sources_are_one_row_that_still_opens() -> None:
    people = [one for n in range(15) for one in customers(3, f"渠道{n}", bought=1, first=10 * n + 1)]
    found = source_yield(people)
    assert found is not None
    assert (len(found.shown()), found.shown()[-1].key) == (SHOWN + 1, OTHERS)
    assert len(found.ids(OTHERS)) == 3 * 7
    assert len(found.ids(f"{OTHERS},bought")) == 7
