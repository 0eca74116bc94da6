"""Whatever is done in whatever order: undoing all of it gives every earlier state, redoing it every later one."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.clock import Clock
from crmdesk.operations.history import logical_dump
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database, create_database
from crmdesk.storage.database_step import Step

Action = tuple[str, int, int]
ACTIONS = st.tuples(
    st.sampled_from(
        (
            "customer",
            "customers",
            "rename",
            "extra",
            "drop",
            "order",
            "drop order",
            "move",
            "region",
            "drop region",
            "tag",
        )
    ),
    st.integers(0, 5),
    st.integers(0, 5),
)
STEPS = st.lists(st.lists(ACTIONS, min_size=1, max_size=4), min_size=1, max_size=6)


def some_id(step: Step, table: str, nth: int) -> int | None:
    ids = [row for (row,) in step.raw.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()]
    return ids[nth % len(ids)] if ids else None


def perform(step: Step, action: Action) -> None:
    what, nth, other = action
    if what == "customer":
        rows.insert(step, schema.customers, name=f"客户{other}", region_id=some_id(step, "regions", nth))
    elif what == "customers":
        names = ((new_id, f"客户{other}") for new_id in step.new_ids(nth))
        rows.insert_rows(step.raw, "customers", ("id", "name"), names)
    elif what == "region":
        if not step.raw.execute("SELECT 1 FROM regions WHERE province = ?", (f"省{other}",)).fetchone():
            rows.insert(step, schema.regions, province=f"省{other}")
    elif what == "drop region" and (region := some_id(step, "regions", nth)):
        rows.delete(step, schema.regions, region)
    elif customer := some_id(step, "customers", nth):
        perform_on(step, what, customer, other)


def perform_on(step: Step, what: str, customer: int, other: int) -> None:
    order = some_id(step, "orders", other)
    values: dict[str, Any] = {}
    if what == "rename":
        values = {"name": f"改名{other}", "region_id": some_id(step, "regions", other)}
    elif what == "extra":
        values = {"extra": json.dumps({f"列{other}": str(other)})}
    elif what == "order":
        new = rows.insert(step, schema.orders, customer_id=customer, amount=other)
        rows.insert(step, schema.order_lines, order_id=new, amount=other)
    elif what == "move" and order:
        rows.update(step, schema.orders, order, customer_id=customer, amount=other)
    elif what == "drop order" and order:
        rows.delete(step, schema.orders, order)
    elif what == "drop":
        rows.delete(step, schema.customers, customer)
    elif what == "tag":
        tag = some_id(step, "tags", 0) or rows.insert(step, schema.tags, name="VIP")
        step.raw.execute("DELETE FROM customer_tags WHERE customer_id = ?", (customer,))
        rows.insert(step, schema.customer_tags, customer_id=customer, tag_id=tag)
    rows.update(step, schema.customers, customer, **values)


def run(database: Database, plan: list[list[Action]]) -> list[str]:
    states = [logical_dump(database)]
    for actions in plan:
        with database.write("some") as step:
            for action in actions:
                perform(step, action)
        if step.changes:
            states.append(logical_dump(database))
    return states


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=STEPS)
def test_undo_and_redo_give_every_state(plan: list[list[Action]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = create_database(Path(folder) / "a.crmdesk", Clock(date(2026, 11, 22)))
        states = run(database, plan)
        for state in states[-2::-1]:
            database.undo()
            assert logical_dump(database) == state
        for state in states[1:]:
            database.redo()
            assert logical_dump(database) == state
        database.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=STEPS, nth=st.integers(0, 5))
def test_an_older_step_leaves_the_file_whole_and_can_be_undone(plan: list[list[Action]], nth: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = create_database(Path(folder) / "a.crmdesk", Clock(date(2026, 11, 22)))
        run(database, plan)
        before = logical_dump(database)
        with database.raw_read() as raw:
            steps = [step for (step,) in raw.execute("SELECT id FROM steps ORDER BY id").fetchall()]
        if steps:
            database.undo_step(steps[nth % len(steps)])
            with database.raw_read() as raw:
                assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
            database.undo()
            if steps[nth % len(steps)] != steps[-1]:
                assert logical_dump(database) == before
        database.close()
