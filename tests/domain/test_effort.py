"""What won and kept customers took: only where there is enough to speak of."""

from __future__ import annotations

from crmdesk.domain.effort import KEPT, VAIN, WON, effort_of

YUAN = 10_000


def group(count: int, visits: int = 1, contacts: int = 3, discount: int = 0, first: int = 0):
    return [(first + one, visits, contacts, discount * YUAN, 500 * YUAN) for one in range(count)]


def test_each_group_has_its_contacts_and_discounts_per_customer():
    found = effort_of({WON: group(6, discount=20), KEPT: group(10, visits=2, first=100), VAIN: group(2, first=900)})
    assert [row.group for row in found.rows] == [WON, KEPT]  # two customers in vain tell nothing
    won, kept = found.rows
    assert (won.customers, won.visits_each, won.contacts_each, won.discount_each) == (6, 1, 3, 20 * YUAN)
    assert (kept.customers, kept.visits_each, kept.discount_each) == (10, 2, 0)
    assert found.ids(WON) == tuple(range(6))
    assert found.ids(VAIN) == ()


def test_without_contacts_or_without_anybody_won_nothing_is_told():
    assert effort_of({WON: group(6, visits=0, contacts=0)}) is None
    assert effort_of({VAIN: group(9)}) is None
    assert effort_of({}) is None
