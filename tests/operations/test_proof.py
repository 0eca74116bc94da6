"""Which noted facts go with coming again, in a real file."""

from __future__ import annotations

import json
from datetime import date, timedelta

from crmdesk.operations import tiers
from crmdesk.operations.proof import noted_facts
from crmdesk.storage.rows import insert_rows
from crmdesk.words.phrases import say
from crmdesk.words.proof import proof_phrase

TODAY = date(2026, 11, 22)


def fill(database, count: int, *, noted: bool, again: int, ago: int = 300) -> None:
    """So many buyers, of whom every `again`-th came twice; with or without a note on what they need."""
    with database.write("import_sheets", file="test") as step:
        ids = list(step.new_ids(count))
        extra = json.dumps({"客户需求": "大米"}, ensure_ascii=False) if noted else "{}"
        insert_rows(step.raw, "customers", ("id", "name", "extra"), ((key, f"客户{key}", extra) for key in ids))
        rows = []
        for place, key in enumerate(ids):
            days = [ago, ago - 30] if place % again == 0 else [ago]
            rows += [(key, (TODAY - timedelta(days=day)).isoformat(), 1_000_000) for day in days]
        new = step.new_ids(len(rows))
        columns = ("id", "customer_id", "ordered_on", "amount")
        insert_rows(step.raw, "orders", columns, ((key, *row) for key, row in zip(new, rows, strict=True)))
    tiers.recompute(database, "today")


def test_noting_needs_pays_and_says_by_how_much(database):
    fill(database, 60, noted=True, again=2)
    fill(database, 100, noted=False, again=5)
    (proof,) = noted_facts(database)
    assert (proof.fact, proof.with_done, proof.with_all) == ("needs", 30, 60)
    assert say(proof_phrase(proof)) == "记了需求的客户复购 50%（60 家），没记的 20%（100 家）"


def test_who_had_no_time_to_come_again_is_not_counted(database):
    fill(database, 60, noted=True, again=2, ago=100)
    fill(database, 100, noted=False, again=5)
    assert noted_facts(database) == ()


def test_needs_that_the_salesperson_judged_count_as_noted(database):
    fill(database, 60, noted=False, again=2)
    with database.write("import_sheets", file="test") as step:
        owners = [owner for (owner,) in step.raw.execute("SELECT id FROM customers").fetchall()]
        rows = ((key, owner, "needs", "2026-01-01") for key, owner in zip(step.new_ids(60), owners, strict=True))
        insert_rows(step.raw, "estimates", ("id", "customer_id", "kind", "made_on"), rows)
    fill(database, 100, noted=False, again=5)
    assert [proof.fact for proof in noted_facts(database)] == ["needs"]


def test_an_empty_file_proves_nothing(database):
    assert noted_facts(database) == ()
