"""The further charts over a real file: each once its data suffice, each with its customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.domain.effort import Spent
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.operations.customers import add_customer, set_tier
from crmdesk.operations.insight_more import FURTHER, effort, tier_moves
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.orders import add_order
from crmdesk.operations.sample import create_sample
from crmdesk.progress import Progress
from crmdesk.storage.database import Database, create_database, open_database
from crmdesk.storage.effort import spent_since

YUAN = 10_000


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample data, once."""
    path = tmp_path_factory.mktemp("sample") / "sample.crmdesk"
    create_sample(path, Clock(date(2026, 11, 22)), Progress())
    return path


@pytest.fixture
def sample(sample_file: Path, clock: Clock) -> Iterator[Database]:
    database = open_database(sample_file, clock)
    yield database
    database.close()


@pytest.mark.parametrize("name", FURTHER)
def test_the_sample_fills_every_chart(sample: Database, name: str) -> None:
    assert FURTHER[name](sample) is not None


@pytest.mark.parametrize("name", FURTHER)
def test_a_single_name_fills_none(database: Database, name: str) -> None:
    add_customer(database, Customer(name="王姐超市"))
    assert FURTHER[name](database) is None


def test_every_key_opens_existing_customers(sample: Database) -> None:
    with sample.raw_read() as raw:
        known = {one for (one,) in raw.execute("SELECT id FROM customers").fetchall()}
    flow, radar, cohorts = (FURTHER[name](sample) for name in ("stage_flow", "second_purchase", "cohorts"))
    for month in flow.months:
        for kind in ("first", "back", "quiet"):
            ids = flow.ids(f"{month.month},{kind}")
            assert len(ids) == getattr(month, kind)
            assert set(ids) <= known
    assert sum(len(radar.ids(group.state)) for group in radar.waiting) == radar.customers
    for row in cohorts.rows:
        assert len(cohorts.ids(f"{row.name},0")) == row.customers
        assert round(len(cohorts.ids(f"{row.name},1")) / row.customers, 9) == round(row.shares[0], 9)


def test_before_the_file_began_tiers_are_what_the_rules_say_of_the_orders_then(sample: Database) -> None:
    found = tier_moves(sample)
    assert found is not None
    assert not found.told
    assert found.up + found.down > 5


def test_once_the_file_reaches_back_its_own_history_is_told(tmp_path: Path, fill: Callable[..., list[int]]) -> None:
    path = tmp_path / "客户.crmdesk"
    early = create_database(path, Clock(date(2026, 5, 1)))
    ids = fill(early, [(f"客户{n}", "", [(10 + 30 * k, 300 - 9 * n) for k in range(4)]) for n in range(30)])
    early.close()
    database = open_database(path, Clock(date(2026, 6, 20)))
    set_tier(database, ids[29], "A", "他就是")
    found = tier_moves(database, date(2026, 5, 20))
    database.close()
    assert found is not None
    assert found.told
    assert any(ids[29] in customers for (old, new), customers in found.who.items() if new == "A" and old != "A")


def test_the_first_day_of_effort_is_left_out_for_contacts_as_for_orders(database: Database) -> None:
    new = add_customer(database, Customer(name="王姐")).new_id
    assert new is not None
    for day in (1, 2):
        add_order(database, Order(new, date(2026, 6, day), amount=500 * YUAN))
        log_interaction(database, Interaction(new, datetime(2026, 6, day, 0, 5), "call"))
    with database.raw_read() as raw:
        assert spent_since(raw, date(2026, 6, 1)) == {"kept": [(new, Spent(calls=1, money=500 * YUAN))]}
        assert spent_since(raw, date(2026, 6, 2)) == {}


def test_effort_counts_visits_contacts_and_what_was_left_off_in_the_last_year(database: Database) -> None:
    for number in range(6):
        new = add_customer(database, Customer(name=f"新客{number}")).new_id
        assert new is not None
        add_order(database, Order(new, date(2026, 6, 1), amount=500 * YUAN, discount=20 * YUAN))
        for day, kind in ((1, "visit"), (2, "call"), (3, "wechat"), (4, "call")):
            log_interaction(database, Interaction(new, datetime(2026, 5, day, 10), kind))
        log_interaction(database, Interaction(new, datetime(2025, 1, 1, 10), "visit"))  # longer than a year ago
        log_interaction(database, Interaction(new, datetime(2026, 5, 5, 10), "note"))  # said to oneself
    [won] = effort(database).rows
    assert (won.group, won.customers, won.spent.visits, won.spent.calls, won.spent.messages) == ("won", 6, 6, 12, 6)
    assert (won.discount, won.spent.money) == (20 * YUAN, 3000 * YUAN)
