"""粘贴识别: cards, address lines and pieces of chat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.customer import Contact, Point
from crmdesk.domain.names import Surnames
from crmdesk.domain.pasted import looks_pasted, read_pasted
from crmdesk.domain.region import RegionTable
from crmdesk.paths import resource

PLACES = RegionTable(resource("data", "regions.txt").read_text(encoding="utf-8").splitlines())
SURNAMES = Surnames(resource("data", "surnames.txt").read_text(encoding="utf-8"))
CARD = """杭州鑫源贸易有限公司
王建国 销售经理
手机：13800138000  电话：0571-88881234 转 801
邮箱：wang@xinyuan.com
微信：wjg1985
地址：杭州市西湖区文三路100号"""


def read(text):
    return read_pasted(text, PLACES, SURNAMES)


def test_a_business_card_is_a_company_with_its_contact():
    found = read(CARD)
    assert (found.company, found.name, found.title) == ("杭州鑫源贸易有限公司", "王建国", "销售经理")
    assert found.points == (
        Point("phone", "13800138000"),
        Point("phone", "0571-88881234-801"),
        Point("email", "wang@xinyuan.com"),
        Point("wechat", "wjg1985"),
    )
    assert (found.province, found.city, found.district) == ("浙江省", "杭州市", "西湖区")
    assert found.address == "杭州市西湖区文三路100号"
    customer = found.customer()
    assert (customer.name, customer.contacts) == ("杭州鑫源贸易有限公司", (Contact("王建国", "销售经理"),))


@pytest.mark.parametrize(
    "text",
    [
        "张三\n13800138000\n浙江省杭州市西湖区文三路1号",
        "张三，13800138000，浙江省杭州市西湖区文三路1号",
        "浙江省杭州市西湖区文三路1号 张三 13800138000",
        "姓名：张三 电话：138-0013-8000 地址：浙江省杭州市西湖区文三路1号",
        "收货人: 张三\n手机号码: １３８００１３８０００\n详细地址: 浙江省杭州市西湖区文三路1号",
        "13800138000 张三\n浙江省杭州市西湖区文三路1号",
    ],
)
def test_an_address_line_in_any_order(text):
    found = read(text)
    assert (found.name, found.points) == ("张三", (Point("phone", "13800138000"),))
    assert (found.district, found.address) == ("西湖区", "浙江省杭州市西湖区文三路1号")
    assert found.notes == ""


def test_a_piece_of_chat_keeps_what_was_said():
    found = read("王姐 10:23\n我是好又多便利店的王姐\n电话13800138000微信同号\n明天下午送两箱可乐")
    assert (found.company, found.name) == ("好又多便利店", "王姐")
    assert found.points == (Point("phone", "13800138000"), Point("wechat", "13800138000"))
    assert found.notes == "明天下午送两箱可乐"
    assert found.customer().salutation == "王姐"


def test_what_is_not_understood_stands_in_the_notes():
    assert read("陈经理 13711112222 要 20 箱").notes == "要 20 箱"
    assert read("天气不错\n\n改天再说").customer().notes == "天气不错\n改天再说"


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("王姐超市", False),
        ("13800138000", False),
        ("138 0013 8000", False),
        ("张三\n13800138000", True),
        ("张三 13800138000", True),
        ("13800138000张三", True),
        ("7-Eleven 便利店 2018 分店", False),
        ("王姐超市\n", False),
    ],
)
def test_a_name_alone_is_left_alone(text, pasted):
    assert looks_pasted(text) is pasted


@given(
    name=st.sampled_from(["张三", "李小龙", "王姐", "欧阳修", "陈经理"]),
    phone=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(str.isascii),
    address=st.sampled_from(
        ["上海市浦东新区张江路88号", "江苏省徐州市鼓楼区中山北路8号", "广东省深圳市南山区科技园1栋"]
    ),
    order=st.permutations(range(3)),
    sign=st.sampled_from(["\n", "，", ",", "  ", "\t", ";", " | "]),
    labels=st.booleans(),
)
def test_name_phone_and_address_are_found_in_any_dress(name, phone, address, order, sign, labels):
    words = ("姓名：", "电话：", "地址：") if labels else ("", "", "")
    parts = [word + text for word, text in zip(words, (name, phone, address), strict=True)]
    found = read(sign.join(parts[place] for place in order))
    assert (found.name, found.address) == (name, address)
    assert found.points == (Point("phone", phone),)
    assert found.notes == ""


@given(st.text(max_size=300))
def test_any_text_is_taken_without_a_fault(text):
    customer = read(text).customer()
    assert customer.id == 0


@given(st.lists(st.text("天气很好改再说明谢收到吧呢嗯", min_size=2, max_size=8), min_size=1, max_size=5))
def test_no_line_of_chat_is_lost(lines):
    found = read("\n".join(lines))
    told = "".join([found.name, found.company, found.title, found.address, found.notes])
    assert all(line in told for line in lines)


@pytest.mark.parametrize(
    ("text", "name", "point", "notes"),
    [
        ("李总 微信号:lizong_888 介绍来", "李总", ("wechat", "lizong_888"), "介绍来"),
        ("[联系人] 赵六 [手机] 13688889999 [备注] 要开发票", "赵六", ("phone", "13688889999"), "要开发票"),
        ("姓名:张三 身份证44080119900101 手机:13500001111", "张三", ("phone", "13500001111"), "身份证44080119900101"),
    ],
)
def test_labels_anywhere_in_a_line_part_it(text, name, point, notes):
    found = read(text)
    assert (found.name, [(one.kind, one.value) for one in found.points], found.notes) == (name, [point], notes)
    assert found.address == ""


def test_a_title_before_a_name_is_its_title():
    found = read("王姐超市\n老板娘王芳\n13900001001")
    assert (found.company, found.name, found.title) == ("王姐超市", "王芳", "老板娘")


def test_the_number_of_an_order_is_no_address():
    assert read("订单号 12345678901 共 ¥1200").address == ""


@pytest.mark.parametrize(
    "text",
    [
        "我知道编号 1234567",
        "查一下编号 1234567 到哪个区了",
        "编号 1234567 已经在路上了",
        "单号 7654321 发货了",
        "快递单号 SF1234567890123 到上海了",
        "我知道了 明天3点去",
    ],
)
def test_the_number_of_a_thing_is_no_address_no_phone_and_no_name(text):
    found = read(text)
    assert (found.name, found.address, found.points, found.notes) == ("", "", (), text)


@given(
    st.sampled_from(["编号", "单号", "货号", "合同编号"]), st.integers(100, 99_999_999), st.sampled_from("道区楼路街")
)
def test_no_number_of_a_thing_makes_an_address(called, number, sign):
    found = read(f"{called} {number} {sign}")
    assert (found.address, found.points) == ("", ())


def test_a_member_number_that_is_a_mobile_is_the_phone():
    assert read("王姐 会员号 13800138000").points == (Point("phone", "13800138000"),)


@pytest.mark.parametrize("text", ["人民路 5号", "3号楼 501室", "解放大道 1234号", "上海市浦东新区张江路88号"])
def test_a_house_number_is_an_address(text):
    assert read(text).address == text


@pytest.mark.parametrize(
    ("text", "name"),
    [("客户：王府井 百货", "王府井 百货"), ("姓名: 马可 波罗", "马可 波罗"), ("联系人：李娜 女", "李娜 女")],
)
def test_a_labelled_name_of_two_words_stays_whole(text, name):
    found = read(text)
    assert (found.name, found.title, found.notes) == (name, "", "")


@pytest.mark.parametrize(
    ("text", "title", "notes"),
    [
        ("姓名: 张三 销售经理", "销售经理", ""),
        ("姓名：张三 身份证44080119900101", "", "身份证44080119900101"),
        ("姓名：张三 微信 zhangsan", "", "微信 zhangsan"),
    ],
)
def test_digits_a_label_or_a_title_behind_a_labelled_name_end_it(text, title, notes):
    found = read(text)
    assert (found.name, found.title, found.notes) == ("张三", title, notes)
