"""What was said in a talk is kept with its day, settled, moved by a merge, and taken back by undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.phrase import Refused
from crmdesk.domain.talk import NEEDS, OBJECTION, OFFER, PAIN, Talk
from crmdesk.operations.customers import add_customer, customer_card, delete_customers, get_customer
from crmdesk.operations.duplicates import merge
from crmdesk.operations.first_contact import first_contact, keep_first_contact
from crmdesk.operations.history import logical_dump
from crmdesk.operations.listing import find_customers
from crmdesk.operations.passports import estimate
from crmdesk.operations.talks import change_talk, delete_talk, known_needs, note_talks, settle_talk, talks_of
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say

DAY = date(2026, 11, 10)


@pytest.fixture
def customer(database: Database) -> int:
    made = add_customer(database, Customer(name="王姐超市")).new_id
    assert made is not None
    return made


def said(customer: int) -> tuple[Talk, ...]:
    return (
        Talk(customer, NEEDS, DAY, "每周 20 箱"),
        Talk(customer, PAIN, DAY, "现在的老断货"),
        Talk(customer, OFFER, DAY, "首单九折", 5000 * MONEY_UNIT),
        Talk(customer, OBJECTION, DAY, " "),
    )


def test_what_was_said_is_one_step_and_nothing_is_none(database: Database, customer: int) -> None:
    before = logical_dump(database)
    assert not note_talks(database, customer, [Talk(customer, OBJECTION, DAY, "")])
    changes = note_talks(database, customer, said(customer))
    assert say(changes.name) == "记 王姐超市 的洽谈"
    found = talks_of(database, customer)
    assert [(one.kind, one.text, one.amount) for one in found] == [
        (NEEDS, "每周 20 箱", None),
        (PAIN, "现在的老断货", None),
        (OFFER, "首单九折", 5000 * MONEY_UNIT),
    ]
    database.undo()
    assert logical_dump(database) == before
    database.redo()
    assert talks_of(database, customer) == found


def test_who_was_made_an_offer_is_in_talks_and_is_found_by_its_words(database: Database, customer: int) -> None:
    note_talks(database, customer, said(customer)[1:])
    card = customer_card(database, customer)
    assert card.figures.stage == "in_talks"
    told = [(entry.detail, entry.on) for entry in card.timeline if entry.kind == "talk"]
    assert sorted(told) == [(OFFER, DAY), (PAIN, DAY)]
    assert [match.customer_id for match in find_customers(database, "断货", 5)] == [customer]
    database.undo()
    assert customer_card(database, customer).figures.stage == "prospect"


def test_the_needs_are_those_of_the_first_talk_and_count_for_tiers(database: Database, customer: int) -> None:
    told = first_contact(database, customer)
    keep_first_contact(database, customer, type(told)({"needs": "每月 5 箱"}))
    assert known_needs(database, customer) == Talk(customer, NEEDS, database.clock.today(), "每月 5 箱")
    note_talks(database, customer, said(customer)[:1])
    assert known_needs(database, customer) == Talk(customer, NEEDS, DAY, "每周 20 箱")
    assert first_contact(database, customer).answers["needs"] == "每周 20 箱"
    assert "每周 20 箱" in get_customer(database, customer).extra.values()
    with database.raw_read() as raw:
        kept = raw.execute("SELECT reason FROM estimates WHERE kind = 'needs' ORDER BY id").fetchall()
    assert kept == [("每月 5 箱",), ("每周 20 箱",)]
    assert not note_talks(database, customer, said(customer)[:1])  # said again: nothing new


def test_needs_that_are_emptied_stay_empty_and_undo_brings_them_back(database: Database, customer: int) -> None:
    for text in ("每月 5 箱", "每周 20 箱"):
        note_talks(database, customer, [Talk(customer, NEEDS, DAY, text)])
    estimate(database, customer, NEEDS, "high", reason="过年要备货")
    before = logical_dump(database)
    for empty in (lambda: note_talks(database, customer, [Talk(customer, NEEDS, DAY, " ")]), lambda: forget(database)):
        empty()
        assert known_needs(database, customer) is None
        assert talks_of(database, customer) == ()
        with database.raw_read() as raw:
            kept = raw.execute("SELECT level, reason FROM estimates WHERE kind = 'needs'").fetchall()
        assert kept == [("high", "")]  # a level that was chosen is no words
        database.undo()
        assert logical_dump(database) == before


def forget(database: Database) -> None:
    (customer,) = (match.customer_id for match in find_customers(database, "王姐超市", 5))
    told = first_contact(database, customer)
    keep_first_contact(database, customer, replace(told, answers=told.answers | {"needs": ""}))


def test_an_objection_is_settled_changed_and_deleted(database: Database, customer: int) -> None:
    note_talks(database, customer, [Talk(customer, OBJECTION, DAY, "嫌贵")])
    before = logical_dump(database)
    one = talks_of(database, customer)[0]
    settle_talk(database, one.id, "让了 5%")
    settled = talks_of(database, customer)[0]
    assert (settled.open, settled.answer, settled.settled_on) == (False, "让了 5%", database.clock.today())
    change_talk(database, Talk(customer, OBJECTION, DAY, "嫌运费贵", id=one.id))
    assert talks_of(database, customer)[0].text == "嫌运费贵"
    delete_talk(database, one.id)
    assert talks_of(database, customer) == ()
    with pytest.raises(Refused):
        settle_talk(database, one.id)
    for _ in range(3):
        database.undo()
    assert logical_dump(database) == before


def test_talks_go_along_with_a_merge_and_into_the_bin(database: Database, customer: int) -> None:
    note_talks(database, customer, said(customer)[1:])
    keep = add_customer(database, Customer(name="王姐")).new_id
    assert keep is not None
    before = logical_dump(database)
    merge(database, keep, customer)
    assert {one.kind for one in talks_of(database, keep)} == {PAIN, OFFER}
    database.undo()
    assert logical_dump(database) == before
    delete_customers(database, [customer])
    database.undo()
    assert logical_dump(database) == before


def test_words_of_no_known_kind_are_a_mistake_of_the_program(database: Database, customer: int) -> None:
    with pytest.raises(ValueError, match="needs, pain, offer, objection"):
        note_talks(database, customer, [Talk(customer, "gossip", DAY, "x")])
