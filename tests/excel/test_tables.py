"""Several tables in one sheet: each is read by itself, and a blank column parts no table."""

from __future__ import annotations

from pathlib import Path

from crmdesk.excel.columns import header_score
from crmdesk.excel.draft import open_reading
from crmdesk.excel.grid import grid_of
from crmdesk.excel.tables import Area, beside, part_of
from crmdesk.progress import Progress

PEOPLE = [[f"王姐{n}店", f"138001380{n:02}"] for n in range(12)]


def sheets(path: Path, rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    with open_reading(path, Progress()) as reading:
        return [
            (sheet, [row for chunk in reading.rows(sheet.index, Progress()) for row in chunk])
            for sheet in reading.sheets
        ]


def areas(rows):
    return beside(grid_of("x", [list(row) for row in rows]), header_score)


def test_a_list_that_goes_on_beside_itself(tmp_path):
    rows = [
        ["店名", "电话", "店名", "电话"],
        *([*one, *other] for one, other in zip(PEOPLE[:6], PEOPLE[6:], strict=True)),
    ]
    found = sheets(tmp_path / "名单.csv", rows)
    assert [sheet.name for sheet, _ in found] == ["名单", "名单 (2)"]
    assert [row.values["name"] for _, read in found for row in read] == [name for name, _ in PEOPLE]
    assert found[1][0].columns[0].letter == "C"


def test_contacts_beside_each_other_are_one_table():
    header = ["公司名称", "联系人", "电话", "联系人", "电话"]
    assert areas([header, *([name, "张三", phone, "李四", phone] for name, phone in PEOPLE)]) == []


def test_a_blank_column_parts_no_table():
    assert areas([["店名", "电话", "", "地址", "备注"], *([*one, "", "文三路1号", ""] for one in PEOPLE)]) == []


def test_figures_beside_a_list_belong_to_nobody_in_it(tmp_path):
    side = [["", "片区", "户数"], ["", "城东", 12], ["", "城西", 30], ["", "合计", 42]]
    rows = [["店名", "电话"], *PEOPLE]
    rows = [[*row, *(side[n] if n < len(side) else ["", "", ""])] for n, row in enumerate(rows)]
    (sheet, read), (other, _nothing) = sheets(tmp_path / "a.csv", rows)
    assert [column.header for column in sheet.columns] == ["店名", "电话"]
    assert all(not row.extra for row in read)
    assert (other.kind, other.reason.code) == ("ignored", "sheet_without_customer")


def test_two_lists_with_a_blank_column_between_them():
    rows = [["店名", "电话", "", "客户名称", "手机"], *([*one, "", *one] for one in PEOPLE)]
    assert areas(rows) == [Area(left=0, right=3), Area(left=3, right=5)]


def test_a_table_below_another_one_is_read_by_itself(tmp_path):
    upper = [["店名", "电话", "", ""], *([*one, "", ""] for one in PEOPLE)]
    lower = [["日期", "客户", "商品", "金额"], ["2024-03-05", "老李", "茶叶", 30], ["2024-03-06", "赵姐", "茶叶", 40]]
    rows = [*upper, ["", "", "", ""], ["销售明细", "", "", ""], *lower]
    (first, people), (second, sales) = sheets(tmp_path / "a.csv", rows)
    assert (first.kind, first.row_count, [note.code for note in first.notes]) == ("customers", 12, ["table_below"])
    assert (second.kind, second.header_row, second.skipped[0].reason) == ("orders", 16, "title")
    assert [row.row for row in sales] == [17, 18]
    assert [row.row for row in people] == list(range(2, 14))


def test_a_title_without_a_blank_row_above_stays_with_the_upper_table(tmp_path):
    rows = [["店名", "电话"], *PEOPLE, ["合计", 12], ["客户名称", "手机"], ["老李", "13900139000"]]
    (first, _), (second, read) = sheets(tmp_path / "a.csv", rows)
    assert [skipped.reason for skipped in first.skipped] == ["total_row"]
    assert [row.values["name"] for row in read] == ["老李"]
    assert second.header_row == 15


def test_a_part_keeps_its_place():
    grid = grid_of("x", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    grid.merges = [(0, 0, 0, 1), (1, 1, 2, 1)]
    grid.marks.mark(1, 0, "#N/A")
    grid.marks.hidden_rows = {1, 2}
    part = part_of(grid, Area(top=1, left=1), "x (2)")
    assert list(part.rows()) == [["", "", ""], ["", "e", "f"], ["", "h", "i"]]
    assert (part.merges, part.marks.cells, part.marks.hidden_rows) == ([(1, 1, 2, 1)], {}, {2})
