"""The search index as it is kept."""

from __future__ import annotations

from crmdesk.domain.customer import Customer
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, listing, tiers
from crmdesk.storage import search


def test_a_rebuild_gives_the_same_index(database):
    made = [customers.add_customer(database, Customer(name=f"店{n}", notes="绿茶")).new_id for n in range(3)]
    with database.write("rebuild") as step:
        search.refresh_raw(step.raw, None)
    assert list(listing.customer_ids(database, CustomerQuery(search="绿茶"))) == made


def test_chunks_are_all_taken(database, monkeypatch):
    monkeypatch.setattr(search, "_CHUNK", 2)
    for n in range(5):
        customers.add_customer(database, Customer(name=f"店{n}"))
    with database.write("rebuild") as step:
        search.refresh_raw(step.raw, None)
    assert len(listing.customer_ids(database, CustomerQuery(search="店"))) == 5


def test_new_tiers_for_everyone_leave_the_index_alone(database, monkeypatch):
    customers.add_customer(database, Customer(name="老李"))
    asked = []
    monkeypatch.setattr(search, "refresh_raw", lambda raw, ids: asked.append(ids))
    tiers.recompute(database)
    assert asked == []
