"""What sources brought and how customers get to their first order, read from a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crmdesk.domain.conversion import Pace, Underway
from crmdesk.domain.interaction import Interaction
from crmdesk.operations.conversion import conversion, source_yield, underway
from crmdesk.operations.customers import edit_customer
from crmdesk.operations.interactions import log_interaction
from crmdesk.storage.database import Database
from crmdesk.words.conversion import source_note, sources_sentence, talking_sentence, talks_sentence

Fill = Callable[..., list[int]]


def call(database: Database, customer: int, days_ago: int) -> None:
    at = datetime.combine(database.clock.today() - timedelta(days=days_ago), datetime.min.time())
    log_interaction(database, Interaction(customer, at.replace(hour=10), "call", "interested", "问了价"), next_on=None)


def test_sources_are_told_by_what_they_brought(database: Database, fill: Fill) -> None:
    ids = fill(database, [(f"客户{n}", "", [(9, 500), (40, 500)] if n % 3 == 0 else []) for n in range(14)])
    for place, customer in enumerate(ids):
        edit_customer(database, customer, source="转介绍" if place < 6 else "抖音")
    found = source_yield(database)
    assert found is not None
    assert sources_sentence(found) == "抖音带来最多：¥3,000。熟人介绍的占 43%，33% 买了；别的 38% 买了"
    assert [source_note(row) for row in found.rows] == [
        "8 家里 3 家买了，3 家再来 · ¥3,000",
        "6 家里 2 家买了，2 家再来 · ¥2,000",
    ]
    assert found.ids("转介绍,again") == (ids[0], ids[3])


def test_the_way_to_the_first_order_is_measured_from_the_first_contact(database: Database, fill: Fill) -> None:
    ids = fill(database, [(f"客户{n}", "", [(20, 500)] if n < 5 else []) for n in range(12)])
    for customer in ids[:5]:
        call(database, customer, 32)
        call(database, customer, 25)
        call(database, customer, 3)  # after the order: it won nobody
    for customer in ids[5:7]:
        call(database, customer, 8)
    found = conversion(database)
    assert found is not None
    assert [(level.code, len(level.customers)) for level in found.levels[:3]] == [
        ("captured", 12),
        ("qualified", 7),
        ("bought", 5),
    ]
    assert found.pace == Pace(5, 12, 2)
    assert talks_sentence(found) == "先聊后买：7 家里 5 家买了（71%），通常 12 天、2 次联系"
    assert talking_sentence(found) == "2 家还在谈"
    assert underway(database, ids[5]) == Underway(8, 1, Pace(5, 12, 2))
    assert underway(database, ids[0]) is None  # bought
    assert underway(database, ids[11]) is None  # nobody spoke with it
    assert underway(database, 42) is None
