"""Pictures are kept once, by their digest, and go when nobody can have them back any more."""

from __future__ import annotations

from datetime import date, timedelta

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.operations import customers, files, history
from crmdesk.storage import photos


def pictures(db):
    with db.raw_read() as raw:
        return [bytes(row[0]) for row in raw.execute("SELECT content FROM photo_contents ORDER BY content")]


def with_photo(db, name, content):
    customers.add_customer(db, Customer(name))
    with db.raw_read() as raw:
        customer = raw.execute("SELECT id FROM customers WHERE name = ?", (name,)).fetchone()[0]
    with db.write("import_sheets", file="a.vcf") as step:
        photos.keep(step, [(customer, None, content)])
    return customer


def days_later(db, days):
    db.clock = Clock(date(2026, 11, 22) + timedelta(days=days))
    files.daily_run(db)


def test_a_picture_lives_as_long_as_its_customer_can_come_back(database):
    wang = with_photo(database, "王姐超市", b"one")
    with_photo(database, "老李粮油", b"two")
    deleted = customers.delete_customers(database, [wang])
    days_later(database, 29)
    assert pictures(database) == [b"one", b"two"]
    history.undo_step(database, deleted.step)
    with database.raw_read() as raw:
        assert photos.shown(raw, wang) == b"one"


def test_a_picture_is_gone_once_the_bin_has_let_its_customer_go(database):
    wang = with_photo(database, "王姐超市", b"one")
    with_photo(database, "老李粮油", b"two")
    customers.delete_customers(database, [wang])
    days_later(database, 31)
    assert pictures(database) == [b"two"]
