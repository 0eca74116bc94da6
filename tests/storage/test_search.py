"""The search index as it is kept."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, listing, tiers
from crmdesk.progress import Progress
from crmdesk.storage import journal_close, search
from crmdesk.storage.rows import insert_rows
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
    monkeypatch.setattr(search, "_index", lambda raw, ids, progress: asked.append(ids))
    tiers.recompute(database)
    assert asked == [frozenset()]


def test_where_everyone_is_judged_anew_only_those_that_changed_are_indexed(database, monkeypatch):
    made = [customers.add_customer(database, Customer(name=f"店{n}")).new_id for n in range(3)]
    asked = []
    monkeypatch.setattr(search, "_index", lambda raw, ids, progress: asked.append(ids))
    with database.write("import_sheets") as step:
        step.touch_everybody()
        step.raw.execute("UPDATE customers SET notes = '绿茶' WHERE id = ?", (made[1],))
    assert asked == [{made[1]}]


class Gone(IndexBuilder):
    """A helper that dies at some call."""

    def __init__(self, dies_at: str) -> None:
        super().__init__()
        self._dies_at = dies_at

    def add(self, customers, *, again=False):
        self._live("add")
        super().add(customers, again=again)

    def pages(self):
        yield from list(super().pages())[:1]
        self._live("pages")

    def _live(self, call: str) -> None:
        if call == self._dies_at:
            raise Refused("reader_died")


@pytest.mark.parametrize("dies_at", ["add", "pages"])
def test_whoever_builds_it_may_be_gone(database, dies_at):
    customers.add_customer(database, Customer(name="老李"))
    with database.write("rebuild") as step:
        gone = search.Beside(step.raw, Gone(dies_at), Progress())
        with search.rebuilding(step.raw, gone):
            pass
    assert len(listing.customer_ids(database, CustomerQuery(search="老李"))) == 1


def test_an_index_built_elsewhere_goes_on_as_any_other(database):
    """It is whole by SQLite's own check, and customers come, change and go in it, in the same step and later."""
    made = [customers.add_customer(database, Customer(name=f"店{n}", notes="绿茶")).new_id for n in range(9)]
    with database.write("rebuild") as step:
        with search.rebuilding(step.raw, search.Beside(step.raw, IndexBuilder(), Progress())):
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


@pytest.mark.parametrize("many", [20_000, 0], ids=["some", "all"])
def test_whoever_is_told_early_is_told_again_of_what_changed_since(database, monkeypatch, many):
    monkeypatch.setattr(journal_close, "MANY_CUSTOMERS", many)
    old = customers.add_customer(database, Customer(name="老李", notes="绿茶")).new_id
    with database.write("import_sheets") as step:
        step.touch_everybody()
        ids = step.new_ids(5)
        insert_rows(step.raw, "customers", ("id", "name", "notes"), [(i, f"店{i}", "红茶") for i in ids])
        step.beside = search.Beside(step.raw, IndexBuilder(), Progress())
        step.beside.tell(ids[0], ids[2])
        step.beside.tell(ids[3], ids[4])
        step.raw.execute("UPDATE customers SET notes = '绿茶' WHERE id IN (?, ?)", (ids[1], old))
        insert_rows(step.raw, "contacts", ("id", "customer_id", "name"), [(step.new_id(), ids[4], "小王")])
    assert set(listing.customer_ids(database, CustomerQuery(search="绿茶"))) == {old, ids[1]}
    assert set(listing.customer_ids(database, CustomerQuery(search="红茶"))) == {ids[0], *ids[2:]}
    assert set(listing.customer_ids(database, CustomerQuery(search="小王"))) == {ids[4]}
