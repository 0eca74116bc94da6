"""Lists from a chat and parcel labels: cells that tell a whole customer each."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.fields import Field
from crmdesk.excel.cells import ReadContext, row_reader
from crmdesk.excel.cells_mixed import holds_customers, read_mixed
from crmdesk.excel.columns import sheet_kind, understand_columns

TODAY = date(2026, 11, 22)
LIST = ["1、王芳 13900000001 大码 朝阳区", "2、刘姐，13900000005，要两箱", "3、小雨  wxid_abc123"]


def rows_of(header, lines):
    columns = understand_columns([header], [[line] for line in lines], today=TODAY)
    assert sheet_kind(columns, [[line] for line in lines]) == "customers"
    read = row_reader(columns, ReadContext(TODAY))
    return [read(number, [line]) for number, line in enumerate(lines, 2)]


def test_a_list_from_a_chat():
    first, second, third = rows_of("群成员(共3人)", LIST)
    assert first.values == {"name": "王芳", "points": [("phone", "13900000001", "")], "notes": "大码 朝阳区"}
    assert (second.values["name"], second.values["salutation"], second.values["notes"]) == ("刘姐", "刘姐", "要两箱")
    assert (third.values["name"], third.values["points"]) == ("小雨", [("wechat", "wxid_abc123", "")])
    assert [issue[3] for row in (first, second, third) for issue in row.issues] == ["name_first_word"]


def test_labels_of_parcels():
    [row, _] = rows_of("收件信息", ["广东省深圳市南山区科技园 王五 13800000013", "李四 13800000012 苏州市干将路88号"])
    assert (row.values["name"], row.values["address"]) == ("王五", "广东省深圳市南山区科技园")
    assert row.values["region"] == ("广东省", "深圳市", "南山区")


def test_what_another_column_names_is_no_such_list():
    rows = [["甲店", line] for line in LIST]
    columns = understand_columns(["店名", "联系方式"], rows, today=TODAY)
    assert [column.field for column in columns] == [Field.NAME, Field.PHONE]
    assert not any(column.options.get("mixed") for column in columns)


def test_texts_without_numbers_tell_no_customers():
    assert not holds_customers(["今天天气不错", "记得带样品", "13900000001 老王电话"])
    assert not holds_customers([])


@given(st.text(max_size=60))
def test_no_sign_of_a_cell_is_lost_without_a_word(text):
    read = read_mixed(text)
    assert read.value is None or read.value[0] or read.code


def test_digits_that_may_be_a_number_and_were_not_read_are_flagged():
    read = read_mixed("王芳 13900000001 会员 1234567")
    assert read.value[3] == (("phone", "13900000001", ""),)
    assert (read.code, read.values) == ("phone_part_unread", {"part": "1234567"})
