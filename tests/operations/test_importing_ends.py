"""A sheet's 合同到期日 is asked about in time, goes with its import, and an old sheet takes no renewal back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.domain.record import FollowUpRow
from crmdesk.domain.renewal import contract_in_header
from crmdesk.operations import customers, follow_ups, history
from crmdesk.operations.files import open_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.renewals import change_renewal, delete_renewal, list_renewals
from crmdesk.operations.today import plan_ahead

HEAD = "客户编号,姓名,电话,合同到期日,备注\n"
SHEET = HEAD + "K1,王姐,13800138001,2026-12-10,\nK2,老李,13800138002,2027/6/30,\nK3,小赵,13800138003,面谈,\n"


@pytest.fixture
def bring(database, tmp_path):
    def import_it(text: str) -> int:
        path = tmp_path / "客户.csv"
        path.write_text(text, encoding="utf-8")
        with preview_sheets(database, [path]) as preview:
            return import_preview(database, preview).step

    return import_it


def ends(database) -> list[date | None]:
    return [state.ends_on for state in list_renewals(database)]


def asked_about(database) -> list[FollowUpRow]:
    return [row for row in follow_ups.list_follow_ups(database, "open") if row.follow_up.origin == "contract"]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("合同到期日", ""),
        ("合同 到期", ""),
        ("到期日期", ""),
        ("会员到期时间", "会员"),
        ("续费日期", ""),
        ("有效期至", ""),
        ("Contract end date", ""),
        ("欠款到期日", None),
        ("账期", None),
        ("下次跟进日期", None),
    ],
)
def test_a_column_is_known_by_its_header(header: str, what: str | None) -> None:
    assert contract_in_header(header) == what


def test_the_days_of_the_column_are_asked_about_and_the_column_stays(database, bring) -> None:
    bring(SHEET)
    assert ends(database) == [date(2026, 12, 10), date(2027, 6, 30)]
    plan_ahead(database)
    [row] = asked_about(database)
    assert (row.name, row.follow_up.due_on, row.follow_up.summary) == ("王姐", date(2026, 11, 22), "2026-12-10")
    [wang] = [one.customer for one in customers.all_customers(database) if one.customer.name == "王姐"]
    assert dict(wang.extra) == {"合同到期日": "2026-12-10"}


def test_the_same_sheet_again_adds_nothing_and_a_later_day_moves_the_end_on(database, bring) -> None:
    bring(SHEET)
    bring(SHEET)
    assert len(ends(database)) == 2
    [first, _] = list_renewals(database)
    change_renewal(database, replace(first.renewal, ends_on=date(2028, 1, 1)))  # renewed by hand
    bring(SHEET)
    assert ends(database) == [date(2027, 6, 30), date(2028, 1, 1)]


def test_taking_the_import_back_takes_them_along_also_after_they_were_planned(database, bring) -> None:
    customers.add_customer(database, Customer(name="老街坊"))
    before = history.logical_dump(database)
    bring(SHEET)
    plan_ahead(database)
    database.undo()
    assert ends(database) == []
    left = [line for line in history.logical_dump(database) if line not in before]
    assert not any("renewals" in line for line in left)


def test_a_contract_deleted_by_hand_does_not_come_back_with_a_later_import(database, bring) -> None:
    bring(SHEET)
    [first, _] = list_renewals(database)
    delete_renewal(database, first.renewal.id)
    bring(SHEET)
    bring(HEAD + "K4,老钱,13800138004,2027-03-01,\nK1,王姐,13800138001,,爱打折\n")
    assert ends(database) == [date(2027, 3, 1), date(2027, 6, 30)]


def test_a_deleted_contract_does_not_come_back_when_another_own_column_changes(database, bring) -> None:
    bring(SHEET)
    [first, _] = list_renewals(database)
    delete_renewal(database, first.renewal.id)
    bring("客户编号,姓名,电话,合同到期日,冰柜\nK1,王姐,13800138001,2026-12-10,两台\n")
    assert ends(database) == [date(2027, 6, 30)]


def test_a_customer_that_was_there_before_keeps_no_follow_up_of_an_import_that_was_taken_back(database, bring) -> None:
    bring("客户编号,姓名,电话\nK1,王姐,13800138001\n")
    step = bring("客户编号,姓名,合同到期日\nK1,王姐,2026-12-10\n")
    plan_ahead(database)
    assert len(asked_about(database)) == 1
    history.undo_step(database, step)
    plan_ahead(database)
    assert asked_about(database) == []


def test_days_later_as_well(tmp_path) -> None:
    path = tmp_path / "客户.csv"
    path.write_text(SHEET, encoding="utf-8")
    file = tmp_path / "mine.crmdesk"
    db = open_file(file, Clock(date(2026, 11, 20)), create=True)
    with preview_sheets(db, [path]) as preview:
        step = import_preview(db, preview).step
    plan_ahead(db)
    db.close()
    db = open_file(file, Clock(date(2026, 11, 22)))
    customers.add_customer(db, Customer(name="新来的"))
    history.undo_step(db, step)
    assert list_renewals(db) == ()
    assert asked_about(db) == []
    db.close()
