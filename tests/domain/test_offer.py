"""An offer is open, was used in time, or lapsed; its reminder comes before its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.offer import CAME, LAPSED, OPEN, Offer, judged, rate_of, rates, reminder_on, state_of

TODAY = date(2026, 11, 22)
OFFER = Offer(7, "满 500 减 50", TODAY - timedelta(days=10), TODAY + timedelta(days=8))
A_DAY = timedelta(days=1)


def test_only_a_purchase_within_its_time_used_it() -> None:
    assert state_of(OFFER, [OFFER.given_on - A_DAY], TODAY).state == OPEN
    assert state_of(OFFER, [OFFER.last], OFFER.last).came_on == OFFER.last
    assert state_of(OFFER, [OFFER.last + A_DAY], OFFER.last + A_DAY).state == LAPSED
    assert state_of(replace(OFFER, until=None), [], OFFER.given_on + timedelta(days=91)).state == LAPSED


def test_one_speaks_of_it_once_more_three_days_before_its_end() -> None:
    assert reminder_on(state_of(OFFER, [], TODAY), TODAY) == TODAY + timedelta(days=5)
    near = replace(OFFER, until=TODAY + A_DAY)
    assert reminder_on(state_of(near, [], TODAY), TODAY) == TODAY
    for silent in (replace(OFFER, until=None), replace(OFFER, until=TODAY + timedelta(days=90))):
        assert reminder_on(state_of(silent, [], TODAY), TODAY) is None
    assert reminder_on(state_of(OFFER, [TODAY], TODAY), TODAY) is None
    assert reminder_on(state_of(near, [], TODAY + timedelta(days=2)), TODAY + timedelta(days=2)) is None


def test_offers_of_the_same_words_are_counted_together_and_open_ones_for_nothing() -> None:
    over = replace(OFFER, until=TODAY - A_DAY)
    made = (over, replace(over, customer_id=8, text="满 500  减 50"), OFFER, replace(over, customer_id=9, text="样品"))
    found = rates(judged(made, {8: [TODAY - timedelta(days=5)]}, TODAY))
    first = rate_of(found, "满 500 减 50")
    assert (first.decided, first.came, first.still) == (2, 1, 1)
    assert rate_of(found, "没说过").decided == 0


DAYS = st.integers(-60, 60).map(lambda ahead: TODAY + timedelta(days=ahead))


@given(DAYS, st.none() | DAYS, st.lists(DAYS, max_size=5))
def test_an_offer_is_asked_about_only_while_it_can_be_used(
    given_on: date, until: date | None, bought: list[date]
) -> None:
    state = state_of(Offer(7, "x", given_on, until), sorted(bought), TODAY)
    on = reminder_on(state, TODAY)
    assert on is None or (state.state == OPEN and until is not None and TODAY <= on <= until)
    assert (state.state == CAME) == (state.came_on is not None)
