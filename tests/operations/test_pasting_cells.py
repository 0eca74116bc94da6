"""Cells pasted into the customer list: compared first, taken in one step."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.round_trip import CellKind, RowKind
from crmdesk.operations import customers, history, pasting_cells, round_trip
from crmdesk.operations.listing import customer_ids
from crmdesk.progress import Progress
from crmdesk.words.phrases import say

WANG = Customer("王姐超市", code="K1", points=(Point("phone", "13800138000"), Point("phone", "13800138001")))
LI = Customer(
    "老李粮油", code="K2", contacts=(Contact("李娜", points=(Point("phone", "13900139000"),)),), notes="爱喝茶"
)
KEYS = ("name", "phone", "order_total", "notes")


@pytest.fixture
def filled(database):
    for customer in (WANG, LI):
        customers.add_customer(database, customer)
    return database


def compared(database, *lines, keys=KEYS, skip=0):
    ids = list(customer_ids(database, CustomerQuery(sort=(("code", False),))))[skip:]
    return pasting_cells.compare(database, "\r\n".join(lines), keys, ids, Progress())


def everybody(database):
    return {record.customer.name: record.customer for record in customers.all_customers(database)}


def test_cells_go_into_the_columns_from_the_chosen_one_on(filled):
    found = compared(filled, "周三送货", "要发票", keys=("notes",))
    assert [(row.name, cell.key, cell.here, cell.there) for row in found.rows for cell in row.cells] == [
        ("王姐超市", "notes", "", "周三送货"),
        ("老李粮油", "notes", "爱喝茶", "要发票"),
    ]
    before = history.logical_dump(filled)
    round_trip.apply(filled, found, found.plain(), Progress(), pasting_cells.STEP)
    assert everybody(filled)["老李粮油"].notes == "要发票"
    assert say(history.undo_name(filled)) == "粘贴进列表"
    history.undo(filled)
    assert history.logical_dump(filled) == before


def test_lines_beyond_the_last_row_are_new_customers(filled):
    found = compared(filled, "老李粮油\t", "新店\t13600136000", "\t13500135000", skip=1)
    new, nameless = found.rows
    assert (new.kind, new.name, new.customer.points) == (RowKind.NEW, "新店", (Point("phone", "13600136000"),))
    assert (nameless.customer, nameless.note.code) == (None, "trip_nameless")
    round_trip.apply(filled, found, found.plain(), Progress(), pasting_cells.STEP)
    assert set(everybody(filled)) == {"王姐超市", "老李粮油", "新店"}


def test_a_new_one_who_is_there_already_is_not_taken_by_itself(filled):
    found = compared(filled, "新店\t13800138000", skip=2)
    assert found.rows[0].note.code == "trip_already_there"
    assert found.plain() == frozenset()


def test_what_the_list_shows_already_is_no_change(filled):
    assert not compared(filled, "王姐超市\t13800138000", "老李粮油\t13900139000\t\t爱喝茶")


def test_the_first_number_is_replaced_and_the_others_stay(filled):
    found = compared(filled, "\t139 9999 8888")
    round_trip.apply(filled, found, found.plain(), Progress(), pasting_cells.STEP)
    assert [point.value for point in everybody(filled)["王姐超市"].points] == ["13999998888", "13800138001"]


def test_blank_cells_leave_what_is_there(filled):
    assert not compared(filled, "王姐超市\t", "\t\t\t")


def test_worked_out_columns_and_unreadable_cells_are_named_and_refused(filled):
    found = compared(filled, "\t没有电话号\t12600\t好\t多出来的")
    cells = {cell.key: cell for cell in found.rows[0].cells}
    assert {key: cell.kind for key, cell in cells.items()} == {
        "phone": CellKind.UNREADABLE,
        "order_total": CellKind.UNREADABLE,
        "notes": CellKind.CHANGED,
        "": CellKind.UNREADABLE,
    }
    assert "算出来" in say(cells["order_total"].note)
    assert "多出来的" in say(cells[""].note)
    assert found.plain() == frozenset({(0, "notes")})


def test_a_line_of_headers_decides_columns_and_names_decide_whom(filled):
    found = compared(filled, "备注\t客户名称\t车牌", "送货\t老李粮油\t浙A1", "自提\t新店\t浙A2", keys=("phone",))
    assert found.added_columns == ("车牌",)
    changed, new = found.rows
    assert (changed.name, [cell.there for cell in changed.cells]) == ("老李粮油", ["送货", "浙A1"])
    assert (new.kind, new.row, new.customer.extra) == (RowKind.NEW, 3, {"车牌": "浙A2"})


def test_a_line_that_only_the_name_speaks_for_is_asked(filled):
    [asked] = compared(filled, "客户名称\t备注", "老李粮油\t送货").rows
    assert asked.note.code == "paste_by_name"
    found = compared(filled, "客户名称\t电话\t备注", "老李粮油\t13900139000\t送货")
    assert found.rows[0].note is None
    assert found.plain() == frozenset({(0, "notes")})
    found = compared(filled, "客户名称\t电话\t备注", "老李粮油\t13700137000\t送货")
    assert found.rows[0].note.code == "paste_by_name"
    assert not found.plain()
    round_trip.apply(filled, found, frozenset({(0, "notes")}), Progress())
    assert everybody(filled)["老李粮油"].notes == "送货"


def test_a_block_that_is_a_workbook_is_refused(filled):
    with pytest.raises(Refused, match="paste_too_large"):
        compared(filled, *["甲"] * (pasting_cells.MOST_ROWS + 1))
    assert not compared(filled, "")
