"""After a merge the old sheet comes again: it finds the one who was kept."""

from __future__ import annotations

import openpyxl
import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, duplicates, history, importing
from crmdesk.operations.listing import customer_ids
from crmdesk.progress import Progress

SHEETS = {
    "by code": (["客户编号", "客户名称", "备注"], ["K1", "王姐超市", "甲"], ["K2", "小李粮油", "乙"]),
    "by phone": (["客户名称", "电话"], ["王姐超市", "13800138000"], ["小李粮油", "13900139000"]),
    "by address": (["客户名称", "地址"], ["王姐超市", "文三路 1 号"], ["小李粮油", "解放路 22 号"]),
    "by name": (["客户名称", "备注"], ["王姐超市", "甲"], ["小李粮油", "乙"]),
}


def imported(database, path):
    preview = importing.preview_sheets(database, [path], Progress())
    try:
        importing.import_preview(database, preview, Progress())
    finally:
        preview.close()


def everybody(database):
    return list(customer_ids(database, CustomerQuery(sort=(("name", False),))))


@pytest.mark.parametrize("rows", SHEETS.values(), ids=SHEETS.keys())
@pytest.mark.parametrize("keep", [0, 1])
def test_the_old_sheet_finds_the_kept_one(database, tmp_path, rows, keep):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "老表.xlsx")
    imported(database, tmp_path / "老表.xlsx")
    ids = everybody(database)
    assert len(ids) == 2
    before = history.logical_dump(database)
    merged = duplicates.merge(database, ids[keep], ids[1 - keep])
    after = history.logical_dump(database)
    imported(database, tmp_path / "老表.xlsx")
    assert everybody(database) == [ids[keep]]
    assert customers.get_customer(database, ids[keep]).name in ("王姐超市", "小李粮油")
    history.undo(database)
    if history.logical_dump(database) == after:  # the import changed something and was the last step
        history.undo(database)
    assert history.logical_dump(database) == before
    assert merged.step is not None


def test_a_code_belongs_to_who_has_it_now(database, tmp_path):
    ids = [
        customers.add_customer(database, Customer(name, code=code)).new_id
        for name, code in (("甲", "K1"), ("乙", "K2"))
    ]
    duplicates.merge(database, *ids)
    third = customers.add_customer(database, Customer("丙", code="K2")).new_id
    book = openpyxl.Workbook()
    for row in (["客户编号", "客户名称", "备注"], ["K2", "丙", "新来的"]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    imported(database, tmp_path / "表.xlsx")
    assert customers.get_customer(database, third).notes == "新来的"


def test_a_namesake_of_the_old_one_at_another_address_is_somebody_else(database, tmp_path):
    ids = [
        customers.add_customer(database, Customer(name, address=address)).new_id
        for name, address in (("王姐超市", "文三路 1 号"), ("小李粮油", "解放路 22 号"))
    ]
    duplicates.merge(database, *ids)
    book = openpyxl.Workbook()
    for row in (["客户名称", "地址"], ["小李粮油", "人民路 9 号"], ["小李粮油", "解放路 22 号"]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    imported(database, tmp_path / "表.xlsx")
    names = {customers.get_customer(database, one).address: one for one in everybody(database)}
    assert set(names) == {"文三路 1 号", "人民路 9 号"}
