"""`crmdesk export customers --template` from a shell."""

from __future__ import annotations

import openpyxl


def boss_table(folder):
    book = openpyxl.Workbook()
    for row in (["十一月客户"], ["客户名称", "手机", "批示"], ["旧客户", "13700137000", "好"]):
        book.active.append(row)
    book.save(folder / "老板.xlsx")
    return folder / "老板.xlsx"


def test_a_table_of_the_users_own_is_filled(filled):
    target = filled.folder / "出.xlsx"
    assert filled("export", "customers", "--template", boss_table(filled.folder), "--to", target) == 0, filled.err
    assert "批示" in filled.out
    sheet = openpyxl.load_workbook(target).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "十一月客户"
    assert sorted(row[0] for row in rows[2:]) == ["小赵便利店", "王姐超市", "老李粮油"]
    assert {row[2] for row in rows[2:]} == {None}


def test_orders_and_unknown_names_are_refused(filled):
    target = filled.folder / "出.xlsx"
    assert filled("export", "orders", "--template", boss_table(filled.folder), "--to", target) == 1
    assert "只有客户" in filled.err
    assert filled("export", "customers", "--template", "月报", "--to", target) == 1
    assert "月报" in filled.err
    assert not target.exists()
