"""Reading and writing an open file: two connections, one step at a time, all of it or nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from crmdesk.clock import Clock
from crmdesk.domain.changes import Kind
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database, open_database
from crmdesk.storage.database_driver import connect


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(schema.customers.c.name).order_by("name")).scalars())


def add(database: Database, name: str) -> None:
    with database.write("add_customer", name=name) as step:
        rows.insert(step, schema.customers, name=name)


def test_a_step_tells_what_it_touched(database: Database) -> None:
    with database.write("add_customer", name="王姐") as step:
        row = rows.insert(step, schema.customers, name="王姐")
        rows.insert(step, schema.orders, customer_id=row, amount=1)
        step.made(row)
    changes = step.changes
    assert changes.step == step.id
    assert changes.name == Phrase("add_customer", {"name": "王姐"})
    assert {Kind.CUSTOMERS, Kind.ORDERS} <= changes.kinds
    assert changes.customers == {row}
    assert changes.new_id == row


def test_rows_that_hang_on_a_customer_touch_that_customer(database: Database) -> None:
    with database.write("set_up") as step:
        region = rows.insert(step, schema.regions, province="浙江")
        row = rows.insert(step, schema.customers, name="王姐", region_id=region)
        order = rows.insert(step, schema.orders, customer_id=row, amount=1)
        line = rows.insert(step, schema.order_lines, order_id=order, amount=1)
        tag = rows.insert(step, schema.tags, name="VIP")
        rows.insert(step, schema.customer_tags, customer_id=row, tag_id=tag)
    for table, target, values in (
        (schema.regions, region, {"city": "杭州"}),
        (schema.order_lines, line, {"amount": 2}),
        (schema.tags, tag, {"color": "red"}),
    ):
        with database.write("edit") as step:
            rows.update(step, table, target, **values)
        assert step.changes.customers == {row}
    with database.write("delete") as step:
        rows.delete(step, schema.order_lines, line)
    assert step.changes.customers == {row}


def test_a_new_policy_run_touches_everybody(database: Database) -> None:
    with database.write("policy") as step:
        policy = rows.insert(step, schema.tier_policies, version=1, definition="{}", made_on="2026-11-22")
        run = {"run_on": "2026-11-22", "as_of": "2026-11-22", "cut_offs": "{}"}
        rows.insert(step, schema.policy_runs, tier_policy_id=policy, **run)
        step.raw.execute("DELETE FROM policy_runs")
        step.raw.execute("DELETE FROM tier_policies")
    assert step.changes.customers is None


def test_a_block_that_changes_nothing_leaves_no_step(database: Database) -> None:
    with database.write("add") as step:
        row = rows.insert(step, schema.customers, name="王姐")
    with database.write("edit") as step:
        assert not rows.update(step, schema.customers, row, name="王姐")
    assert not step.changes
    assert names(database) == ["王姐"]


def test_an_error_inside_a_step_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write("add") as step:
        rows.insert(step, schema.customers, name="王姐")
        1 / 0  # noqa: B018
    assert names(database) == []
    add(database, "李姐")
    assert names(database) == ["李姐"]


def test_cancelling_before_the_end_leaves_nothing(database: Database) -> None:
    progress = Progress()
    with pytest.raises(Cancelled), database.write("import_sheets", progress=progress) as step:
        rows.insert(step, schema.customers, name="王姐")
        progress.cancel()
        progress.report("importing", 1, 2)
    assert names(database) == []


def test_outside_a_step_every_write_is_refused(database: Database, path: Path) -> None:
    add(database, "王姐")
    database.close()
    raw = connect(path, writer=True)
    for statement in (
        "INSERT INTO tags (name) VALUES ('x')",
        "UPDATE customers SET name = 'x'",
        "DELETE FROM customers",
    ):
        with pytest.raises(Exception, match="no step is open"):
            raw.execute(statement)
    raw.close()


def test_the_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(Refused, match="data_read_only"), database.raw_read() as raw:
        raw.execute("DELETE FROM open_step")


def test_inside_a_step_one_reads_what_it_wrote_and_outside_what_was_before(database: Database) -> None:
    seen: list[list[str]] = []
    with database.write("add") as step:
        rows.insert(step, schema.customers, name="王姐")
        seen.append(names(database))
    seen.append(names(database))
    assert seen == [["王姐"], ["王姐"]]


def test_a_long_step_on_another_thread_does_not_stop_reading(database: Database) -> None:
    add(database, "王姐")
    written, may_end = threading.Event(), threading.Event()

    def work() -> None:
        with database.write("import_sheets") as step:
            rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, f"客户{i}") for i in step.new_ids(10_000)])
            written.set()
            may_end.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert written.wait(10)
    assert names(database) == ["王姐"]
    may_end.set()
    thread.join()
    assert len(names(database)) == 10_001


def test_a_step_waits_for_the_step_of_another_thread(database: Database) -> None:
    started, may_end = threading.Event(), threading.Event()

    def work() -> None:
        with database.write("add") as step:
            rows.insert(step, schema.customers, name="先")
            started.set()
            may_end.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(10)
    threading.Timer(0.1, may_end.set).start()
    add(database, "后")
    thread.join()
    assert sorted(names(database)) == ["先", "后"]


def test_a_step_inside_a_step_is_a_mistake(database: Database) -> None:
    with (
        pytest.raises(RuntimeError, match="a step inside the step outer"),
        database.write("outer"),
        database.write("inner"),
    ):
        pass


def test_saving_waits_for_a_reader_and_stops_when_cancelled(database: Database, path: Path) -> None:
    add(database, "王姐")
    other = connect(path, writer=False)
    unfinished = other.execute("SELECT name FROM customers UNION ALL SELECT name FROM customers")
    unfinished.fetchone()
    progress = Progress()
    threading.Timer(0.2, progress.cancel).start()
    with pytest.raises(Cancelled), database.write("add", progress=progress) as step:
        rows.insert(step, schema.customers, name="李姐")
    threading.Timer(0.2, unfinished.close).start()
    add(database, "张姐")
    other.close()
    assert sorted(names(database)) == ["张姐", "王姐"]


def test_a_file_that_is_gone_or_replaced_is_not_silently_written(database: Database, path: Path) -> None:
    add(database, "王姐")
    away = path.with_name("away.crmdesk")
    path.rename(away)
    with pytest.raises(Refused, match="data_gone"):
        add(database, "李姐")
    path.write_bytes(away.read_bytes())
    with pytest.raises(Refused, match="data_replaced"):
        add(database, "李姐")
    assert names(database) == ["王姐"]


def test_a_file_that_was_copied_over_in_place_is_not_silently_written(database: Database, path: Path) -> None:
    before = path.read_bytes()
    add(database, "王姐")
    with path.open("r+b") as file:
        file.write(before)
        file.truncate()
    with pytest.raises(Refused, match="data_changed"):
        add(database, "李姐")


def test_what_others_wrote_behind_us_is_not_overwritten(database: Database, path: Path) -> None:
    add(database, "王姐")
    other = connect(path, writer=True)
    other.execute("UPDATE steps SET name = name || ' '")
    other.close()
    with pytest.raises(Refused, match="data_changed"):
        add(database, "李姐")


def test_a_busy_file_is_told_apart_so_that_the_window_can_ask_again(database: Database, path: Path) -> None:
    other = connect(path, writer=True)
    other.execute("BEGIN EXCLUSIVE")
    database.set_patience(0)
    with pytest.raises(Refused, match="file_busy"):
        names(database)
    other.execute("ROLLBACK")
    other.close()
    assert names(database) == []


def test_reading_raw_loads_no_sqlalchemy(database: Database, path: Path, clock: Clock) -> None:
    database.close()
    program = (
        "import sys; from pathlib import Path; from datetime import date; from crmdesk.clock import Clock\n"
        "from crmdesk.operations.files import open_file, save_state\n"
        "from crmdesk.operations.history import undo_name\n"
        f"db = open_file(Path({str(path)!r}), Clock(date(2026, 11, 22)))\n"
        "with db.raw_read() as raw: raw.execute('SELECT count(*) FROM customers').fetchone()\n"
        "undo_name(db); save_state(db); db.close()\n"
        "sys.exit(sorted({'sqlalchemy', 'numpy', 'PySide6'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_settings_that_were_tried_are_in_force(database: Database) -> None:
    wanted = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}
    with database.write("look") as step:
        for name, value in {**wanted, "cache_spill": 0, "query_only": 0}.items():
            assert step.raw.execute(f"PRAGMA {name}").fetchone()[0] == value, name
    with database.raw_read() as raw:
        for name, value in {**wanted, "query_only": 1}.items():
            assert raw.execute(f"PRAGMA {name}").fetchone()[0] == value, name


def test_opening_again_shows_what_was_saved(database: Database, path: Path, clock: Clock) -> None:
    add(database, "王姐")
    database.close()
    again = open_database(path, clock)
    assert names(again) == ["王姐"]
    again.close()


def test_a_full_disk_is_said_and_work_goes_on_once_there_is_room(database: Database) -> None:
    add(database, "王姐")
    with pytest.raises(Refused, match="disk_full"), database.write("import_sheets") as step:
        pages = step.raw.execute("PRAGMA page_count").fetchone()[0]
        step.raw.execute(f"PRAGMA max_page_count={pages}")
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, "客户" * 50) for i in step.new_ids(10_000)])
    assert names(database) == ["王姐"]
    with pytest.raises(Refused, match="disk_full"), database.write("import_sheets") as step:
        rows.insert_rows(step.raw, "customers", ("id", "name"), [(i, "客户" * 50) for i in step.new_ids(10_000)])
    with database.raw_read() as raw:
        assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
    with database.write("room") as step:
        step.raw.execute("PRAGMA max_page_count=1000000")
    add(database, "李姐")
    assert sorted(names(database)) == ["李姐", "王姐"]
