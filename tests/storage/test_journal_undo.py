"""Undo and redo give back exactly what was, and an older step only what still stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.operations.history import logical_dump, redo_name, steps, undo_name
from crmdesk.storage import rows, schema
from crmdesk.storage.database import Database, open_database


def add_customer(database: Database, name: str, **values: object) -> int:
    with database.write("add_customer", name=name) as step:
        return rows.insert(step, schema.customers, name=name, **values)


def change(database: Database, row: int, **values: object) -> int:
    with database.write("edit_customer") as step:
        rows.update(step, schema.customers, row, **values)
    return step.changes.step


def value(database: Database, row: int, column: str) -> object:
    with database.read() as connection:
        return connection.execute(select(schema.customers.c[column]).where(schema.customers.c.id == row)).scalar()


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(schema.customers.c.name).order_by("name")).scalars())


def test_undo_and_redo_walk_through_every_state(database: Database) -> None:
    states = [logical_dump(database)]
    row = add_customer(database, "王姐超市")
    states.append(logical_dump(database))
    change(database, row, name="王姐便利店", notes="搬家了")
    states.append(logical_dump(database))
    with database.write("delete_customers") as step:
        rows.delete(step, schema.customers, row)
    states.append(logical_dump(database))
    for state in states[-2::-1]:
        assert database.undo()
        assert logical_dump(database) == state
    assert not database.undo()
    for state in states[1:]:
        assert database.redo()
        assert logical_dump(database) == state
    assert not database.redo()


def test_undo_survives_closing_the_file(database: Database, path: Path, clock: Clock) -> None:
    before = logical_dump(database)
    add_customer(database, "王姐超市")
    database.close()
    again = open_database(path, clock)
    try:
        assert undo_name(again) == Phrase("add_customer", {"name": "王姐超市"})
        again.undo()
        assert logical_dump(again) == before
        assert redo_name(again) == Phrase("add_customer", {"name": "王姐超市"})
    finally:
        again.close()


def test_a_new_step_clears_redo_and_a_step_of_the_system_does_not(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    change(database, row, notes="一")
    database.undo()
    with database.write("daily_run", undoable=False) as step:
        rows.insert(step, schema.settings, name="last_run_on", value='"2026-11-22"')
    assert redo_name(database) == Phrase("edit_customer")
    change(database, row, notes="二")
    assert redo_name(database) is None
    assert not database.redo()


def test_undo_brings_back_what_a_delete_took_along(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    with database.write("add_order") as step:
        order = rows.insert(step, schema.orders, customer_id=row, amount=1)
        rows.insert(step, schema.order_lines, order_id=order, amount=1)
        rows.insert(step, schema.receipts, customer_id=row, order_id=order, received_on="2026-11-01", amount=1)
    before = logical_dump(database)
    with database.write("delete_order") as step:
        rows.delete(step, schema.orders, order)  # its line goes along, its receipt stays without it
    assert logical_dump(database) != before
    database.undo()
    assert logical_dump(database) == before
    with database.write("delete_customers") as step:
        rows.delete(step, schema.customers, row)
    assert step.changes.customers == {row}
    database.undo()
    assert logical_dump(database) == before


def test_a_step_that_writes_a_row_several_times_is_one_undo(database: Database) -> None:
    row = add_customer(database, "王姐超市", notes="一")
    before = logical_dump(database)
    with database.write("edit_customer") as step:
        rows.update(step, schema.customers, row, notes="二")
        rows.update(step, schema.customers, row, notes="三", name="李姐")
        other = rows.insert(step, schema.customers, name="顺手加的")
        rows.update(step, schema.customers, other, notes="又改")
        rows.delete(step, schema.customers, row)
    database.undo()
    assert logical_dump(database) == before
    database.redo()
    assert names(database) == ["顺手加的"]
    assert value(database, other, "notes") == "又改"


def test_tags_deleted_and_made_again_under_the_same_name_come_back(database: Database) -> None:
    with database.write("tag") as step:
        old = rows.insert(step, schema.tags, name="VIP", color="green")
    before = logical_dump(database)
    with database.write("tag") as step:
        rows.delete(step, schema.tags, old)
        rows.insert(step, schema.tags, name="VIP", color="red")
    after = logical_dump(database)
    database.undo()
    assert logical_dump(database) == before
    database.redo()
    assert logical_dump(database) == after


def test_a_merge_is_undone_with_its_orders_back_at_the_deleted_customer(database: Database) -> None:
    stays, goes = add_customer(database, "王姐超市"), add_customer(database, "王姐超市2")
    with database.write("add_order") as step:
        order = rows.insert(step, schema.orders, customer_id=goes, amount=1)
    before = logical_dump(database)
    with database.write("merge") as step:
        rows.update(step, schema.orders, order, customer_id=stays)
        rows.delete(step, schema.customers, goes)
    assert step.changes.customers == {stays, goes}
    database.undo()
    assert logical_dump(database) == before


def test_an_older_step_gives_back_only_what_still_has_its_value(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    older = change(database, row, notes="一", address="西湖区")
    change(database, row, notes="二")
    changes = database.undo_step(older)
    assert (value(database, row, "address"), value(database, row, "notes")) == ("", "二")
    assert changes.kept == (Phrase("kept_field", {"name": "王姐超市", "field": "notes"}),)


def test_undo_of_an_older_step_can_itself_be_undone(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    older = change(database, row, address="西湖区")
    change(database, row, notes="二")
    before = logical_dump(database)
    database.undo_step(older)
    after = logical_dump(database)
    assert [entry.undone for entry in steps(database, 4)] == [False, False, True, False]
    database.undo()
    assert logical_dump(database) == before
    assert not any(entry.undone for entry in steps(database) if entry.id == older)
    database.redo()
    assert logical_dump(database) == after
    assert any(entry.undone for entry in steps(database) if entry.id == older)


def test_the_users_own_columns_are_told_apart(database: Database) -> None:
    row = add_customer(database, "王姐超市", extra=json.dumps({"会员号": "1", "生肖": "龙"}, ensure_ascii=False))
    older = change(database, row, extra=json.dumps({"会员号": "2", "生肖": "虎", "爱好": "茶"}, ensure_ascii=False))
    change(database, row, extra=json.dumps({"会员号": "3", "生肖": "虎", "爱好": "茶"}, ensure_ascii=False))
    database.undo_step(older)
    assert json.loads(str(value(database, row, "extra"))) == {"会员号": "3", "生肖": "龙"}


def test_an_imported_row_that_was_changed_since_stays_and_is_named(database: Database) -> None:
    with database.write("import_sheets") as step:
        first = rows.insert(step, schema.customers, name="改过的")
        rows.insert(step, schema.contact_points, customer_id=first, kind="phone", value="13800000000")
        rows.insert(step, schema.customers, name="没动的")
    imported = step.changes.step
    change(database, first, notes="改")
    changes = database.undo_step(imported)
    assert names(database) == ["改过的"]
    assert changes.kept == (Phrase("kept_row", {"name": "改过的"}),)
    with database.read() as connection:
        assert connection.execute(select(schema.contact_points.c.value)).scalars().all() == ["13800000000"]


def test_an_imported_row_that_was_changed_and_changed_back_goes(database: Database) -> None:
    with database.write("import_sheets") as step:
        row = rows.insert(step, schema.customers, name="改过的")
    imported = step.changes.step
    change(database, row, notes="改")
    change(database, row, notes="")
    assert database.undo_step(imported).kept == ()
    assert names(database) == []


def test_an_imported_customer_in_use_stays_whole_with_what_it_stands_on(database: Database) -> None:
    with database.write("import_sheets") as step:
        region = rows.insert(step, schema.regions, province="浙江")
        unused = rows.insert(step, schema.regions, province="江苏")
        used = rows.insert(step, schema.customers, name="有跟进的", region_id=region)
        rows.insert(step, schema.orders, customer_id=used, amount=1)
        rows.insert(step, schema.customers, name="没动的", region_id=unused)
    imported = step.changes.step
    with database.write("log_interaction") as step:
        rows.insert(step, schema.interactions, customer_id=used, at="2026-11-22T09:00", kind="call", summary="聊了")
    changes = database.undo_step(imported)
    assert names(database) == ["有跟进的"]
    assert Phrase("kept_row", {"name": "有跟进的"}) in changes.kept
    with database.read() as connection:
        assert connection.execute(select(schema.regions.c.province)).scalars().all() == ["浙江"]
        assert len(connection.execute(select(schema.orders.c.id)).all()) == 1


def test_what_the_system_planned_for_imported_customers_goes_along_with_them(database: Database) -> None:
    before = logical_dump(database)
    with database.write("import_sheets") as step:
        row = rows.insert(step, schema.customers, name="导入的")
    with database.write("daily_run", undoable=False) as step:
        rows.insert(step, schema.follow_ups, customer_id=row, due_on="2026-11-23", kind="call", origin="rule")
        rows.update(step, schema.customers, row, known_since="2026-11-22")
    after = logical_dump(database)
    assert database.undo().kept == ()
    assert logical_dump(database) == before
    database.redo()
    assert logical_dump(database) == after


def test_a_plan_of_the_systems_that_the_user_took_up_counts_as_use(database: Database) -> None:
    with database.write("import_sheets") as step:
        row = rows.insert(step, schema.customers, name="导入的")
    imported = step.changes.step
    with database.write("daily_run", undoable=False) as step:
        plan = rows.insert(step, schema.follow_ups, customer_id=row, due_on="2026-11-23", kind="call", origin="rule")
    with database.write("reschedule") as step:
        rows.update(step, schema.follow_ups, plan, due_on="2026-11-25")
    database.undo_step(imported)
    assert names(database) == ["导入的"]


def test_a_tag_that_others_use_stays_without_holding_back_the_customers(database: Database) -> None:
    other = add_customer(database, "自己的")
    with database.write("import_sheets") as step:
        tag = rows.insert(step, schema.tags, name="VIP")
        customer = rows.insert(step, schema.customers, name="导入的")
        rows.insert(step, schema.customer_tags, customer_id=customer, tag_id=tag)
    imported = step.changes.step
    with database.write("tag") as step:
        rows.insert(step, schema.customer_tags, customer_id=other, tag_id=tag)
    database.undo_step(imported)
    assert names(database) == ["自己的"]
    with database.read() as connection:
        assert connection.execute(select(schema.tags.c.name)).scalars().all() == ["VIP"]


def test_a_deleted_part_does_not_come_back_without_its_customer(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    with database.write("add_contact") as step:
        contact = rows.insert(step, schema.contacts, customer_id=row, name="小王")
    with database.write("delete_contact") as step:
        rows.delete(step, schema.contacts, contact)
    deleted = step.changes.step
    with database.write("delete_customers") as step:
        rows.delete(step, schema.customers, row)
    database.undo_step(deleted)
    assert names(database) == []


def test_history_that_went_on_keeps_its_earlier_links(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    with database.write("edit_customer") as step:
        rows.update(step, schema.customers, row, notes="一")
        rows.insert(step, schema.tier_changes, customer_id=row, changed_on="2026-11-20", new="B", reason="x")
    older = step.changes.step
    with database.write("edit_customer") as step:
        rows.insert(step, schema.tier_changes, customer_id=row, changed_on="2026-11-21", old="B", new="A", reason="x")
    database.undo_step(older)
    assert value(database, row, "notes") == ""
    with database.read() as connection:
        history = connection.execute(select(schema.tier_changes.c.new).where(schema.tier_changes.c.reason == "x"))
        assert history.scalars().all() == ["B", "A"]


def test_what_cannot_be_undone_is_said(database: Database) -> None:
    with database.write("daily_run", undoable=False) as step:
        rows.insert(step, schema.settings, name="last_run_on", value='"2026-11-22"')
    with pytest.raises(Refused, match="step_not_undoable"):
        database.undo_step(step.changes.step)
    with pytest.raises(Refused, match="step_unknown"):
        database.undo_step(5)
    row = add_customer(database, "王姐超市")
    older = change(database, row, address="西湖区")
    change(database, row, notes="二")
    database.undo_step(older)
    with pytest.raises(Refused, match="step_undone"):
        database.undo_step(older)


def test_a_form_learns_of_undo_by_the_rows_version(database: Database) -> None:
    row = add_customer(database, "王姐超市")
    change(database, row, notes="一")
    seen = value(database, row, "version")
    database.undo()
    assert value(database, row, "version") != seen


def test_a_deleted_row_is_kept_without_what_it_does_not_have_and_comes_back_whole(database: Database) -> None:
    with database.write("add") as step:
        full = rows.insert(step, schema.customers, name="王姐", extra='{"列": "1"}', reward_points=0)
        rows.insert(step, schema.contact_points, customer_id=full, kind="phone", value="13800000000", position=2)
        rows.insert(step, schema.orders, customer_id=full, counts=False, amount=0, number="1")
        rows.insert(step, schema.customers)
    before = logical_dump(database)
    with database.write("delete") as step:
        step.raw.execute("DELETE FROM customers")
    with database.raw_read() as raw:
        kept = [json.loads(old) for (old,) in raw.execute("SELECT old FROM step_values WHERE column_name = '*'")]
    assert {} in kept
    assert {"name": "王姐", "extra": '{"列": "1"}', "reward_points": 0} in kept
    database.undo()
    assert logical_dump(database) == before
