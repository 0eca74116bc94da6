"""`crmdesk export customers --for-editing` and `crmdesk apply` from a shell."""

from __future__ import annotations

import openpyxl


def edited(filled, **values):
    """The workbook out, with these values by name of a customer under 备注, and saved."""
    path = filled.folder / "改.xlsx"
    assert filled("export", "customers", "--for-editing", "--to", path) == 0, filled.err
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    name, notes = heads.index("客户名称") + 1, heads.index("备注") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, name).value in values:
            sheet.cell(row, notes).value = values[sheet.cell(row, name).value]
    book.save(path)
    return path


def test_edits_are_shown_and_taken(filled):
    path = edited(filled, 王姐超市="爱喝红茶")
    found = filled.json("apply", path, "--dry-run")
    assert (found["counts"]["changed"], found["step"]) == (1, None)
    (cell,) = found["rows"][0]["cells"]
    assert (cell["here"], cell["there"], cell["kind"]) == ("爱喝茶", "爱喝红茶", "changed")
    assert filled("apply", path, "--yes") == 0
    assert "爱喝茶 → 爱喝红茶" in filled.out
    assert "爱喝红茶" in [row["notes"] for row in filled.json("list", "customers")]
    assert filled("apply", path, "--dry-run") == 0
    assert filled.out.strip() == "没有不一样的"
    assert filled("undo") == 0
    assert "收回 改.xlsx 里改的" in filled.out


def test_it_asks_first(filled):
    path = edited(filled, 王姐超市="爱喝红茶")
    assert filled("apply", path) == 1
    assert "--yes" in filled.err


def test_conflicts_and_deletions_are_taken_only_where_asked(filled):
    path = edited(filled, 王姐超市="爱喝红茶")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    gone = next(row for row in range(2, 5) if "小赵便利店" in [cell.value for cell in sheet[row]])
    sheet.delete_rows(gone)
    book.save(path)
    assert filled("apply", path, "--yes") == 0
    assert len(filled.json("list", "customers")) == 3
    assert filled("apply", path, "--yes", "--with-deletions", "--with-conflicts") == 0
    assert len(filled.json("list", "customers")) == 2


def test_orders_are_not_edited_this_way(filled):
    assert filled("export", "orders", "--for-editing", "--to", filled.folder / "o.xlsx") == 1
    assert "只有客户" in filled.err
