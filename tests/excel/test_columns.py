"""Columns understood by their headers and by their cells."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.fields import Field
from crmdesk.excel.columns import sheet_kind, understand_columns, why_ignored

F = Field

TODAY = date(2026, 11, 22)


def understood(headers, *rows, **options):
    columns = understand_columns(headers, rows, today=TODAY, **options)
    return columns, [column.field for column in columns], sheet_kind(columns, rows)


def options_of(headers, *rows, **options):
    return [dict(column.options) for column in understand_columns(headers, rows, today=TODAY, **options)]


def test_a_list_of_customers():
    columns, fields, kind = understood(
        ["店名", "地址", "联系人", "电话"],
        ["悦佳超市", "湛江市赤坎区寸金路37号", "张老板", 13800138000.0],
        ["求真商店", "", "", ""],
    )
    assert fields == [F.NAME, F.ADDRESS, F.CONTACT_NAME, F.PHONE]
    assert kind == "customers"
    assert columns[3].examples == (("13800138000", "13800138000"),)
    assert columns[3].letter == "D"


def test_a_list_of_purchases():
    rows = [
        [f"S{n // 2}", "客1", "张三", "2024-03-05", "苹果", 2.0, 3.5, 7.0 + n, 0.4 * (n % 2), 1.0] for n in range(8)
    ]
    _, fields, kind = understood(
        ["订单 ID", "客户 ID", "客户名称", "订单日期", "产品名称", "数量", "单价", "销售额", "折扣", "利润"], *rows
    )
    assert fields == [
        F.ORDER_NUMBER,
        F.CODE,
        F.NAME,
        F.ORDERED_ON,
        F.PRODUCT,
        F.QUANTITY,
        F.PRICE,
        F.LINE_AMOUNT,
        F.LINE_DISCOUNT,
        F.LINE_PROFIT,
    ]
    assert kind == "orders"


def test_the_same_words_mean_totals_where_a_row_is_a_customer():
    rows = [[f"客户{n}", f"1380013800{n}", 100.0 * n, "高", "微信"] for n in range(1, 8)]
    _, fields, kind = understood(["客户名称", "手机", "销售额", "意向", "客户来源"], *rows)
    assert fields == [F.NAME, F.PHONE, F.ORDER_TOTAL, F.INTENT, F.SOURCE]
    assert kind == "customers"


def test_what_was_paid_counts_beside_what_was_asked_for():
    rows = [[f"S{n}", "张三", "2024-03-05", f"货{n}", 4.5, 0.5, 4.0] for n in range(8)]
    _, fields, _ = understood(["小票号", "姓名", "日期", "名称", "应收", "优惠", "实收"], *rows)
    assert fields[4:] == [F.EXTRA, F.ORDER_DISCOUNT, F.LINE_AMOUNT]


def test_a_column_of_days_under_a_month_and_weights_for_numbers():
    rows = [[n, f"客{n % 3}", "大红袍", 5.0, 320.0, 1600.0] for n in range(1, 9)]
    _, fields, kind = understood(["日", "客户", "品名", "斤数", "单价", "金额"], *rows, dated=True)
    assert (fields[0], fields[3], kind) == (F.ORDERED_ON, F.QUANTITY, "orders")


def test_the_header_says_that_birthdays_are_lunar():
    rows = [["张三", "八月十五"], ["李四", "1979.7.7"]]
    assert options_of(["姓名", "生日(农历)"], *rows)[1] == {"calendar": "lunar"}


def test_an_amount_that_repeats_within_an_order_is_the_orders():
    rows = [[f"S{n // 2}", "张三", "2024-03-05", f"货{n}", 99.0 + n // 2] for n in range(8)]
    _, fields, _ = understood(["订单号", "客户", "下单时间", "商品名称", "订单金额"], *rows)
    assert fields[4] is F.ORDER_AMOUNT
    rows = [[*row[:4], 99.0 + n] for n, row in enumerate(rows)]
    _, fields, _ = understood(["订单号", "客户", "下单时间", "商品名称", "订单金额"], *rows)
    assert fields[4] is F.LINE_AMOUNT


def test_a_person_beside_a_company_is_its_contact():
    _, fields, _ = understood(
        ["公司名称", "姓名", "电话"], ["甲有限公司", "张三", "13800138000"], ["乙有限公司", "李四", "13800138001"]
    )
    assert fields == [F.NAME, F.CONTACT_NAME, F.PHONE]


def test_an_empty_company_column_leaves_the_person_the_customer():
    _, fields, _ = understood(["姓名", "公司名称", "电话"], ["张三", "", "13800138000"], ["李四", "", "13800138001"])
    assert fields[0] is F.NAME


def test_a_sheet_of_contacts_alone_takes_their_names():
    _, fields, kind = understood(["联系人", "电话"], ["张三", "13800138000"])
    assert fields == [F.NAME, F.PHONE]
    assert kind == "customers"


def test_several_contacts_of_a_company_make_a_sheet_of_contacts():
    rows = [["甲有限公司", name, f"1380013800{n}"] for n, name in enumerate(["张三", "李四", "王五", "赵六"])]
    assert understood(["公司名称", "联系人", "手机"], *rows)[2] == "contacts"


def test_numbered_contacts_keep_their_phones():
    given = options_of(
        ["客户名称", "联系人1", "电话1", "联系人2", "电话2"], ["甲", "张三", "13800138000", "李四", "13800138001"]
    )
    assert [options.get("slot") for options in given] == [None, 1, 1, 2, 2]


def test_a_phone_belongs_to_the_contact_it_stands_behind():
    given = options_of(
        ["客户名称", "联系人", "电话", "联系人", "电话"], ["甲", "张三", "13800138000", "李四", "13800138001"]
    )
    assert [options.get("slot") for options in given] == [None, 1, 1, 2, 2]


def test_repeating_follow_up_blocks_are_numbered():
    headers = ["客户名称", "第一次跟进时间", "第一次跟进内容", "第二次跟进时间", "第二次跟进内容"]
    columns, fields, _ = understood(headers, ["甲", "2024-03-05", "电话聊过", "2024-04-05", "已报价"])
    assert fields[1:] == [F.INTERACTION_ON, F.INTERACTION_SUMMARY] * 2
    assert [column.options["slot"] for column in columns[1:]] == [1, 1, 2, 2]


def test_our_own_people_are_not_the_customers():
    _, fields, _ = understood(["客户名称", "负责人", "电话"], ["甲", "张三", "13800138000"])
    assert fields[1] is F.OWNER
    _, fields, _ = understood(["客户名称", "负责人", "业务员"], ["甲", "张三", "李四"])
    assert fields[1:] == [F.CONTACT_NAME, F.OWNER]


@pytest.mark.parametrize(
    ("header", "field"), [("信用等级", F.EXTRA), ("欠款", F.RECEIVABLE), ("应收", F.RECEIVABLE), ("余额", F.BALANCE)]
)
def test_traps_are_neither_tier_nor_amount(header, field):
    assert understood(["客户名称", header], ["甲", "100"], ["乙", "200"])[1][1] is field


def test_customer_category_is_a_tier_only_where_it_looks_like_one():
    assert understood(["客户名称", "客户类别"], ["甲", "A类"], ["乙", "重要客户"])[1][1] is F.TIER_GIVEN
    assert understood(["客户名称", "客户类别"], ["甲", "企业"], ["乙", "个人"])[1][1] is F.KIND
    assert understood(["客户名称", "客户类别"], ["甲", "批发"], ["乙", "餐饮"])[1][1] is F.EXTRA


def test_units_under_the_header_of_units_are_no_customers():
    _, fields, kind = understood(
        ["条码", "名称", "规格", "单位", "进货价"],
        ["690", "棒糖", "12支", "袋", 3.5],
        ["691", "薯片", "8支", "盒", 4.0],
    )
    assert F.NAME not in fields[3:4]
    assert kind == "ignored"


def test_columns_without_a_header_are_known_by_their_cells():
    _, fields, kind = understood(
        ["", "", ""], ["唐山客车有限公司", "拱强阳", 19948012811.0], ["福乐淘电子商务有限公司", "龙军", 13971795082.0]
    )
    assert fields == [F.NAME, F.CONTACT_NAME, F.PHONE]
    assert kind == "customers"


def test_phones_and_dated_logs_are_seen_under_any_header():
    rows = [[f"王{n}", f"1380013800{n}", "2024-02-01: 换灯泡; 2024-03-01: 换电瓶"] for n in range(4)]
    _, fields, _ = understood(["姓名", "随便", "维修项目"], *rows)
    assert fields == [F.NAME, F.PHONE, F.INTERACTION_SUMMARY]


def test_enquiries_of_customers_who_come_again_are_no_purchases():
    headers = ["时间", "客户姓名", "联系电话", "咨询内容", "跟进情况"]
    rows = [["2024-03-05", ["张三", "李四"][n % 2], "13800138000", "问价", f"第{n}次聊"] for n in range(6)]
    assert understood(headers, *rows)[2] == "interactions"


def test_a_debt_in_a_list_of_purchases_is_not_the_customers():
    rows = [[f"S{n}", "2024-03-05", ["张三", "李四"][n % 2], "货", 3.0, 2.0, 6.0, 1.0] for n in range(6)]
    headers = ["单号", "日期", "客户", "品名", "数量", "单价", "金额", "未付"]
    _, fields, kind = understood(headers, *rows)
    assert fields == [F.ORDER_NUMBER, F.ORDERED_ON, F.NAME, F.PRODUCT, F.QUANTITY, F.PRICE, F.LINE_AMOUNT, F.EXTRA]
    assert kind == "orders"


def test_columns_of_the_users_own_are_told_apart():
    columns, _, _ = understood(["客户名称", "颜色", "颜色"], ["甲", "红", "蓝"])
    assert [column.header for column in columns] == ["客户名称", "颜色", "颜色 (C)"]


def test_first_and_last_names_make_one():
    given = options_of(["First Name", "Last Name", "Email"], ["Jon", "Yang", "a@b.co"])
    assert [options.get("part") for options in given] == ["first", "last", None]


def test_an_account_name_is_code_and_name():
    headers = ["买家会员名", "买家实际支付金额", "收货人姓名", "订单付款时间", "订单状态"]
    columns, fields, kind = understood(headers, ["bk15", 143.64, "王斌", "2018-01-31 22:45:01", "交易成功"])
    assert fields == [F.CODE, F.ORDER_AMOUNT, F.CONTACT_NAME, F.ORDERED_ON, F.ORDER_STATUS]
    assert columns[0].options["also_name"] is True
    assert kind == "orders"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["25/12/2024", "03/04/2024"], {"day_first": True}),
        (["12/25/2024", "03/04/2024"], {"day_first": False}),
        (["01/02/2024", "03/04/2024"], {"ask": "day_first"}),
        (["2024-01-02", "3月5日"], {"year": 2024}),
        (["1月2日", "3月5日"], {"ask": "year"}),
        (["2026-11-03", "26/9/15"], {"year_first": True}),
        (["2026-11-03", "15/9/26"], {"day_first": True}),
        (["2014-11-03", "26/9/15"], {"day_first": True}),
    ],
)
def test_what_the_dates_of_a_column_settle(cells, expected):
    given = options_of(["客户名称", "最近购买日期"], *[[f"客{n}", cell] for n, cell in enumerate(cells)])
    assert given[1] == expected


def test_the_year_may_stand_in_the_title():
    given = options_of(["客户名称", "最近购买日期"], ["甲", "3月5日"], sheet_text="2023年客户表")
    assert given[1] == {"year": 2023}


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("累计金额(万元)", [3.5, 12.0, 0.8], {"unit": 10_000}),
        ("累计金额(万元)", [3.5, 12.0, 35_000.0], {"unit": 10_000, "ask": "unit"}),
        ("累计金额(万元)", [35_000.0, 12_000.0, 80_000.0], {"ask": "unit"}),
        ("累计金额", ["1.234,50", "12,5", "7"], {"decimal": ","}),
        ("累计金额", ["1.234,50", "1,234.50"], {}),
    ],
)
def test_what_the_amounts_of_a_column_settle(header, cells, expected):
    given = options_of(["客户名称", header], *[[f"客{n}", cell] for n, cell in enumerate(cells)])
    assert given[1] == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([0.0, 0.4, 0.0], {"discount": "rate_off"}),
        ([1.0, 0.8, 1.0], {"discount": "pay_share"}),
        ([0.8, 0.9, 0.5], {"discount": "pay_share", "ask": "discount"}),
        ([8.0, 9.5, 10.0], {"discount": "pay_share"}),
    ],
)
def test_how_discounts_are_meant(cells, expected):
    rows = [[f"S{n}", "甲", "2024-03-05", "货", 9.0, cell] for n, cell in enumerate(cells)]
    assert options_of(["订单号", "客户", "订单日期", "商品名称", "金额", "折扣"], *rows)[5] == expected


@pytest.mark.parametrize(
    ("headers", "row", "reason"),
    [
        (["条码", "名称", "规格", "进货价"], ["690", "棒糖", "12支", 3.5], "sheet_goods"),
        (["订单 ID", "退回"], ["CN-1", "是"], "sheet_returns"),
        (["Date", "Product", "Amount"], ["2024-03-05", "Dairy", 3.5], "sheet_orders_without_customer"),
        (["地区", "地区经理"], ["华东", "张三"], "sheet_without_customer"),
        (["", ""], ["江苏省徐州市鼓楼区", "320000,320300"], "sheet_dictionary"),
        ([""], ["将现有的客户信息按列复制"], "sheet_text"),
        (["客户名称", "电话"], ["", ""], "sheet_blank"),
    ],
)
def test_what_holds_no_customers_is_left_out_with_the_reason(headers, row, reason):
    columns, _, kind = understood(headers, row)
    why = why_ignored(columns, [row])
    assert kind == "ignored"
    assert why is not None
    assert why.code == reason
