"""An upgrade happens on a copy, and whatever goes wrong leaves the old file as it was."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as Raw

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.storage import database as module
from crmdesk.storage import migrations, rows, schema
from crmdesk.storage.backup import backups_of
from crmdesk.storage.database import Database, open_database
from crmdesk.storage.database_header import SCHEMA_VERSION, read_header
from crmdesk.storage.migrations import MIGRATIONS, migrate

NEXT = SCHEMA_VERSION + 1


def rebuild_customers(raw: Raw) -> None:
    """What most migrations have to do: a table is made anew, its rows moved, the old one dropped."""
    columns = [row[1] for row in raw.execute("PRAGMA table_info(customers)").fetchall()]
    made = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'customers'").fetchone()[0]
    raw.execute(made.replace("customers", "customers_new", 1).replace("name TEXT", "nickname TEXT, name TEXT", 1))
    raw.execute(f"INSERT INTO customers_new ({', '.join(columns)}) SELECT {', '.join(columns)} FROM customers")
    raw.execute("DROP TABLE customers")
    raw.execute("ALTER TABLE customers_new RENAME TO customers")


@pytest.fixture
def old_file(database: Database, path: Path) -> Path:
    with database.write("set_up") as step:
        for number in range(20):
            row = rows.insert(step, schema.customers, name=f"客户{number}")
            rows.insert(step, schema.orders, customer_id=row, amount=number)
    database.close()
    return path


def count(path: Path, table: str) -> int:
    with closing(module.connect(path, writer=False)) as raw:
        return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_every_version_up_to_the_newest_has_its_way_up() -> None:
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_a_rebuilt_table_keeps_its_rows_and_their_children(old_file: Path, clock: Clock) -> None:
    migrate(old_file, clock.now(), to=NEXT, migrations={SCHEMA_VERSION: rebuild_customers})
    assert read_header(old_file).schema == NEXT
    assert (count(old_file, "customers"), count(old_file, "orders")) == (20, 20)
    with closing(module.connect(old_file, writer=True)) as raw, pytest.raises(Exception, match="no step is open"):
        raw.execute("UPDATE customers SET name = 'x'")


def test_a_backup_is_taken_first(old_file: Path, clock: Clock) -> None:
    migrate(old_file, clock.now(), to=NEXT, migrations={SCHEMA_VERSION: rebuild_customers})
    (backup,) = backups_of(old_file)
    assert backup.counts["customers"] == 20
    assert read_header(backup.path).schema == SCHEMA_VERSION


def lose_orders(raw: Raw) -> None:
    raw.execute("DELETE FROM orders")


def lose_parents(raw: Raw) -> None:
    raw.execute("CREATE TABLE other AS SELECT * FROM customers")
    raw.execute("UPDATE orders SET customer_id = 5")


def stumble(raw: Raw) -> None:
    raw.execute("UPDATE customers SET name = 'x'")
    raise ZeroDivisionError


@pytest.mark.parametrize("bad", [lose_orders, lose_parents, stumble])
def test_an_upgrade_that_goes_wrong_leaves_the_old_file(
    old_file: Path, clock: Clock, bad: migrations.Migration
) -> None:
    before = old_file.read_bytes()
    with pytest.raises((Refused, ZeroDivisionError)):
        migrate(old_file, clock.now(), to=NEXT, migrations={SCHEMA_VERSION: bad})
    assert old_file.read_bytes() == before
    assert [file.name for file in old_file.parent.iterdir()] == [old_file.name]


def test_opening_an_older_file_brings_it_up(old_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(
        migrations,
        "migrate",
        lambda path, now, password: migrate(
            path, now, to=NEXT, migrations={SCHEMA_VERSION: rebuild_customers}, password=password
        ),
    )
    with pytest.raises(Refused, match="data_older"):
        open_database(old_file, clock, read_only=True)
    database = open_database(old_file, clock)
    with database.write("add") as step:
        rows.insert(step, schema.customers, name="新")
    database.close()
    assert count(old_file, "customers") == 21


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from crmdesk.storage.migrations import migrate
def die(raw):
    raw.execute("UPDATE customers SET name = 'x'")
    os._exit(9)
migrate(Path(sys.argv[1]), datetime(2026, 11, 22, 9), to=2, migrations={1: die})
"""


def test_an_upgrade_that_is_killed_leaves_the_old_file_and_can_be_tried_again(old_file: Path, clock: Clock) -> None:
    before = old_file.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(old_file)], check=False)
    assert done.returncode == 9
    assert old_file.read_bytes() == before
    migrate(old_file, clock.now(), to=NEXT, migrations={SCHEMA_VERSION: rebuild_customers})
    assert count(old_file, "customers") == 20
    assert [file.name for file in old_file.parent.iterdir()] == [old_file.name]
