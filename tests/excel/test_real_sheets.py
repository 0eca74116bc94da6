"""Real sheets, understood as they are."""

from __future__ import annotations

from collections import Counter

import pytest

from crmdesk.excel.draft import open_reading
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
