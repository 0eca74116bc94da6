"""What is due."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.phrase import Refused
from crmdesk.operations import customers, follow_ups, interactions
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def shop(database) -> int:
    made = customers.add_customer(database, Customer(name="王姐超市")).new_id
    assert made is not None
    return made


def due(database, shop, days, **fields) -> int:
    made = follow_ups.add_follow_up(database, FollowUp(shop, TODAY + timedelta(days=days), **fields)).new_id
    assert made is not None
    return made


def ids(database, view) -> list[int]:
    return [row.follow_up.id for row in follow_ups.list_follow_ups(database, view)]


def test_each_follow_up_lies_in_one_view(database, shop):
    late, now, soon, edge, later = (due(database, shop, days) for days in (-3, 0, 1, 7, 8))
    done = due(database, shop, -1)
    follow_ups.complete(database, done, "won", "两箱")
    assert [ids(database, view) for view in ("overdue", "today", "week", "later", "done")] == [
        [late],
        [now],
        [soon, edge],
        [later],
        [done],
    ]
    assert ids(database, "open") == [late, now, soon, edge, later]
    counts = follow_ups.counts(database)
    assert [counts[view] for view in ("overdue", "today", "week", "later", "done", "open", "all")] == [
        1,
        1,
        2,
        1,
        1,
        5,
        6,
    ]


def test_the_hour_is_kept_and_sorts_within_the_day(database, shop):
    late = due(database, shop, 0, due_at=time(15, 30), summary="送样品", promise=True)
    early = due(database, shop, 0, due_at=time(9))
    assert ids(database, "today") == [early, late]
    row = follow_ups.list_follow_ups(database, "today")[1]
    assert (row.name, row.follow_up.due_at, row.follow_up.promise) == ("王姐超市", time(15, 30), True)


def test_completing_saves_interaction_and_next_in_one_step(database, shop):
    first = due(database, shop, -2, kind="visit")
    changes = follow_ups.complete(database, first, "wait", "下月再说", next_on=date(2026, 12, 20))
    [said] = interactions.list_interactions(database)
    assert (said.interaction.kind, said.interaction.outcome) == ("visit", "wait")
    assert len(ids(database, "later")) == 1
    database.undo()
    assert ids(database, "overdue") == [first]
    assert interactions.list_interactions(database) == []
    assert changes.new_id == said.interaction.id


def test_rescheduling_moves_open_ones_only(database, shop):
    one, two = due(database, shop, -2), due(database, shop, 3)
    done = due(database, shop, -5)
    follow_ups.complete(database, done)
    changes = follow_ups.reschedule(database, [one, two, done], TODAY + timedelta(days=3))
    assert say(changes.name) == "改期 王姐超市"
    assert ids(database, "week") == [one, two]
    assert not follow_ups.reschedule(database, [one, two, done], TODAY + timedelta(days=3))


def test_a_pile_is_spread_in_its_order_with_sundays_free(database, shop):
    pile = [due(database, shop, -days) for days in range(1, 6)]
    changes = follow_ups.spread_evenly(database, pile, TODAY, 2)
    assert say(changes.name) == "均匀排开 5 个跟进"
    days = {row.follow_up.id: row.follow_up.due_on.day for row in follow_ups.list_follow_ups(database, "open")}
    assert [days[one] for one in pile] == [23, 23, 24, 24, 25]


def test_stopping_closes_what_is_open_and_can_be_taken_back(database, shop):
    open_one = due(database, shop, 2)
    other = customers.add_customer(database, Customer(name="老李")).new_id
    kept = due(database, other, 2)
    assert say(follow_ups.stop_following(database, [shop]).name) == "不再跟进 王姐超市"
    assert ids(database, "open") == [kept]
    assert customers.customer_card(database, shop).standing.stopped_on == TODAY
    database.undo()
    assert ids(database, "open") == [open_one, kept]
    assert customers.customer_card(database, shop).standing.stopped_on is None


def test_following_again_clears_the_day(database, shop):
    assert not follow_ups.follow_again(database, shop)
    follow_ups.stop_following(database, [shop])
    assert follow_ups.follow_again(database, shop)
    assert customers.customer_card(database, shop).standing.stopped_on is None


def test_a_follow_up_can_be_dropped(database, shop):
    one = due(database, shop, 1)
    follow_ups.delete_follow_up(database, one)
    assert ids(database, "all") == []
    with pytest.raises(Refused, match="no_such_follow_up"):
        follow_ups.delete_follow_up(database, one)
