"""Headings over blocks of rows, and names of sheets: what they tell of the rows below."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from crmdesk.excel.draft import open_reading
from crmdesk.excel.sections import GROUP, Told, is_heading, told_by, told_by_name
from crmdesk.progress import Progress

HANGZHOU = ("浙江省", "杭州市", "")


def read(path: Path, text: str = ""):
    if text:
        path.write_text(text, encoding="utf-8")
    with open_reading(path, Progress()) as reading:
        return [
            (sheet, [row for chunk in reading.rows(sheet.index, Progress()) for row in chunk])
            for sheet in reading.sheets
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024年3月", Told(year=2024, month=3)),
        ("2024-03", Told(year=2024, month=3)),
        ("2024.3", Told(year=2024, month=3)),
        ("24年12月份", Told(year=2024, month=12)),
        ("3月", Told(month=3)),
        ("十一月份", Told(month=11)),
        ("3月销售明细", Told(month=3)),
        ("2024年", Told(year=2024)),
        ("杭州", Told(region=HANGZHOU)),
        ("杭州片区：", Told(region=HANGZHOU)),
        ("一、杭州客户", Told(region=HANGZHOU)),
        ("鄞州区", Told(region=("浙江省", "宁波市", "鄞州区"))),
        ("西湖区", Told(group="西湖区")),  # there are two of them
        ("张磊", Told(group="张磊")),
        ("老客户：", Told(group="老客户")),
        ("13月", Told(group="13月")),
    ],
)
def test_what_a_heading_says(text, told):
    assert told_by(text) == told


@pytest.mark.parametrize(("text", "heading"), [("杭州片区", True), ("3月", True), ("老客户", True), ("A类", True)])
def test_what_is_surely_a_heading(text, heading):
    assert is_heading(text) is heading


@pytest.mark.parametrize(
    "name", ["王姐超市", "张磊", "老李五金店", "新华书店门市部", "杭州大厦", "三月茶庄", "李记片皮鸭"]
)
def test_a_customer_is_no_heading(name):
    assert not is_heading(name)


@pytest.mark.parametrize("name", ["Sheet1", "工作表2", "表1", "订单20240301", "1", "2.30"])
def test_what_a_sheet_may_be_called_without_saying_anything(name):
    assert told_by_name(name, (), one_of_several=True) == Told()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2024-12-01", Told(year=2024, month=12, day=1)),
        ("20241201", Told(year=2024, month=12, day=1)),
        ("销售日报2024.12.1", Told(year=2024, month=12, day=1)),
        ("12月1日", Told(year=2024, month=12, day=1)),
        ("12.1", Told(year=2024, month=12, day=1)),
        ("1日", Told(year=2024, month=12, day=1)),
    ],
)
def test_a_sheet_or_file_called_by_a_day_tells_it_of_all_rows(name, told):
    assert told_by_name(name, ("", "2024年12月流水.xlsx"), one_of_several=False) == told


@pytest.mark.parametrize("name", ["1-6", "7-12", "1.2", "2-1", "12-1单", "2026年1-6", "2026.1-6", "1-6日", "12-1"])
def test_a_name_that_is_a_day_only_perhaps_tells_none(name):
    assert told_by_name(name, ("", "2026年销售.xlsx"), (name,), one_of_several=True) == Told()


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("汇总", "10.1", "10.2", "10.5"), True),
        (("10-30", "10-31", "11-1"), True),
        (("12.31", "12.30", "12.29"), True),  # the newest first
        (("12-30", "12-31", "1-1"), True),
        (("2-1", "2-2"), False),  # two parts of a second delivery
        (("1-3", "4-6", "7-9", "10-12"), False),
        (("1-6", "7-12", "13-18"), False),
        (("1-5", "1-10", "1-15"), False),
        (("1.1", "1.2", "2.1", "2.2"), False),
        (("1-30", "1-31", "1-32"), False),
    ],
)
def test_names_of_two_numbers_are_days_where_they_follow_each_other(names, days):
    told = told_by_name(names[1], ("", "2026年销售.xlsx"), names, one_of_several=True)
    assert (told.day is not None, told.year) == ((True, 2026) if days else (False, None))


def test_a_heading_of_two_numbers_is_no_month_of_long_ago():
    assert told_by("10.1") == Told(group="10.1")
    assert told_by("2026年1-6") == Told(group="2026年1-6")


def test_purchases_in_half_years_get_no_day_and_it_is_said(tmp_path):
    rows = [["客户", "商品", "金额"], ["王姐", "茶叶", 30], ["老李", "茶叶", 40], ["王姐", "大米", 50]]
    found = read(book(tmp_path / "2026年销售.xlsx", {"1-6": rows, "7-12": rows}))
    assert [row.values.get("ordered_on") for _, rows in found for row in rows] == [None] * 6
    assert [[note.code for note in sheet.notes] for sheet, _ in found] == [["sheet_name_unsure"]] * 2


def test_sheets_of_days_in_a_row_are_those_days(tmp_path):
    rows = [["客户", "商品", "金额"], ["王姐", "茶叶", 30], ["老李", "茶叶", 40], ["王姐", "大米", 50]]
    found = read(book(tmp_path / "2026年销售.xlsx", dict.fromkeys(("10.1", "10.2", "10.3"), rows)))
    assert [rows[0].values["ordered_on"] for _, rows in found] == ["2026-10-01", "2026-10-02", "2026-10-03"]
    assert {note.code for sheet, _ in found for note in sheet.notes} == {"sheet_name_told"}


def test_the_month_of_a_sheet_takes_its_year_from_what_names_it():
    assert told_by_name("3月", ("", "2024年销售.xlsx"), one_of_several=False) == Told(year=2024, month=3)
    assert told_by_name("3月", ("2024年明细", "2037.xlsx"), one_of_several=False) == Told(year=2024, month=3)
    assert told_by_name("杭州", ("", "客户.xlsx"), one_of_several=False) == Told()


@pytest.mark.parametrize(
    ("workbook", "day", "code"),
    [("2024年.xlsx", "2024-03-01", "date_month_only"), ("a.xlsx", None, "date_without_year")],
)
def test_purchases_of_a_month_without_days(tmp_path, workbook, day, code):
    rows = [
        ["客户", "商品", "金额"],
        ["王姐", "茶叶", 30],
        ["老李", "茶叶", 40],
        ["王姐", "大米", 50],
        ["赵姐", "大米", 60],
    ]
    [(sheet, found)] = read(book(tmp_path / workbook, {"3月": rows}))
    assert sheet.kind == "orders"
    assert {row.values.get("ordered_on") for row in found} == {day}
    assert {issue[3] for row in found for issue in row.issues} == {code}


def test_a_day_alone_belongs_to_the_month_above_it(tmp_path):
    text = "日期,客户,金额\n2024年3月,,\n5日,王姐,30\n6号,老李,40\n2024年4月,,\n5日,王姐,50\n3月31日,老李,60\n"
    [(sheet, rows)] = read(tmp_path / "a.csv", text)
    assert [row.values["ordered_on"] for row in rows] == ["2024-03-05", "2024-03-06", "2024-04-05", "2024-03-31"]
    assert [[issue[3] for issue in row.issues] for row in rows] == [[], [], [], ["date_year_assumed"]]
    assert [note.code for note in sheet.notes] == ["headings_told"]
    assert "ask" not in sheet.columns[0].options


def test_a_heading_that_is_no_place_is_kept_as_a_group(tmp_path):
    text = "店名,电话\n张磊,\n王姐超市,13800138000\n李四五金,13800138001\n李娜,\n赵姐茶行,13900139000\n"
    [(sheet, rows)] = read(tmp_path / "a.csv", text)
    assert [skipped.row for skipped in sheet.skipped] == [2, 5]
    assert [row.extra for row in rows] == [{GROUP: "张磊"}, {GROUP: "张磊"}, {GROUP: "李娜"}]


def test_a_list_that_knows_only_a_name_here_and_there_has_no_headings(tmp_path):
    text = "店名,电话\n王姐超市,13800138000\n张磊,\n李四五金,13800138001\n李娜,\n赵姐茶行,13900139000\n"
    [(sheet, rows)] = read(tmp_path / "a.csv", text)
    assert (len(rows), sheet.skipped) == (5, ())


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def test_one_sheet_for_each_district_tells_where_its_customers_are(tmp_path):
    sheets = {name: [["店名", "电话"], [f"{name}王姐店", "13800138000"]] for name in ("杭州", "湛江市", "王经理")}
    found = read(book(tmp_path / "a.xlsx", sheets))
    assert [rows[0].values.get("region") for _, rows in found] == [HANGZHOU, ("广东省", "湛江市", ""), None]
    assert [rows[0].extra for _, rows in found] == [{}, {}, {GROUP: "王经理"}]
    assert {note.code for sheet, _ in found for note in sheet.notes} == {"sheet_name_told"}


def test_a_single_sheet_may_be_called_anything(tmp_path):
    [(_, rows)] = read(book(tmp_path / "a.xlsx", {"杭州": [["店名", "电话"], ["王姐店", "13800138000"]]}))
    assert "region" not in rows[0].values


def test_the_same_again_below_a_hidden_row_means_that_row(tmp_path):
    rows = [
        ["客户", "地区", "电话"],
        ["王姐", "宁波", "13800138000"],
        ["老李", "杭州", "1390013900"],
        ["赵姐", "同上", "13700137000"],
    ]
    path = book(tmp_path / "a.xlsx", {"Sheet1": rows})
    from openpyxl import load_workbook

    made = load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.save(path)
    [(sheet, found)] = read(path)
    assert [row.row for row in found] == [2, 4]
    assert found[1].values["region"] == HANGZHOU
    assert [skipped.reason for skipped in sheet.skipped] == ["hidden_row"]


def test_contacts_below_a_company_that_stands_on_the_first_row_only(tmp_path):
    text = (
        "公司名称,联系人,电话,地址\n大华机械,张三,13800138000,文三路1号\n,李四,13800138001,\n"
        "小华机械,王五,13800138002,文三路2号\n,赵六,13800138003,\n"
    )
    [(sheet, rows)] = read(tmp_path / "a.csv", text)
    assert sheet.kind == "contacts"
    assert [row.values["name"] for row in rows] == ["大华机械", "大华机械", "小华机械", "小华机械"]
    assert [[issue[3] for issue in row.issues] for row in rows] == [[], ["name_from_above"], [], ["name_from_above"]]
    assert rows[1].values["contacts"] == [("李四", "", "", [("phone", "13800138001", "")])]


def test_people_of_no_company_stay_themselves(tmp_path):
    text = (
        "公司名称,联系人,电话\n大华机械,张三,13800138000\n,李四,13800138001\n"
        "小华机械,王五,13800138002\n,赵六,13800138003\n"
    )
    [(_, rows)] = read(tmp_path / "a.csv", text)
    assert [row.values["name"] for row in rows] == ["大华机械", "李四", "小华机械", "赵六"]
    assert [[issue[3] for issue in row.issues] for row in rows] == [
        [],
        ["name_from_contact"],
        [],
        ["name_from_contact"],
    ]


def ordered(path: Path, *lines: str) -> list[tuple[str | None, list[str]]]:
    """The day of every order of a sheet, and what was flagged in its row."""
    ((_sheet, rows),) = read(path, "\n".join(lines))
    return [(row.values.get("ordered_on"), [issue[3] for issue in row.issues]) for row in rows]


HEAD = "客户,商品,金额"


def test_headings_without_a_year_take_that_of_the_title_and_say_so(tmp_path):
    lines = ("2025年客户登记表,,", HEAD, "10月1日,,", "王姐,大米,120", "老张,面粉,80", "10月2日,,", "王姐,大米,60")
    assert ordered(tmp_path / "a.csv", *lines) == [
        ("2025-10-01", ["date_year_assumed"]),
        ("2025-10-01", ["date_year_assumed"]),
        ("2025-10-02", ["date_year_assumed"]),
    ]


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("客户登记表", ("10月1日", "10月2日")),
        ("2024-2025年客户登记表", ("10月1日", "10月2日")),
        ("2025年客户登记表", ("12月30日", "1月2日")),  # the turn of a year, or the newest first
        ("2026年客户登记表", ("11月1日", "12月1日")),  # today is 22 November 2026
        ("2025年客户登记表", ("2月28日", "2月29日")),
    ],
)
def test_a_year_that_is_not_sure_is_not_taken(tmp_path, title, headings):
    first, second = headings
    lines = (f"{title},,", HEAD, f"{first},,", "王姐,大米,120", f"{second},,", "老张,面粉,80")
    assert ordered(tmp_path / "a.csv", *lines) == [(None, ["date_without_year"])] * 2


def test_a_year_of_its_own_goes_before_that_of_the_title(tmp_path):
    lines = ("2025年客户登记表,,", HEAD, "2024年10月1日,,", "王姐,大米,120", "10月2日,,", "老张,面粉,80")
    assert ordered(tmp_path / "a.csv", *lines) == [("2024-10-01", []), (None, ["date_without_year"])]


def test_days_under_a_month_take_the_year_of_the_title(tmp_path):
    lines = ("2025年客户登记表,,", "客户,日期,金额", "10月,,", "王姐,3日,120", "老张,5日,80")
    assert [day for day, _issues in ordered(tmp_path / "a.csv", *lines)] == ["2025-10-03", "2025-10-05"]
