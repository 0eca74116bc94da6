"""Real sheets, understood as they are."""

from __future__ import annotations

import json
import math
import re
from collections import Counter

import pytest

from crmdesk.excel.draft import open_reading
from crmdesk.excel.raw import open_raw
from crmdesk.progress import Progress

# File, sheet, kind, header row, data rows, fields by header ("" where there is none: by letter), issues by code.
REAL = [
    (
        "customers/客户资料_湛江店铺.xlsx",
        "Sheet1",
        ("customers", 1, 188),
        {"店名": "name", "地址": "address", "联系人": "contact_name", "电话": "phone"},
        {},
    ),
    (
        "customers/客户_徐州.xlsx",
        "Sheet1",
        ("customers", 1, 71),
        {"客户姓名": "name", "客户手机号": "phone", "省市区": "region", "客户地址": "address", "客户备注": "notes"},
        {"name_only_address": 20},
    ),
    (
        "customers/会员信息.xlsx",
        "Sheet1",
        ("customers", 1, 13),
        {"ID": "code", "姓名": "name", "电话": "phone", "积分": "reward_points", "余额": "balance", "备注": "notes"},
        {"phone_digits": 11, "count_fraction": 1},
    ),
    (
        "customers/会员消费条目.xlsx",
        "Sheet1",
        ("orders", 1, 20),
        {"ID": "code", "消费金额": "order_amount", "消费时间": "ordered_on", "备注": "notes"},
        {},
    ),
    (
        "customers/客户信息表_汽修300.xlsx",
        "客户信息表",
        ("customers", 1, 300),
        {
            "姓名": "name",
            "上次进站时间": "last_order_on",
            "维修项目": "interaction_summary",
            "手机号": "phone",
            "车牌": "extra",
        },
        {},
    ),
    (
        "customers/超市_无表头.xlsx",
        "Sheet1",
        ("customers", 0, 27),
        {"A": "name", "B": "address", "C": "phone", "D": "contact_name"},
        {},
    ),
    ("customers/客户公海.xlsx", "客户公海", ("customers", 0, 2), {"A": "name", "B": "contact_name", "C": "phone"}, {}),
    (
        "customers/Customer Call List.xlsx",
        "Call List",
        ("customers", 1, 21),
        {
            "CustomerID": "code",
            "First_Name": "name",
            "Last_Name": "name",
            "Phone_Number": "phone",
            "Address": "address",
        },
        {},
    ),
    (
        "purchases/TB201812_淘宝订单.xls",
        "sheet1",
        ("orders", 1, 2660),
        {
            "买家会员名": "code",
            "买家实际支付金额": "order_amount",
            "收货人姓名": "contact_name",
            "收货地址": "address",
            "联系手机": "phone",
            "订单付款时间": "ordered_on",
            "订单状态": "order_status",
            "退款金额": "order_refund",
            "店铺名称": "extra",
            "总金额": "extra",
        },
        None,
    ),
    (
        "purchases/示例 - 超市.xls",
        "订单",
        ("orders", 1, 10_000),
        {
            "行 ID": "row_number",
            "订单 ID": "order_number",
            "订单日期": "ordered_on",
            "客户 ID": "code",
            "客户名称": "name",
            "城市": "city",
            "省/自治区": "province",
            "地区": "extra",
            "类别": "product_group",
            "产品名称": "product",
            "销售额": "line_amount",
            "数量": "quantity",
            "折扣": "line_discount",
            "利润": "line_profit",
        },
        {},
    ),
]


@pytest.mark.parametrize(("file", "sheet", "found", "fields", "issues"), REAL, ids=[case[0] for case in REAL])
def test_a_real_sheet_is_understood(shared_data, file, sheet, found, fields, issues):
    with open_reading(shared_data / file, Progress()) as reading:
        draft = next(draft for draft in reading.sheets if draft.name == sheet)
        assert (draft.kind, draft.header_row, draft.row_count) == found
        told = {column.header.strip() or column.letter: str(column.field) for column in draft.columns}
        assert {header: told[header] for header in fields} == fields
        rows = sum(len(chunk) for chunk in reading.rows(draft.index, Progress()))
        assert rows == draft.row_count
        if issues is not None:
            assert Counter(issue.code for issue in reading.issues(draft.index)) == issues


@pytest.mark.parametrize(
    ("file", "sheet", "reason"),
    [
        ("customers/订单_采购.xlsx", "20181021185431", "sheet_goods"),
        ("customers/客户模版.xlsx", "字典", "sheet_dictionary"),
        ("customers/客户模版.xlsx", "说明", "sheet_text"),
        ("purchases/示例 - 超市.xls", "退货", "sheet_returns"),
        ("purchases/示例 - 超市.xls", "销售人员", "sheet_without_customer"),
    ],
)
def test_a_real_sheet_without_customers_is_left_out(shared_data, file, sheet, reason):
    with open_reading(shared_data / file, Progress()) as reading:
        draft = next(draft for draft in reading.sheets if draft.name == sheet)
    assert draft.kind == "ignored"
    assert draft.reason is not None
    assert draft.reason.code == reason


def test_the_discount_of_the_superstore_is_a_rate_off(shared_data):
    with open_reading(shared_data / "purchases/示例 - 超市.xls", Progress()) as reading:
        columns = {column.header: column for column in reading.sheets[0].columns}
    assert columns["折扣"].options == {"discount": "rate_off"}


TABLES = [
    *("purchases/CDNOW_master.txt", "purchases/CDNOW_sample.txt", "purchases/lifetimes_donations.csv"),
    *("purchases/cdnow_customers_summary_with_transactions.csv", "purchases/lifetimes_example_transactions.csv"),
    *("purchases/online_retail_2010-12.xlsx", "purchases/示例 - 超市.xls", "purchases/TB201812_淘宝订单.xls"),
    *("purchases/KPMG_VI_New_raw_data_update_final.xlsx", "purchases/shopify_orders_fivetran.csv"),
    *("purchases/baraa_cust_info.csv", "purchases/baraa_sales_details.csv", "customers/客户资料_湛江店铺.xlsx"),
    *("customers/超市_无表头.xlsx", "customers/订单_采购.xlsx", "customers/客户_徐州.xlsx", "customers/客户模版.xlsx"),
    *("customers/客户公海.xlsx", "customers/客户信息表_汽修300.xlsx", "customers/会员信息.xlsx"),
    *("customers/会员消费条目.xlsx", "customers/Customer Call List.xlsx", "customers/roundcube_gmail.csv"),
    *(
        "customers/ConditionalFormattingSamples.xlsx",
        "customers/order_schedule.xls",
        "customers/roundcube_tb_plain.csv",
    ),
    *("customers/roundcube_email.csv", "customers/hubspot_contacts_excerpt.csv"),
]


@pytest.fixture
def facts(shared_data):
    return json.loads((shared_data / "expected.json").read_text(encoding="utf-8"))


def numbers_in(cells):
    """The cells that are numbers, also as text and with 元 behind."""
    found = []
    for cell in cells:
        text = str(cell).strip().removesuffix("元")
        try:
            found.append(float(text))
        except ValueError:
            continue
    return [number for number in found if math.isfinite(number)]


def faults_of(column, cells):
    """What of a column's facts does not hold: how many cells are filled, how many differ, sum, first and last day."""
    filled = [cell for cell in cells if str(cell).strip()]
    if len(filled) != column["non_empty"]:
        yield "non_empty", len(filled)
    kinds = {len(set(filled)), len({str(cell).strip().removesuffix(".0") for cell in filled})}
    if column["distinct"] not in kinds:
        yield "distinct", kinds
    numbers = numbers_in(filled)
    # Sums of columns that hold some text, too, were taken over their numbers only.
    sums = {round(math.fsum(numbers), 2), round(math.fsum(cell for cell in filled if isinstance(cell, float)), 2)}
    if "sum" in column and round(column["sum"], 2) not in sums:
        yield "sum", sums
    days = sorted(str(cell) for cell in filled if re.match(r"\d{4}-\d\d-\d\d", str(cell)))
    alike = len(days) == column.get("dates")  # one day before 1900 is a text, and was not counted
    if alike and (days[0][:10], days[-1][:10]) != (column["min_date"][:10], column["max_date"][:10]):
        yield "days", (days[0], days[-1])


@pytest.mark.parametrize("file", TABLES)
def test_every_column_of_a_real_file_holds_what_another_reader_found(shared_data, facts, file):
    known = facts[file]
    with open_raw(shared_data / file, Progress()) as reading:
        numbers = {sheet.name: number for number, sheet in enumerate(reading.sheets)}
        for sheet in known.get("sheets") or [known["csv"]]:
            rows = reading.rows(numbers.get(sheet.get("sheet"), 0), Progress())
            cells = [row.cells for row in rows if row.number > sheet["header_row"]]
            assert len(cells) == sheet["data_rows"]
            for place, column in enumerate(sheet["columns"]):
                faults = list(faults_of(column, [row[place] if place < len(row) else "" for row in cells]))
                assert not faults, (sheet.get("sheet"), column["name"], faults)


@pytest.mark.parametrize("file", TABLES)
def test_the_header_that_was_checked_by_hand_is_found(shared_data, facts, file):
    known = facts[file]
    with open_reading(shared_data / file, Progress()) as reading:
        drafts = {draft.name: draft for draft in reading.sheets}
        for sheet in known.get("sheets", ()):
            draft = drafts[sheet["sheet"]]
            if sheet["header_by"] == "checked by hand" and draft.kind != "ignored":
                # Rows of another table below, or left out by name, are rows of the sheet as well.
                left_out = sum(skipped.row > draft.header_row for skipped in draft.skipped)
                assert (draft.header_row, draft.row_count + left_out) == (sheet["header_row"], sheet["data_rows"])
        if "csv" in known and not file.startswith("customers/roundcube_"):  # address books are known by heart
            assert reading.sheets[0].header_row == known["csv"]["header_row"]


def test_what_was_paid_in_the_taobao_export(shared_data, facts):
    known = facts["purchases/TB201812_淘宝订单.xls"]["facts"]
    with open_raw(shared_data / "purchases/TB201812_淘宝订单.xls", Progress()) as reading:
        head, *rows = (row.cells for row in reading.rows(0, Progress()))
    place = {str(text).strip(): number for number, text in enumerate(head)}

    def money(row, name="买家实际支付金额"):
        return sum(numbers_in([row[place[name]]]))

    paid = [row for row in rows if row[place["订单付款时间"]] not in ("", "null") and money(row) > 0]
    assert len(paid) == known["paid_orders"]
    assert len({row[place["买家会员名"]] for row in paid}) == known["paying_buyers"]
    assert round(sum(map(money, paid)), 2) == known["买家实际支付金额_paid"]
    assert round(sum(money(row, "总金额") for row in rows), 2) == known["总金额"]
