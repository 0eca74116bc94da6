"""An attempt to win a customer back is judged by the orders after it, and by nothing before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.win_back import GONE, METHODS, WAIT_DAYS, WAITING, WON, WinBack, outcomes, rates

TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def states(attempts: list[WinBack], bought: dict[int, list[date]]) -> list[str]:
    found = outcomes(attempts, bought, TODAY)
    return [found[attempt.id][1].state for attempt in attempts]


def test_an_order_after_it_wins_and_one_before_it_does_not() -> None:
    attempts = [WinBack(1, ago(20), id=1), WinBack(2, ago(20), id=2)]
    assert states(attempts, {1: [ago(30), ago(3)], 2: [ago(30)]}) == [WON, WAITING]


def test_after_a_season_without_an_order_it_did_not_work() -> None:
    attempt = [WinBack(1, ago(WAIT_DAYS + 1), id=1)]
    assert states(attempt, {}) == [GONE]
    assert states(attempt, {1: [TODAY]}) == [GONE]  # too late to be owed to it
    assert states([WinBack(1, ago(WAIT_DAYS), id=1)], {}) == [WAITING]


def test_an_order_belongs_to_the_last_attempt_before_it() -> None:
    attempts = [WinBack(1, ago(40), "call", id=1), WinBack(1, ago(20), "visit", id=2)]
    assert states(attempts, {1: [ago(10)]}) == [GONE, WON]
    assert states(attempts, {1: [ago(30)]}) == [WON, WAITING]


def test_ones_own_word_stands_above_the_orders() -> None:
    assert states([WinBack(1, ago(20), result=GONE, id=1)], {1: [ago(3)]}) == [GONE]
    assert states([WinBack(1, ago(20), result=WON, id=1)], {}) == [WON]


def test_a_rate_counts_what_is_decided_and_names_what_is_waited_for() -> None:
    attempts = [WinBack(n, ago(20), "visit", "满 500 减 50" if n < 2 else "", id=n) for n in range(1, 5)]
    attempts.append(WinBack(9, ago(120), "call", id=9))
    found = rates(outcomes(attempts, {1: [ago(1)], 2: [ago(1)], 3: [ago(1)]}, TODAY).values())
    assert [(row.method, row.tried, row.won, row.waiting) for row in found.rows] == [
        ("visit", 3, 3, 1),
        ("call", 1, 0, 0),
    ]
    assert (found.with_offer.tried, found.without.tried, found.without.won) == (1, 3, 2)
    assert found.best is None  # three are an anecdote
    assert set(found.ids("visit")) == {1, 2, 3, 4}


def test_one_replaced_on_its_own_day_is_no_attempt_unless_the_user_says_so() -> None:
    attempts = [WinBack(1, ago(20), "call", id=1), WinBack(1, ago(20), "visit", id=2)]
    found = rates(outcomes(attempts, {1: [ago(10)]}, TODAY).values())
    assert [(row.method, row.tried, row.won) for row in found.rows] == [("visit", 1, 1)]
    assert found.ids("call") == ()
    attempts[0] = replace(attempts[0], result=GONE)
    assert rates(outcomes(attempts, {}, TODAY).values()).rate("call").tried == 1


DAYS = st.integers(0, 400)


@given(
    attempts=st.lists(st.tuples(st.integers(1, 3), DAYS, st.sampled_from(METHODS)), max_size=8),
    bought=st.lists(st.tuples(st.integers(1, 3), DAYS), max_size=8),
)
def test_no_order_is_counted_for_two_attempts(
    attempts: list[tuple[int, int, str]], bought: list[tuple[int, int]]
) -> None:
    made = [WinBack(who, ago(days), method, id=n) for n, (who, days, method) in enumerate(attempts, 1)]
    days = {who: sorted({ago(age) for owner, age in bought if owner == who}) for who in (1, 2, 3)}
    found = outcomes(made, days, TODAY).values()
    won = [(attempt.customer_id, outcome.came_on) for attempt, outcome in found if outcome.state == WON]
    assert len(won) == len(set(won))
    told = rates(found)
    assert told.won == len(won)
    assert told.tried + sum(row.waiting for row in told.rows) == len({(one.customer_id, one.begun_on) for one in made})
    assert told.with_offer.tried + told.without.tried == told.tried
