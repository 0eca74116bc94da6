"""The list of imports: what each brought, taking one back days later, and noticing that one is late."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.clock import Clock
from crmdesk.operations import customers, history
from crmdesk.operations.files import open_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.imports import list_imports
from crmdesk.operations.listing import customer_count
from crmdesk.operations.today import today_plan
from crmdesk.words.phrases import say


@pytest.fixture
def bring(tmp_path):
    def run(database, text, name="周表.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with preview_sheets(database, [path]) as preview:
            return import_preview(database, preview)

    return run


def on(path, day):
    return open_file(path, Clock(day))


def test_each_import_tells_what_it_brought_newest_first(database, bring):
    bring(database, "姓名,电话\n王姐,13800138000\n老李,13900139000\n")
    bring(database, "姓名,电话,地址\n王姐,13800138000,文三路1号\n", "地址.csv")
    newest, first = list_imports(database)
    assert (first.file, first.created["customers"], first.files[0].rows["new"]) == ("周表.csv", 2, 2)
    assert (newest.file, newest.created["customers"], newest.files[0].rows["updated"]) == ("地址.csv", 0, 1)


def test_an_older_import_goes_what_was_edited_since_stays_and_is_named(database, bring):
    summary = bring(database, "姓名,电话\n王姐,13800138000\n老李,13900139000\n")
    [edited] = [one.customer.id for one in customers.all_customers(database) if one.customer.name == "王姐"]
    customers.edit_customer(database, edited, notes="爱喝茶")
    changes = history.undo_step(database, summary.step)
    assert customer_count(database) == 1
    assert any("王姐" in say(phrase) for phrase in changes.kept)
    [entry] = list_imports(database)
    assert entry.undone


def test_a_sheet_that_comes_again_says_how_much_was_known(database, bring):
    head = "客户,单号,下单日期,金额\n"
    bring(database, head + "王姐,A1,2026-11-01,30\n")
    again = bring(database, head + "王姐,A1,2026-11-01,30\n王姐,A2,2026-11-08,40\n李哥,A3,2026-11-09,50\n")
    assert (again.created.orders, again.orders_met, again.customers_met, again.remembered) == (2, 1, 1, True)


def test_today_says_that_a_weekly_sheet_is_late(tmp_path, bring, clock):
    path = tmp_path / "mine.crmdesk"
    for week, day in enumerate((date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19))):
        database = open_file(path, Clock(day), create=True)
        assert today_plan(database).late_sheet is None
        bring(database, f"姓名,电话\n王姐{week},1380013800{week}\n")
        database.close()
    for day, late in ((date(2026, 10, 26), None), (date(2026, 10, 28), 9), (date(2026, 12, 30), None)):
        database = on(path, day)
        told = today_plan(database).late_sheet
        database.close()
        assert (told and told.values["days"]) == late
        assert told is None or say(told) == "周表.csv 上次导入是 9 天前，平时 7 天一次"
