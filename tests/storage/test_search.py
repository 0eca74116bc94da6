"""The search index as it is kept."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, listing, tiers
from crmdesk.storage import search
from crmdesk.storage.search_index import IndexBuilder


def test_a_rebuild_gives_the_same_index(database):
    made = [customers.add_customer(database, Customer(name=f"店{n}", notes="绿茶")).new_id for n in range(3)]
    with database.write("rebuild") as step, search.rebuilding(step.raw):
        pass
    assert list(listing.customer_ids(database, CustomerQuery(search="绿茶"))) == made


def test_chunks_are_all_taken(database, monkeypatch):
    monkeypatch.setattr(search, "_CHUNK", 2)
    for n in range(5):
        customers.add_customer(database, Customer(name=f"店{n}"))
    with database.write("rebuild") as step, search.rebuilding(step.raw):
        pass
    assert len(listing.customer_ids(database, CustomerQuery(search="店"))) == 5


def test_new_tiers_for_everyone_leave_the_index_alone(database, monkeypatch):
    customers.add_customer(database, Customer(name="老李"))
    asked = []
    monkeypatch.setattr(search, "rebuilding", lambda *asked_for: asked.append(asked_for))
    tiers.recompute(database)
    assert asked == []


class Gone(IndexBuilder):
    """A helper that dies at some call."""

    def __init__(self, dies_at: str) -> None:
        super().__init__()
        self._dies_at = dies_at

    def add(self, customers):
        self._live("add")
        super().add(customers)

    def pages(self):
        yield from list(super().pages())[:1]
        self._live("pages")

    def _live(self, call: str) -> None:
        if call == self._dies_at:
            raise Refused("reader_died")


@pytest.mark.parametrize("dies_at", ["add", "pages"])
def test_whoever_builds_it_may_be_gone(database, dies_at):
    customers.add_customer(database, Customer(name="老李"))
    with database.write("rebuild") as step, search.rebuilding(step.raw, Gone(dies_at)):
        pass
    assert len(listing.customer_ids(database, CustomerQuery(search="老李"))) == 1


def test_an_index_built_elsewhere_goes_on_as_any_other(database):
    """It is whole by SQLite's own check, and customers come, change and go in it, in the same step and later."""
    made = [customers.add_customer(database, Customer(name=f"店{n}", notes="绿茶")).new_id for n in range(9)]
    with database.write("rebuild") as step:
        with search.rebuilding(step.raw, IndexBuilder()):
            pass
        step.raw.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        step.raw.execute("DELETE FROM search WHERE rowid = ?", (made[0],))
        step.raw.execute("INSERT INTO search (rowid, words) VALUES (1, '绿茶')")
        found = step.raw.execute("SELECT rowid FROM search WHERE search MATCH '绿茶' ORDER BY rowid").fetchall()
        assert [row[0] for row in found] == [1, *made[1:]]
        step.raw.execute("INSERT INTO search (search) VALUES ('optimize')")
        step.raw.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    database.undo()
    assert listing.customer_ids(database, CustomerQuery(search="绿茶"))
