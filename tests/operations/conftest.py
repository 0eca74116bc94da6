"""An open file for each test of what one can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.storage.database import Database, create_database
from crmdesk.storage.rows import insert_rows
from crmdesk.storage.tiers import start_run


@pytest.fixture
def fill() -> Callable[..., list[int]]:
    """Keeps customers with their orders (days ago, yuan) in one step and works the tiers out; gives their ids."""
    return _fill


def _fill(database: Database, customers: Sequence[tuple[str, str, Sequence[tuple[int, int]]]]) -> list[int]:
    today = database.clock.today()
    with database.write("import_sheets", file="") as step:
        ids = list(step.new_ids(len(customers)))
        named = zip(ids, customers, strict=True)
        insert_rows(
            step.raw,
            "customers",
            ("id", "name", "intent", "known_since"),
            [(key, name, intent, today.isoformat()) for key, (name, intent, _) in named],
        )
        bought = [(key, *one) for key, (_, _, orders) in zip(ids, customers, strict=True) for one in orders]
        insert_rows(
            step.raw,
            "orders",
            ("id", "customer_id", "ordered_on", "amount"),
            [
                (new, key, (today - timedelta(days=age)).isoformat(), yuan * 10_000)
                for new, (key, age, yuan) in zip(step.new_ids(len(bought)), bought, strict=True)
            ],
        )
        start_run(step.raw, today)
    return ids


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    database = create_database(tmp_path / "客户.crmdesk", clock)
    yield database
    database.close()
