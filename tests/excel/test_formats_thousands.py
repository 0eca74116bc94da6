"""Numbers that their own comma parted: put together where there is one way to do so, else the row is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.excel.draft import open_reading
from crmdesk.excel.fixes import Fixes
from crmdesk.excel.formats import sheets_of
from crmdesk.excel.formats_thousands import joinings
from crmdesk.excel.gate import admit
from crmdesk.excel.grid import Grid
from crmdesk.excel.tables import Area, part_of
from crmdesk.progress import Progress


def grid_of(folder: Path, text: str, name: str = "a.csv") -> Grid:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return sheets_of(admit(path))[0].load()


def rows_of(folder: Path, text: str) -> list[list[object]]:
    return list(grid_of(folder, text).rows())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("姓名,金额,备注\n王姐,￥2,400,好\n老张,350,\n", ["王姐", "￥2,400", "好"]),
        ("姓名,金额,备注\n王姐,2,400.50,好\n老张,1,350,行\n", ["王姐", "2,400.50", "好"]),
        ("姓名,日期,金额\n王姐,2026-01-02,1,234,567\n老张,2026-01-03,8\n", ["王姐", "2026-01-02", "1,234,567"]),
        ("姓名,金额,备注\n王姐,￥2,400,\n老张,350,\n", ["王姐", "￥2,400", ""]),
        ("姓名,金额,备注,\n王姐,2,400,,\n老张,350,x,\n", ["王姐", "2,400", "", ""]),
        ("姓名,电话,数量,金额\n王姐,13800138000,3,￥2,400元\n老张,1,2,3\n", ["王姐", "13800138000", "3", "￥2,400元"]),
    ],
)
def test_a_number_in_parts_is_put_together(tmp_path, text, expected):
    grid = grid_of(tmp_path, text)
    assert (list(grid.rows())[1], grid.marks.doubtful) == (expected, {})
    assert list(grid.marks.joined)[:1] == [2]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("姓名,数量,金额,备注\n王姐,2,400,500,好\n老张,3,120,无\n", {2: "2,400,500"}),  # 2,400 or 400,500
        ("姓名,电话,备注\n王姐,13800138000,好,人\n老张,13900139000,x\n", {2: "人"}),
        ("姓名,电话,备注\n王姐,13800138000,1234,567\n老张,13900139000,x\n", {2: "567"}),  # 1234,567 is no number
        ('姓名,金额,备注\n王姐,"2","400",好\n老张,350,x\n', {2: "2,400"}),  # quoted: these are two cells
        ("姓名,数量,金额\n王姐,2,400,好\n老张,3,120,行\n老李,4,a,b\n", {2: "2,400", 3: "3,120"}),  # all rows go on
    ],
)
def test_what_can_be_read_in_several_ways_or_in_none_is_named_and_left(tmp_path, text, doubt):
    grid = grid_of(tmp_path, text)
    assert (grid.marks.doubtful, grid.marks.joined) == (doubt, {})


@pytest.mark.parametrize(
    "text",
    [
        "姓名,数量,金额\n王姐,2,400\n老张,3,120\n",
        "姓名,数量,金额\n王姐,2,400,\n老张,3,120,\n老李,a,9,\n",  # a comma behind every row
        "姓名,电话\n王姐,13800138000,爱喝茶\n老张,13900139000,x\n",  # a column without a name
        "姓名;金额;备注\n王姐;￥2,400;好\n老张;350;a;b\n",
        "姓名\t金额\t备注\n王姐\t￥2,400\t好\n老张\t350\ta\tb\n",
        '姓名,金额,备注\n王姐,"￥2,400",好\n老张,350\n',
        "姓名,金额\n王姐,350\n\n订单号,客户名称,数量,金额\nD1,王姐,2,400\n",  # another, wider table
    ],
)
def test_nothing_else_is_touched(tmp_path, text):
    marks = grid_of(tmp_path, text).marks
    assert (marks.joined, marks.doubtful) == ({}, {})


def test_a_sheet_of_numbers_in_parts_has_no_more_columns_than_its_header(tmp_path):
    assert grid_of(tmp_path, "客户登记表\n姓名,金额,备注\n王姐,￥2,400,好\n老张,1,350,行\n").width == 3


def test_a_doubtful_row_says_so_until_somebody_types_in_it(tmp_path):
    path = tmp_path / "客户.csv"
    path.write_text("姓名,电话,金额,备注\n王姐,13800138000,2,400,500\n老张,13900139000,350,好\n", encoding="utf-8")
    with open_reading(path, Progress()) as reading:

        def issues() -> list[tuple[int, str, str]]:
            return [
                (issue[0], issue[2], issue[3])
                for chunk in reading.rows(0, Progress())
                for row in chunk
                for issue in row.issues
            ]

        assert issues() == [(2, "2,400,500", "row_too_long")]
        reading.fix(0, Fixes({2: {2: "2400", 3: ""}}))
        assert issues() == []


def test_a_table_below_keeps_its_own_doubts(tmp_path):
    grid = grid_of(tmp_path, "姓名,金额\n王姐,1,200\n老李,好,人\n老张,7\n")
    assert (grid.marks.joined, grid.marks.doubtful) == ({2: "1,200"}, {3: "人"})
    part = part_of(grid, Area(top=2), "下面")
    assert (part.marks.joined, part.marks.doubtful) == ({}, {3: "人"})


CELLS = st.sampled_from(["王姐", "", "2", "12", "400", "045", "567.5", "￥3", "-1", "1234", "800元", " 7"])
NUMBER = r"\s*[-+]?\s*￥?\s*[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?\s*(元)?\s*"


def every_way(cells: list[str], size: int) -> list[list[str]]:
    """All ways to part the cells into `size` groups of neighbours, those of several being numbers, one by one."""
    import re

    if not cells:
        return [[]] if size == 0 else []
    ways = []
    for length in range(1, len(cells) + 1):
        group = ",".join(cells[:length])
        if length == 1 or re.fullmatch(NUMBER, group):
            ways += [[group, *rest] for rest in every_way(cells[length:], size - 1)]
    return ways


@given(st.lists(CELLS, min_size=2, max_size=7), st.integers(1, 3))
def test_a_row_is_joined_just_where_there_is_one_way(cells, missing):
    size = max(1, len(cells) - missing)
    found, ways = joinings(cells, size, ",".join(cells)), every_way(cells, size)
    assert (len(found) == 1) == (len(ways) == 1)
    assert len(ways) != 1 or found == ways


@given(
    st.lists(
        st.tuples(st.integers(1, 9_999_999), st.sampled_from(["", "￥"]), st.sampled_from(["", ".00", ".5"])),
        min_size=1,
        max_size=8,
    )
)
def test_amounts_written_with_commas_come_back_or_are_named(tmp_path_factory, amounts):
    folder = tmp_path_factory.mktemp("amounts")
    written = [f"{sign}{amount:,}{tail}" for amount, sign, tail in amounts]
    lines = ["姓名,电话,金额,备注", *(f"客户,13800138000,{text},好" for text in written)]
    rows = rows_of(folder, "\n".join(lines))
    assert rows[1:] == [["客户", "13800138000", text, "好"] for text in written]
