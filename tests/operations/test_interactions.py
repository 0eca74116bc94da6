"""Writing down what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import Interaction, InteractionKind, Outcome
from crmdesk.domain.phrase import Refused
from crmdesk.operations import customers, follow_ups, history, interactions
from crmdesk.words.phrases import say

NOW = datetime(2026, 11, 22, 9)


@pytest.fixture
def shop(database) -> int:
    made = customers.add_customer(database, Customer(name="王姐超市")).new_id
    assert made is not None
    return made


def test_one_line_completes_the_follow_up_and_sets_the_next_in_one_step(database, shop):
    due = follow_ups.add_follow_up(database, FollowUp(shop, date(2026, 11, 20), summary="问近况")).new_id
    before = history.logical_dump(database)
    changes = interactions.log_interaction(
        database,
        Interaction(shop, NOW, InteractionKind.WECHAT, Outcome.INTERESTED, "要两箱试试"),
        next_on=date(2026, 12, 6),
        next_summary="送样品",
        completes=due,
        promise=True,
    )
    assert say(changes.name) == "完成跟进 王姐超市"
    assert follow_ups.get_follow_up(database, due).done_on == NOW.date()
    [coming] = follow_ups.list_follow_ups(database, "open")
    assert coming.follow_up.due_on == date(2026, 12, 6)
    assert (coming.follow_up.kind, coming.follow_up.summary) == ("wechat", "送样品")
    assert (coming.follow_up.promise, coming.follow_up.origin) == (True, Origin.PROMISE)
    [said] = interactions.list_interactions(database)
    assert (said.name, said.interaction.summary, said.interaction.id) == ("王姐超市", "要两箱试试", changes.new_id)
    database.undo()
    assert history.logical_dump(database) == before


def test_a_note_leads_to_a_call(database, shop):
    interactions.log_interaction(database, Interaction(shop, NOW, InteractionKind.NOTE), next_on=date(2026, 12, 1))
    assert follow_ups.list_follow_ups(database, "later")[0].follow_up.kind == "call"


def test_the_outcome_stop_also_stops_following(database, shop):
    follow_ups.add_follow_up(database, FollowUp(shop, date(2026, 12, 1)))
    interactions.log_interaction(database, Interaction(shop, NOW, outcome=Outcome.STOP), next_on=date(2026, 12, 24))
    assert follow_ups.list_follow_ups(database, "open") == []
    assert customers.customer_card(database, shop).standing.stopped_on == NOW.date()


def test_an_interaction_can_be_corrected_and_deleted(database, shop):
    interactions.log_interaction(database, Interaction(shop, NOW, summary="一箱"))
    [said] = interactions.list_interactions(database)
    assert not interactions.edit_interaction(database, said.interaction)
    interactions.edit_interaction(database, replace(said.interaction, summary="两箱"))
    assert interactions.list_interactions(database)[0].interaction.summary == "两箱"
    interactions.delete_interaction(database, said.interaction.id)
    assert interactions.list_interactions(database) == []
    with pytest.raises(Refused, match="no_such_interaction"):
        interactions.delete_interaction(database, said.interaction.id)


def test_the_log_is_searched_by_words_and_by_name(database, shop):
    other = customers.add_customer(database, Customer(name="老李烟酒")).new_id
    interactions.log_interaction(database, Interaction(shop, NOW, summary="要 100% 绿茶"))
    interactions.log_interaction(database, Interaction(other, NOW.replace(hour=10), summary="不要"))

    def found(text):
        return [row.name for row in interactions.list_interactions(database, search=text)]

    assert found("") == ["老李烟酒", "王姐超市"]
    assert found("绿茶") == found("王姐 100%") == ["王姐超市"]
    assert found("%") == ["王姐超市"]
    assert found("老李") == ["老李烟酒"]
    assert [row.name for row in interactions.list_interactions(database, limit=1)] == ["老李烟酒"]
    assert [row.name for row in interactions.list_interactions(database, customer=shop)] == ["王姐超市"]


def test_an_unknown_customer_or_follow_up_is_refused(database, shop):
    with pytest.raises(Refused, match="no_such_customer"):
        interactions.log_interaction(database, Interaction(5, NOW))
    with pytest.raises(Refused, match="no_such_follow_up"):
        interactions.log_interaction(database, Interaction(shop, NOW), completes=5)
