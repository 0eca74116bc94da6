"""The table in a sheet: found under titles, in any corner, and every row accounted for."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.excel.columns import header_score
from crmdesk.excel.grid import Cells, Grid, Merge, grid_of
from crmdesk.excel.layout import Layout, find_layout, patched_rows

HEADER: Cells = ["序号", "客户名称", "联系人", "手机号", "累计金额"]


def customers(count: int, start: int = 1) -> list[Cells]:
    return [[n, f"王姐超市{n}店", "王姐", f"138{n:08d}", 1200.5 + n] for n in range(start, start + count)]


def lay_out(rows: list[Cells], merges: tuple[Merge, ...] = (), **asked: int) -> Layout:
    grid = grid_of("客户", rows)
    grid.merges = list(merges)
    return find_layout(grid, header_score, **asked)


def test_a_plain_table() -> None:
    layout = lay_out([HEADER, *customers(20)])
    assert layout.header.lines == (1,)
    assert layout.header.texts == tuple(HEADER)
    assert (layout.row_count, layout.skipped) == (20, {})


@pytest.mark.parametrize(
    "days", [["7.1", "7.8", "7.15"], ["7月1日", "8号", "7月15"], [datetime(2024, 7, day) for day in (1, 8, 15)]]
)
def test_columns_that_are_called_by_a_day_are_columns(days: Cells) -> None:
    rows: list[Cells] = [["片区:城东"], ["店名", "老板", "电话", *days, "等级"]]
    rows += [[f"鑫鑫{n}店", "马姐", f"138{n:08d}", "√", "3件", "", "A"] for n in range(4)]
    layout = lay_out(rows, ((0, 0, 0, 6),))
    assert (layout.header.row, layout.row_count) == (2, 4)
    assert "00:00" not in layout.header.texts[3]


def test_somebody_without_a_phone_is_no_header() -> None:
    people: list[Cells] = [["林刚", "无"], *([f"陈{sign}", f"1331696631{n}"] for n, sign in enumerate("明勇刚兰静艳"))]
    layout = lay_out(people)
    assert (layout.header.row, layout.row_count) == (0, 7)


def test_titles_above_the_header_are_named() -> None:
    rows: list[Cells] = [["2024年客户信息表"], [], ["制表人:小李", "", "日期:2024-03-05"], HEADER, *customers(8)]
    layout = lay_out(rows, ((0, 0, 0, 4),))
    assert layout.header.row == 4
    assert layout.skipped == {1: "title", 3: "title"}
    assert layout.row_count == 8


def test_a_table_in_the_middle_of_the_sheet() -> None:
    rows: list[Cells] = [[], [], *([["", "", *row] for row in [HEADER, *customers(5)]])]
    layout = lay_out(rows)
    assert layout.header.row == 3
    assert layout.header.texts == ("", "", *HEADER)
    assert layout.row_count == 5


def test_a_header_of_two_lines_is_joined() -> None:
    rows: list[Cells] = [["客户名称", "联系方式", "", "备注"], ["", "电话", "微信", ""]]
    rows += [[f"王姐{n}店", f"1380013{n:04d}", f"wx_{n}", "老客户"] for n in range(6)]
    layout = lay_out(rows, ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)))
    assert layout.header.lines == (1, 2)
    assert layout.header.texts == ("客户名称", "联系方式 电话", "联系方式 微信", "备注")
    assert layout.skipped == {1: "header"}
    assert layout.row_count == 6


def test_a_header_of_two_lines_in_a_file_without_merged_cells() -> None:
    rows: list[Cells] = [["2024年客户表"], ["客户名称", "联系方式", "", "备注"], ["", "电话", "微信", ""]]
    rows += [[f"王姐{n}店", f"1380013{n:04d}", f"wx_{n}", "老客户"] for n in range(6)]
    layout = lay_out(rows)
    assert layout.header.texts == ("客户名称", "联系方式 电话", "联系方式 微信", "备注")
    assert layout.skipped == {1: "title", 2: "header"}


def test_groups_above_the_header_are_joined() -> None:
    rows: list[Cells] = [
        ["", "", "第一次跟进", "", "第二次跟进", ""],
        ["客户名称", "电话", "日期", "内容", "日期", "内容"],
    ]
    rows += [
        [f"王姐{n}店", f"1380013{n:04d}", date(2024, 3, 5), "已报价", date(2024, 4, 5), "再等等"] for n in range(6)
    ]
    layout = lay_out(rows, ((0, 2, 0, 3), (0, 4, 0, 5)))
    assert layout.header.row == 2
    assert layout.header.texts[2:] == ("第一次跟进 日期", "第一次跟进 内容", "第二次跟进 日期", "第二次跟进 内容")


def test_a_table_without_header_keeps_its_first_row() -> None:
    layout = lay_out([["老王", "13800138000", 35.5, "杭州"], ["老李", "13900139000", 12.0, "宁波"]])
    assert layout.header.lines == ()
    assert layout.row_count == 2


def test_names_of_columns_are_read_as_they_are_meant() -> None:
    header: Cells = ["*客户\n名称", "税  率", "建档\n日期：", "联系方式 (手机)", "No."]
    layout = lay_out([header, *([f"王姐{n}店", "13%", "2024-03-05", f"1380013{n:04d}", n] for n in range(6))])
    assert layout.header.texts == ("客户名称", "税率", "建档日期", "联系方式 (手机)", "No.")


def test_a_header_typed_again_with_its_blanks_is_known() -> None:
    header: Cells = [" 客户\n名称 ", "联系人", "手 机", "地址", "金额"]
    layout = lay_out([header, *customers(5), header, *customers(5, 6)])
    assert layout.skipped == {7: "repeated_header"}


def test_a_customer_with_a_star_and_a_phone_is_no_remark() -> None:
    rows = customers(9)
    rows[3] = ["", "★小赵水果店", "", "13800138000", ""]
    rows[4] = ["", "#N/A", "", "13800138001", ""]
    assert lay_out([HEADER, *rows]).skipped == {}


def test_rows_as_full_as_the_others_above_it_make_a_row_no_header() -> None:
    rows: list[Cells] = [[f"王姐{n}店", f"1380013{n:04d}"] for n in range(12)]
    rows[7] = ["老李五金", "13800138000、13900139000"]
    assert lay_out(rows).header.lines == ()


@pytest.mark.parametrize(
    "total",
    [
        ["合计", "", "", "", 9999.0],
        ["", "合  计", "", "", 9999.0],
        ["总计:", "", "", "", 9999.0],
        ["小计", "5", "", "", 9999.0],
        ["", "共 20 户", "", "", ""],
        ["平均值", "", "", "", 12.5],
        ["", "杭州小计", "", "", 9999.0],
        ["Total", "", "", "", 9999.0],
        ["", "", "", "合计", 9999.0],
        ["合计", "20家", "", "", "9,999.00元"],
    ],
)
def test_totals_are_left_out_wherever_they_stand(total: Cells) -> None:
    layout = lay_out([HEADER, total, *customers(5), total, *customers(5, 6), total])
    assert set(layout.skipped.values()) == {"total_row"}
    assert set(layout.skipped) == {2, 8, 14}
    assert layout.row_count == 10


def test_a_total_above_the_header() -> None:
    layout = lay_out([["", "合计", "", "", 9999.0], HEADER, *customers(5)])
    assert layout.skipped == {1: "total_row"}


@pytest.mark.parametrize(
    "name", ["合计贸易公司", "总计达物流", "平均律琴行", "共享单车公司", "Total Energies Ltd", "汇总通科技"]
)
def test_a_customer_whose_name_starts_like_a_total_stays(name: str) -> None:
    rows = customers(10)
    rows[4][1] = name
    layout = lay_out([HEADER, *rows])
    assert layout.skipped == {}


def test_headers_said_again_on_each_printed_page() -> None:
    layout = lay_out([HEADER, *customers(5), HEADER, *customers(5, 6), HEADER, *customers(1, 11)])
    assert layout.skipped == {7: "repeated_header", 13: "repeated_header"}
    assert layout.row_count == 11


def test_notes_below_the_table() -> None:
    notes: list[Cells] = [[], ["备注:以上数据截至2024年12月"], ["制表人:小李", "", "", "审核:老张"]]
    layout = lay_out([HEADER, *customers(9), *notes])
    assert layout.skipped == {12: "note", 13: "note"}
    assert layout.row_count == 9


def test_somebody_who_can_be_called_is_no_remark_below_the_table() -> None:
    assert lay_out([HEADER, *customers(9), [], ["", "", "杨芳兰", "18143248563", ""]]).row_count == 10


def test_a_customer_of_whom_only_the_name_is_known_stays() -> None:
    layout = lay_out([HEADER, *customers(9), ["", "小赵水果店", "", "", ""], *customers(3, 10)])
    assert layout.row_count == 13


def test_the_name_of_a_section_merged_over_the_table() -> None:
    rows = [HEADER, ["杭州片区", "", "", "", ""], *customers(4), ["宁波片区", "", "", "", ""], *customers(4, 5)]
    layout = lay_out(rows, ((1, 0, 1, 4), (6, 0, 6, 4)))
    assert layout.skipped == {2: "section", 7: "section"}


def test_hidden_rows_are_listed_and_taken_when_asked() -> None:
    grid = grid_of("客户", [HEADER, *customers(9)])
    grid.marks.hidden_rows = {3, 4}
    assert find_layout(grid, header_score).skipped == {3: "hidden_row", 4: "hidden_row"}
    assert find_layout(grid, header_score, take_hidden=True).row_count == 9


def test_a_company_merged_over_its_contacts_is_filled_downwards() -> None:
    rows: list[Cells] = [
        ["公司名称", "联系人", "电话"],
        ["大华机械", "张三", "13800000001"],
        ["", "李四", "13800000002"],
    ]
    grid = grid_of("联系人", [*rows, ["小华机械", "王五", "13800000003"]])
    grid.merges = [(1, 0, 2, 0)]
    layout = find_layout(grid, header_score)
    assert [cells[0] for number, cells in patched_rows(grid, layout.patches) if number > 1] == [
        "大华机械",
        "大华机械",
        "小华机械",
    ]
    assert layout.row_count == 3


def test_the_users_word_for_the_header_row() -> None:
    rows = [HEADER, *customers(4)]
    assert lay_out(rows, header_row=0).row_count == 5
    assert lay_out(rows, header_row=2).header.texts[1] == "王姐超市1店"


BLANK: Cells = ["", "", "", "", ""]
PIECES = {
    "blank": BLANK,
    "spaces": ["  ", "", "\t", "", ""],
    "total": ["合计", "", "", "", 5000.0],
    "repeated": list(HEADER),
}


@given(
    st.lists(st.sampled_from(["title", "blank"]), max_size=4),
    st.lists(st.sampled_from(["row", "row", "row", "blank", "spaces", "total", "repeated"]), min_size=1, max_size=60),
    st.integers(0, 3),
)
def test_every_row_is_data_or_named(above: list[str], below: list[str], left: int) -> None:
    """Titles, blanks, totals and headers said again in any order: nothing is taken for data, nothing lost."""
    data = iter(customers(100))
    top: list[Cells] = [["2024年客户信息表", "", "", "", ""] if kind == "title" else list(BLANK) for kind in above]
    body = [next(data) if kind == "row" else list(PIECES[kind]) for kind in ["row", "row", "row", *below]]
    rows: list[Cells] = [[*[""] * left, *cells] for cells in [*top, HEADER, *body]]
    layout = lay_out(rows)
    assert layout.header.row == len(above) + 1
    assert layout.row_count == below.count("row") + 3
    reasons = list(layout.skipped.values())
    assert reasons.count("total_row") == below.count("total")
    assert reasons.count("repeated_header") == below.count("repeated")
    assert reasons.count("title") == above.count("title")


def test_a_grid_of_nothing() -> None:
    layout = find_layout(Grid("leer", 0, 0, lambda: iter(())), header_score)
    assert (layout.header.row, layout.row_count) == (0, 0)
