"""From the first contact to the first order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.conversion import BOUGHT, CAPTURED, KEY, QUALIFIED, WON_FROM, Lead, Pace, conversion, pace

flags = st.booleans()
leads = st.lists(
    st.builds(
        Lead, st.just(0), flags, flags, flags, flags, st.integers(0, 100), st.integers(0, 100), st.integers(0, 9)
    ),
    max_size=40,
).map(lambda people: [one._replace(customer_id=number) for number, one in enumerate(people, 1)])


@given(leads)
def test_no_level_holds_anybody_whom_the_one_above_does_not(people: list[Lead]) -> None:
    found = conversion(people)
    if found is None:
        return
    for above, below in zip(found.levels, found.levels[1:], strict=False):
        assert set(below.customers) <= set(above.customers)
        assert 0 < below.share <= 1
    assert found.won + found.talking <= found.talked <= len(people)
    assert found.pace is None or (found.pace.days >= 0 and found.pace.won <= found.won)


def won(first: int, order: int, contacts: int) -> Lead:
    return Lead(1, qualified=True, bought=True, key=False, first_contact=first, first_order=order, contacts=contacts)


def test_the_usual_way_is_the_middle_of_those_contacted_before_they_bought() -> None:
    way = [won(10, 10 + days, contacts) for days, contacts in ((4, 1), (9, 2), (12, 3), (20, 4), (200, 9))]
    assert pace(way) == Pace(5, 12, 3)
    assert pace([*way, won(50, 40, 0)]) == Pace(5, 12, 3)  # bought first: no contact won it
    assert pace(way[: WON_FROM - 1]) is None


def test_the_funnel_leaves_out_what_nobody_reached() -> None:
    known = [Lead(n, qualified=n < 8, bought=n < 3, key=False) for n in range(20)]
    found = conversion(known)
    assert found is not None
    assert [(level.code, len(level.customers)) for level in found.levels] == [
        (CAPTURED, 20),
        (QUALIFIED, 8),
        (BOUGHT, 3),
    ]
    assert found.ids(BOUGHT) == (0, 1, 2)
    assert found.ids(KEY) == ()


def test_a_list_where_everybody_or_nobody_bought_has_no_way_to_measure() -> None:
    assert conversion([won(1, 2, 1)] * 20) is None
    assert conversion([Lead(n, qualified=True, bought=False, key=False) for n in range(20)]) is None
    assert conversion([Lead(1, qualified=True, bought=False, key=False), won(1, 2, 1)]) is None
