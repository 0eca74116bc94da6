"""Rows read by what their columns hold."""

from __future__ import annotations

import marshal
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.fields import Field
from crmdesk.domain.money import to_money
from crmdesk.excel.cells import ReadContext, read_example, row_reader
from crmdesk.excel.column import Column, column_letter

F = Field

TODAY = date(2026, 11, 22)


def reader(*columns):
    made = []
    for index, column in enumerate(columns):
        field, options = column if isinstance(column, tuple) else (column, {})
        made.append(Column(index, column_letter(index), f"列{index}", field, 1.0, options))
    return row_reader(made, ReadContext(TODAY))


def values(columns, *cells):
    return reader(*columns)(2, cells).values


def test_a_row_of_a_customer():
    read = reader(F.NAME, F.CONTACT_NAME, F.PHONE, F.REGION, F.ADDRESS, F.ORDER_TOTAL, F.LAST_ORDER_ON, F.EXTRA)(
        5, ["悦佳超市(老客户)", "张总", 13800138000.0, "浙江杭州", "文三路1号", "1.2万", datetime(2024, 3, 5), "A座"]
    )
    assert read.row == 5
    assert read.values == {
        "name": "悦佳超市",
        "tags": ["老客户"],
        "contacts": [("张总", "", "张总", [])],
        "points": [("phone", "13800138000", "")],
        "region": ("浙江省", "杭州市", ""),
        "address": "文三路1号",
        "order_total": to_money(12_000),
        "last_order_on": "2024-03-05",
    }
    assert read.extra == {"列7": "A座"}
    assert read.issues == []


def test_a_row_of_a_purchase():
    row = ["S1", date(2024, 3, 5), "14:30", "苹果", "3箱", 2.5, "7.5元", "8折", 1.5]
    columns = [
        F.ORDER_NUMBER,
        F.ORDERED_ON,
        F.ORDERED_AT,
        F.PRODUCT,
        F.QUANTITY,
        F.PRICE,
        F.LINE_AMOUNT,
        F.LINE_DISCOUNT,
        F.LINE_PROFIT,
    ]
    assert values(columns, *row) == {
        "order_number": "S1",
        "ordered_on": "2024-03-05",
        "ordered_at": "14:30:00",
        "product": "苹果",
        "quantity": 3000,
        "price": 25_000,
        "line_amount": 75_000,
        "line_pay_share": 800_000,
        "line_profit": 15_000,
    }


def test_the_time_of_an_order_may_stand_in_its_day():
    assert values([F.ORDERED_ON], datetime(2024, 3, 5, 8, 26)) == {"ordered_on": "2024-03-05", "ordered_at": "08:26:00"}


def test_a_backup_day_fills_a_blank_only():
    columns = [(F.ORDERED_ON, {"backup": True}), F.ORDERED_ON]
    assert values(columns, "2024-03-01", "2024-03-05")["ordered_on"] == "2024-03-05"
    assert values(columns, "2024-03-01", "")["ordered_on"] == "2024-03-01"


def test_ditto_takes_the_cell_above_also_twice():
    read = reader(F.NAME, F.CITY)
    read(2, ["甲", "杭州"])
    assert read(3, ["乙", "同上"]).values["region"] == ("浙江省", "杭州市", "")
    assert read(4, ["丙", "〃"]).values["region"] == ("浙江省", "杭州市", "")
    assert read(5, ["丁", ""]).values == {"name": "丁"}
    assert [issue[3] for issue in read(6, ["戊", "同上"]).issues] == ["nothing_above"]


def test_an_issue_names_row_column_and_value():
    assert reader(F.NAME, F.ORDER_TOTAL)(7, ["甲", "3000-5000"]).issues == [(7, "B", "3000-5000", "amount_range", {})]


def test_a_formula_without_a_result_is_no_error_of_the_sheets():
    row = reader(F.NAME, F.ORDER_TOTAL)(2, ["张三", "#FORMULA!"])
    assert (row.issues, row.extra) == ([(2, "B", "", "formula_without_result", {})], {})


def test_what_cannot_be_read_stays_as_the_users_own():
    assert reader(F.NAME, F.INTENT)(2, ["甲", "看心情"]).extra == {"列1": "看心情"}


def test_a_form_of_address_gets_the_tail_of_its_phone():
    read = reader(F.NAME, F.PHONE)(2, ["先生", "13800138002"])
    assert read.values["name"] == "先生 8002"
    assert read.values["salutation"] == "先生"
    assert [issue[3] for issue in read.issues] == ["name_only_address"]


def test_a_missing_name_is_taken_from_the_contact_and_flagged():
    read = reader(F.NAME, F.CONTACT_NAME, F.PHONE)(2, ["", "张三", "13800138002"])
    assert read.values["name"] == "张三"
    assert read.issues == [(2, "", "张三", "name_from_contact", {})]


def test_names_in_parts():
    parts = [(F.NAME, {"part": "first"}), (F.NAME, {"part": "last"})]
    assert values(parts, " Jon", "Yang ")["name"] == "Jon Yang"
    assert values(parts, "伟", "张")["name"] == "张伟"


def test_an_account_is_its_own_name():
    assert values([(F.CODE, {"also_name": True})], "bkpt15") == {"code": "bkpt15", "name": "bkpt15"}


def test_ids_are_text_and_destroyed_ones_are_flagged():
    assert values([F.CODE], 17850.0) == {"code": "17850"}
    assert values([F.CODE], "17850.0") == {"code": "17850"}
    assert values([F.CODE], "1.0") == {"code": "1.0"}
    assert values([F.CODE], "00017") == {"code": "00017"}
    assert [issue[3] for issue in reader(F.CODE)(2, [4.4162319850101e17]).issues] == ["id_digits_lost"]
    assert [issue[3] for issue in reader(F.CODE)(2, ["4.41E+17"]).issues] == ["id_digits_lost"]


def test_numbered_contacts_with_their_phones():
    columns = [
        F.NAME,
        *[(field, {"slot": slot}) for slot in (1, 2) for field in (F.CONTACT_NAME, F.CONTACT_TITLE, F.PHONE)],
    ]
    assert values(columns, "甲", "张三", "经理", "13800138000", "李四", "", "13800138001")["contacts"] == [
        ("张三", "经理", "", [("phone", "13800138000", "")]),
        ("李四", "", "", [("phone", "13800138001", "")]),
    ]


def test_two_people_in_a_cell_are_two_contacts():
    contacts = values([F.NAME, F.CONTACT_NAME, F.CONTACT_PHONE], "甲", "张三、李四", "13800138000")["contacts"]
    assert [contact[0] for contact in contacts] == ["张三", "李四"]
    assert [len(contact[3]) for contact in contacts] == [1, 0]


def test_a_phone_beside_a_contacts_name_is_the_contacts():
    assert values([F.NAME, F.CONTACT_NAME], "金辉", "钱总 13600000023")["contacts"] == [
        ("钱总", "", "钱总", [("phone", "13600000023", "")])
    ]
    columns = [F.NAME, (F.CONTACT_NAME, {"slot": 1}), (F.PHONE, {"slot": 1})]
    assert values(columns, "金辉", "钱总13600000023", "13600000024")["contacts"] == [
        ("钱总", "", "钱总", [("phone", "13600000023", ""), ("phone", "13600000024", "")])
    ]


def test_wechat_the_same_as_the_phone():
    assert values([F.NAME, F.WECHAT, F.PHONE], "甲", "同手机", "13800138000")["points"] == [
        ("wechat", "13800138000", ""),
        ("phone", "13800138000", ""),
    ]
    assert values([F.NAME, F.WECHAT], "甲", "微信号：abc_1")["points"] == [("wechat", "abc_1", "")]


def test_a_number_too_long_for_a_spreadsheet_is_flagged_in_a_column_of_the_users_own():
    for value in (3.3010619800101126e17, "3.30E+17"):
        read = reader(F.EXTRA)(2, [value])
        assert [issue[3] for issue in read.issues] == ["digits_lost"]
        assert list(read.extra)
    assert reader(F.EXTRA)(2, ["1E+02"]).issues == reader(F.EXTRA)(2, ["330106198001011264"]).issues == []


def test_what_is_neither_mail_nor_qq_beside_one_is_flagged():
    assert reader(F.EMAIL)(2, ["a@qq.com; 老陈"]).issues == [
        (2, "A", "a@qq.com; 老陈", "mail_part_unread", {"part": "老陈"})
    ]
    assert reader(F.EMAIL)(2, ["邮箱:a@qq.com QQ号:123456"]).issues == []


def test_mail_and_qq_share_a_column():
    assert values([F.NAME, F.QQ], "甲", "10001 / a@b.com")["points"] == [("email", "a@b.com", ""), ("qq", "10001", "")]


def test_places_from_columns_of_their_own():
    assert values([F.CITY, F.PROVINCE], "杭州", "浙江")["region"] == ("浙江省", "杭州市", "")
    assert values([F.PROVINCE, F.CITY, F.DISTRICT], "江苏", "南京", "鼓楼区")["region"] == (
        "江苏省",
        "南京市",
        "鼓楼区",
    )
    assert values([F.PROVINCE, F.CITY], "NSW", "Sydney")["region"] == ("NSW", "Sydney", "")


def test_an_address_tells_the_region_where_no_column_does():
    assert values([F.NAME, F.ADDRESS], "甲", "湛江市赤坎区寸金路37号")["region"] == ("广东省", "湛江市", "赤坎区")


def test_a_street_behind_a_region_is_not_lost():
    read = values([F.NAME, F.REGION], "甲", "杭州市西湖区文三路1号")
    assert read["region"] == ("浙江省", "杭州市", "西湖区")
    assert read["address"] == "杭州市西湖区文三路1号"


def test_signs_for_yes_and_no_are_spelled_alike_under_a_question():
    read = row_reader([Column(0, "A", "是否加微信", F.EXTRA)], ReadContext(TODAY))
    assert [read(2, [cell]).extra["是否加微信"] for cell in ("√", 1.0, True, "N", "也许")] == [
        "是",
        "是",
        "是",
        "否",
        "也许",
    ]


def test_two_columns_of_one_header_do_not_overwrite_each_other():
    columns = [Column(index, column_letter(index), "价格", F.EXTRA) for index in range(2)]
    assert row_reader(columns, ReadContext(TODAY))(2, ["1", "2"]).extra == {"价格": "1", "价格 (B)": "2"}


def test_notes_of_several_columns_are_put_together():
    assert values([F.NOTES, (F.NOTES, {"label": "竞品"})], "爱喝茶", "某某牌")["notes"] == "爱喝茶\n竞品：某某牌"


def test_follow_ups_and_blocks_of_interactions():
    columns = [(field, {"slot": slot}) for slot in (1, 2) for field in (F.INTERACTION_ON, F.INTERACTION_SUMMARY)]
    read = values(
        [*columns, F.FOLLOW_UP_ON, F.FOLLOW_UP_SUMMARY],
        "2024-03-05",
        "电话聊过",
        "2024-04-05",
        "微信发了报价",
        "2026-12-01",
        "签合同",
    )
    assert read["interactions"] == [("2024-03-05", "call", "电话聊过"), ("2024-04-05", "wechat", "微信发了报价")]
    assert read["follow_ups"] == [("2026-12-01", "签合同")]


def test_a_dated_log_in_one_cell_becomes_several():
    read = values([(F.INTERACTION_SUMMARY, {"kind": "visit"})], "2025-02-07: 换雷达; 2025-04-11: 换油泵")
    assert read["interactions"] == [("2025-02-07", "visit", "换雷达"), ("2025-04-11", "visit", "换油泵")]


def test_birthdays_by_either_calendar():
    assert values([F.BIRTHDAY], "农历八月十五") == {"birthday": "--08-15", "birthday_calendar": "lunar"}
    assert values([F.BIRTHDAY], "1985-03-05") == {"birthday": "1985-03-05", "birthday_calendar": "solar"}
    assert values([(F.BIRTHDAY, {"calendar": "lunar"})], "1985-8-15") == {
        "birthday": "1985-08-15",
        "birthday_calendar": "lunar",
    }


def test_a_day_said_to_be_solar_among_lunar_ones():
    assert values([(F.BIRTHDAY, {"calendar": "lunar"})], "1979.7.7(阳历)") == {
        "birthday": "1979-07-07",
        "birthday_calendar": "solar",
    }


def test_what_was_read_is_shown_once():
    column = Column(0, "A", "联系人", F.CONTACT_NAME)
    assert read_example(column, "王姐", ReadContext(TODAY)) == "王姐"


def test_the_cost_of_a_piece_becomes_that_of_the_line():
    assert values([F.QUANTITY, (F.LINE_COST, {"per_unit": True})], 3.0, 2.5)["line_cost"] == to_money("7.5")


def test_booleans_and_ones_are_not_mixed_up():
    read = reader(F.EXTRA)
    assert read(2, [1.0]).extra == {"列0": "1"}
    assert read(3, [True]).extra == {"列0": "TRUE"}


def test_a_short_row_is_a_row_with_blanks():
    assert values([F.NAME, F.PHONE], "甲") == {"name": "甲"}


CELLS = st.one_of(
    st.text(max_size=25),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(""),
    st.just("同上"),
    st.none(),
)


@given(st.lists(st.sampled_from(list(F)), min_size=1, max_size=8), st.data())
def test_any_row_is_read_and_fits_the_pipe(fields, data):
    read = reader(*fields)
    for number in range(2, 5):
        row = read(number, [data.draw(CELLS) for _ in fields])
        marshal.dumps(tuple(row))
        assert not any(key.startswith("_") for key in row.values)
        assert all(issue[0] == number and issue[3] for issue in row.issues)


def test_a_masked_id_of_a_customer_is_told_and_a_product_may_be_called_so():
    assert [issue[3] for issue in reader(F.CODE)(2, ["t**"]).issues] == ["name_masked"]
    assert values([F.CODE], "t**") == {"code": "t**"}
    assert reader(F.PRODUCT_CODE)(2, ["10*20"]).issues == []
