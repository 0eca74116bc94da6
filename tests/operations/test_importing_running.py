"""What a sheet tells of today follows the newer sheet of its kind; whoever else wrote it is not overruled."""

from __future__ import annotations

import os

import pytest

from crmdesk.operations import customers, history
from crmdesk.operations.importing import import_preview, preview_sheets

HEAD = "店名,电话,地址,欠款,上次拿货,剩余次数\n"
FIRST = HEAD + "王姐超市,13800138000,文三路1号,1200,2026-11-08,5\n老李杂货,13900139000,文二路2号,0,2026-11-06,3\n"
SECOND = HEAD + "王姐超市,13800138000,文三路1号,800,2026-11-15,4\n老李杂货,13900139000,文二路9号,300,2026-11-14,3\n"


@pytest.fixture
def week(database, tmp_path):
    def bring(text, name="客户.csv", rules=(), written=None):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        if written is not None:
            os.utime(path, (written, written))
        with preview_sheets(database, [path], rules=rules) as preview:
            return preview.goes_in, import_preview(database, preview)

    return bring


def of(database, name):
    return next(one.customer for one in customers.all_customers(database) if one.customer.name == name)


def state(database, name="王姐超市"):
    customer = of(database, name)
    return customer.receivable, str(customer.given_last_order_on), customer.extra["剩余次数"]


def codes(summary):
    return [(issue.code, issue.value) for issue in summary.sheets[0].issues]


OLD, NEW = (1200_0000, "2026-11-08", "5"), (800_0000, "2026-11-15", "4")


def test_a_newer_sheet_replaces_what_it_brought_and_says_old_and_new(database, week):
    week(FIRST.replace("文二路9号", "文二路2号"))
    before = history.logical_dump(database)
    goes_in, summary = week(SECOND.replace("文二路9号", "文二路2号"), "下周.csv")
    assert goes_in
    assert state(database) == NEW
    told = [(one.code, one.values["old"], one.value) for one in summary.sheets[0].updates]
    assert told[0] == ("replaced", "1200", "800")
    assert summary.sheets[0].counts.updated == 2
    history.undo(database)
    assert history.logical_dump(database) == before


def test_other_columns_only_fill_blanks(database, week):
    week(FIRST)
    _goes_in, summary = week(SECOND, "下周.csv")
    assert codes(summary) == [("differs", "文二路9号")]
    assert of(database, "老李杂货").address == "文二路2号"


def test_an_older_sheet_replaces_nothing_and_is_named_as_such(database, week):
    week(SECOND)
    goes_in, summary = week(FIRST, "上周.csv")
    assert not goes_in
    assert state(database) == NEW
    assert ("kept_newer", "1200") in codes(summary)


def test_the_name_of_a_file_tells_its_day_before_anything_else(database, week):
    week(SECOND, "客户20261101.csv")
    week(FIRST, "客户20261108.csv")
    assert state(database) == OLD
    week(SECOND, "客户20261101.csv")
    assert state(database) == OLD


def test_of_one_day_the_file_that_was_written_later_is_newer(database, week):
    first = FIRST.replace("上次拿货", "品类")
    second = first.replace("1200", "900")
    week(first, written=1_700_000_000)
    week(second, "下周.csv", written=1_700_600_000)
    assert of(database, "王姐超市").receivable == 900_0000
    assert ("kept_newer", "1200") in codes(week(first, written=1_700_000_000)[1])
    assert of(database, "王姐超市").receivable == 900_0000


def test_what_was_edited_by_hand_since_stays_and_is_named(database, week):
    week(FIRST)
    customers.edit_customer(database, of(database, "王姐超市").id, receivable=1000_0000)
    goes_in, summary = week(SECOND, "下周.csv")
    assert goes_in  # as before: a row that changes anything goes in, and what stays of it is named
    assert state(database) == (1000_0000, *NEW[1:])
    assert ("kept_by_hand", "800") in codes(summary)
    assert of(database, "老李杂货").receivable == 300_0000
    third = SECOND.replace("2026-11-15", "2026-11-18").replace(",4\n", ",2\n")
    week(third, "再下周.csv")
    assert state(database) == (1000_0000, "2026-11-18", "2")


def test_an_own_column_edited_by_hand_keeps_the_others_running(database, week):
    week(FIRST)
    customer = of(database, "王姐超市")
    customers.edit_customer(database, customer.id, extra={**customer.extra, "剩余次数": "9"})
    assert ("kept_by_hand", "4") in codes(week(SECOND, "下周.csv")[1])
    assert state(database) == (*NEW[:2], "9")


def test_an_edit_that_was_taken_back_is_none(database, week):
    week(FIRST)
    customers.edit_customer(database, of(database, "王姐超市").id, receivable=1000_0000)
    history.undo(database)
    week(SECOND, "下周.csv")
    assert state(database) == NEW


def test_an_import_that_was_taken_back_leaves_the_word_to_the_one_before(database, week):
    week(FIRST)
    week(SECOND, "下周.csv")
    history.undo(database)
    assert state(database) == OLD
    week(SECOND.replace(",800,", ",700,"), "下周.csv")
    assert state(database)[0] == 700_0000


def test_what_another_sheet_brought_is_not_overruled(database, week):
    week("店名,电话,欠款\n王姐超市,13800138000,500\n", "别的.csv")
    week(FIRST)
    assert ("kept_by_hand", "800") in codes(week(SECOND, "下周.csv")[1])
    assert state(database) == (500_0000, *NEW[1:])


def test_the_users_word_counts_more_than_what_is_usual(database, week):
    week(FIRST)
    assert ("differs", "800") in codes(week(SECOND, "下周.csv", rules=["欠款:existing=fill"])[1])
    assert state(database) == (OLD[0], *NEW[1:])
    week(SECOND.replace(",800,", ",700,"), "又来.csv")
    assert state(database)[0] == OLD[0]


def test_the_same_sheet_twice_changes_nothing(database, week):
    week(FIRST)
    week(SECOND, "下周.csv")
    assert week(SECOND, "又来.csv")[1].step == 0
