"""Figures of touched customers and of all are the same; undo brings back what they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.clock import Clock
from crmdesk.domain.figures import FIGURE_COLUMNS, Figures
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.storage import figures, file_settings, rows, schema, tiers
from crmdesk.storage.database import Database, create_database

TODAY = date(2026, 11, 22)
YUAN = 10_000


def add_customer(database: Database, name: str = "王姐超市", **values: object) -> int:
    with database.write("add_customer", name=name) as step:
        return rows.insert(step, schema.customers, name=name, known_since=TODAY.isoformat(), **values)


def buy(database: Database, customer: int, *ages: int, amount: int = 3000 * YUAN, **values: object) -> None:
    with database.write("add_order", name="") as step:
        for age in ages:
            day = (TODAY - timedelta(days=age)).isoformat()
            rows.insert(step, schema.orders, customer_id=customer, ordered_on=day, amount=amount, **values)


def renew(database: Database) -> None:
    with database.write("recompute_tiers") as step:
        tiers.start_run(step.raw, TODAY)


def all_rows(database: Database) -> list[tuple[object, ...]]:
    columns = ", ".join(FIGURE_COLUMNS)
    with database.raw_read() as raw:
        return raw.execute(f"SELECT {columns} FROM figures ORDER BY customer_id").fetchall()


def of(database: Database, customer: int) -> Figures:
    return next(Figures.from_row(row) for row in all_rows(database) if row[0] == customer)


def every(interval: int, times: int, last: int) -> Iterable[int]:
    return [last + interval * number for number in range(times)]


def test_the_columns_are_those_of_the_table() -> None:
    assert tuple(column.name for column in schema.figures.columns) == FIGURE_COLUMNS


def test_a_name_alone_has_no_tier_and_says_why(database: Database) -> None:
    found = of(database, add_customer(database))
    assert (found.tier, found.tier_reason) == (None, Phrase("tier_none_only_name"))
    assert (found.stage, found.order_count, found.order_total) == (Stage.PROSPECT, None, None)
    assert found.name_pinyin.startswith("wang")
    assert found.completeness == 10


def test_orders_give_totals_rhythm_tier_and_stage(database: Database) -> None:
    customer = add_customer(database)
    buy(database, customer, *every(35, 8, last=81))
    buy(database, add_customer(database, "今天来的"), 0)
    found = of(database, customer)
    told = {"usual": 35, "days": 81, "times": 2.3, "quiet_on": "2026-10-26"}
    assert found.stage_reason == Phrase("stage_dormant", told)
    assert (found.order_count, found.purchase_days, found.order_total) == (8, 8, 24_000 * YUAN)
    assert (found.rhythm_days, found.confidence) == (35, "high")
    assert found.tier == "B"
    assert found.tier_reason.code == "tier_total_rank_quiet"
    assert found.last_order_on == TODAY - timedelta(days=81)


def test_void_orders_count_for_nothing_and_refunds_subtract(database: Database) -> None:
    customer = add_customer(database)
    buy(database, customer, 5, counts=False)
    assert of(database, customer).order_count is None
    buy(database, customer, 3, refund=1000 * YUAN)
    assert of(database, customer).order_total == 2000 * YUAN


def test_totals_of_a_sheet_are_enough_for_tier_and_stage(database: Database) -> None:
    customer = add_customer(
        database,
        given_order_count=5,
        given_order_total=24_000 * YUAN,
        given_first_order_on=(TODAY - timedelta(days=140)).isoformat(),
        given_last_order_on=(TODAY - timedelta(days=20)).isoformat(),
    )
    found = of(database, customer)
    assert (found.order_count, found.order_total, found.rhythm_days, found.confidence) == (5, 240_000_000, 30, "few")
    assert found.stage == Stage.ACTIVE
    assert found.tier is not None


def test_a_total_without_any_day_says_that_the_days_are_unknown(database: Database) -> None:
    found = of(database, add_customer(database, given_order_count=3, given_order_total=900 * YUAN))
    assert found.stage_reason == Phrase("stage_undated", {"orders": 3})
    assert found.tier is not None


def test_a_talk_or_the_sheets_own_word_puts_a_customer_in_talks(database: Database) -> None:
    word = add_customer(database, stage_given="洽谈中")
    other_word = add_customer(database, stage_given="已成交")
    talked, rang, noted = (add_customer(database, name) for name in ("聊过", "没接", "记事"))
    with database.write("log_interaction", name="") as step:
        for customer, kind, outcome in ((talked, "call", "wait"), (rang, "call", "not_reached"), (noted, "note", "")):
            rows.insert(
                step, schema.interactions, customer_id=customer, at="2026-11-20T10:00", kind=kind, outcome=outcome
            )
    assert of(database, word).stage_reason == Phrase("stage_given", {"given": "洽谈中"})
    assert of(database, other_word).stage_reason == Phrase("stage_prospect_given", {"given": "已成交"})
    assert of(database, talked).stage_reason == Phrase("stage_talked", {"talked_on": "2026-11-20"})
    assert [of(database, one).stage for one in (rang, noted)] == [Stage.PROSPECT] * 2
    assert [of(database, one).contact_count for one in (talked, rang, noted)] == [1, 1, 0]


def test_the_users_own_word_stands_with_its_reason(database: Database) -> None:
    customer = add_customer(
        database, tier_override="A", tier_override_reason="老朋友", stage_lock="active", stage_lock_reason="一年一次"
    )
    found = of(database, customer)
    assert (found.tier, found.tier_rank) == ("A", 0)
    assert found.tier_reason == Phrase("tier_decided_why", {"why": "老朋友"})
    assert (found.stage, found.stage_reason) == (Stage.ACTIVE, Phrase("stage_decided_why", {"why": "一年一次"}))


def test_an_old_export_is_seen_as_of_its_last_order(database: Database) -> None:
    customer = add_customer(database)
    buy(database, customer, *every(30, 6, last=1000))
    assert of(database, customer).stage_reason.values["days"] == 0
    buy(database, add_customer(database, "新的"), 2)
    assert of(database, customer).stage == Stage.LOST


def test_the_day_can_be_chosen(database: Database) -> None:
    customer = add_customer(database)
    buy(database, customer, *every(30, 6, last=1000))
    with database.write("recompute_tiers") as step:
        file_settings.put(step, "as_of", "today")
    assert of(database, customer).stage_reason.values["days"] == 1000
    with database.write("recompute_tiers") as step:
        file_settings.put(step, "as_of", (TODAY - timedelta(days=940)).isoformat())
    assert of(database, customer).stage_reason.values["days"] == 60


def test_moves_are_history_but_being_there_is_none(database: Database) -> None:
    customer = add_customer(database)
    with database.raw_read() as raw:
        assert raw.execute("SELECT count(*) FROM stage_changes").fetchone() == (0,)
    buy(database, customer, 4)
    with database.raw_read() as raw:
        moved = raw.execute("SELECT customer_id, changed_on, old, new FROM stage_changes").fetchall()
        tier = raw.execute("SELECT old, new FROM tier_changes").fetchall()
    assert moved == [(customer, "2026-11-22", "prospect", "new")]
    assert tier == [("", of(database, customer).tier)]


def test_undo_and_redo_bring_the_figures_back_and_add_no_history(database: Database) -> None:
    customer = add_customer(database)
    buy(database, customer, *every(35, 8, last=10))
    before = all_rows(database)
    buy(database, customer, 1)
    after = all_rows(database)
    database.undo()
    assert all_rows(database) == before
    database.redo()
    assert all_rows(database) == after
    with database.raw_read() as raw:
        count = raw.execute("SELECT count(*) FROM stage_changes").fetchone()
    assert count == (1,)


def test_deleting_a_customer_leaves_no_figures(database: Database) -> None:
    customer = add_customer(database)
    with database.write("delete_customer", name="") as step:
        rows.delete(step, schema.customers, customer)
    assert all_rows(database) == []


def test_single_edits_are_judged_by_the_frozen_cut_offs(database: Database) -> None:
    customers = [add_customer(database, f"客户{number}") for number in range(25)]
    for place, customer in enumerate(customers):
        buy(database, customer, place + 1, amount=(100 + place) * YUAN)
    renew(database)
    with database.raw_read() as raw:
        frozen = tiers.policy_in_force(raw).cut_offs
    buy(database, customers[0], 40, amount=10**6 * YUAN)
    with database.raw_read() as raw:
        assert tiers.policy_in_force(raw).cut_offs == frozen
    assert of(database, customers[0]).tier == "A"
    assert of(database, customers[0]).tier_reason.values["rank"] == 1


def test_the_users_own_levels_and_window_are_followed(database: Database) -> None:
    policy = TierPolicy(levels=("VIP", "普通"), cuts=(0.8,), window=90, version=2)
    customers = [add_customer(database, name) for name in ("多", "少", "旧")]
    for customer, age, amount in zip(customers, (5, 5, 300), (900, 10, 5000), strict=True):
        buy(database, customer, age, age + 40, amount=amount * YUAN)
    with database.write("apply_policy") as step:
        rows.insert(step, schema.tier_policies, version=2, definition=policy.to_json(), made_on=TODAY.isoformat())
    found = [of(database, customer) for customer in customers]
    assert [one.tier for one in found] == ["VIP", "普通", "普通"]
    assert found[0].tier_reason == Phrase("tier_window_rank", {"value_money": 18_000_000, "window": 90, "rank": 1})
    assert [one.window_total for one in found] == [18_000_000, 200_000, 0]
    assert [one.window_count for one in found] == [2, 2, 0]


@pytest.mark.parametrize("many", [False, True])
def test_indexes_stand_after_a_full_pass(database: Database, monkeypatch: pytest.MonkeyPatch, many: bool) -> None:
    if many:
        monkeypatch.setattr(figures, "_MANY", 0)
    buy(database, add_customer(database), 3)
    renew(database)
    with database.raw_read() as raw:
        found = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'index'").fetchall()}
    assert {f"ix_figures_{name}" for name in ("name_pinyin", "tier_rank", "order_total")} <= found


orders = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 900), st.integers(-500, 5000), st.booleans()), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders)
def test_touched_customers_get_what_a_full_pass_gives(tmp_path_factory: pytest.TempPathFactory, orders) -> None:
    database = create_database(tmp_path_factory.mktemp("file") / "a.crmdesk", Clock(TODAY))
    try:
        customers = [add_customer(database, f"客户{number}") for number in range(4)]
        for place, age, amount, counts in orders:
            buy(database, customers[place], age, amount=amount * YUAN, counts=counts)
        touched = all_rows(database)
        with database.write("again", undoable=False) as step:
            figures.refresh(step.connection, None, TODAY, record=False)
            assert step.raw.execute(f"SELECT {', '.join(FIGURE_COLUMNS)} FROM figures ORDER BY 1").fetchall() == touched
    finally:
        database.close()
