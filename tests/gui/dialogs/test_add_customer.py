"""粘贴识别 in the form for a new customer: a pasted card fills the fields."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.gui.dialogs.add_customer import AddCustomerDialog

CARD = "鑫源贸易有限公司\n王建国 销售经理\n手机：13800138000\n微信：wjg1985\n地址：浙江省杭州市西湖区文三路100号"


@pytest.fixture
def form(desk, qtbot):
    made = AddCustomerDialog(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def paste(form, text):
    QGuiApplication.clipboard().setText(text)
    form._name.paste()
    QTest.qWait(10)


def test_a_pasted_card_fills_the_fields(form):
    paste(form, CARD)
    assert (form._name.text(), form._phone.text()) == ("鑫源贸易有限公司", "13800138000")
    assert form._recognised.text() == "王建国 销售经理 · 微信 wjg1985 · 浙江省杭州市西湖区文三路100号"
    assert form.customer() == Customer(
        "鑫源贸易有限公司",
        province="浙江省",
        city="杭州市",
        district="西湖区",
        address="浙江省杭州市西湖区文三路100号",
        points=(Point("phone", "13800138000"), Point("wechat", "wjg1985")),
        contacts=(Contact("王建国", "销售经理"),),
    )


def test_what_was_recognised_may_be_corrected(form):
    paste(form, "张三\n13800138000\n要两箱")
    form._name.setText("张三丰")
    form._phone.setText("13911112222")
    customer = form.customer()
    assert (customer.name, customer.points, customer.notes) == ("张三丰", (Point("phone", "13911112222"),), "要两箱")


def test_an_emptied_name_forgets_what_was_pasted(form):
    paste(form, CARD)
    form._name.clear()
    assert form._recognised.text() == ""
    form._name.setText("别家")
    assert form.customer().address == ""


def test_chat_without_a_name_keeps_its_first_line_as_the_name(form):
    paste(form, "今天天气不错\n改天再说")
    assert form._name.text() == "今天天气不错"


def test_words_beside_a_phone_and_an_address_are_the_name(form):
    paste(form, "老马副食 马老板 13512345678 徐州市鼓楼区煤港路8号")
    assert (form._name.text(), form._phone.text()) == ("老马副食 马老板", "13512345678")
    assert form._recognised.text() == "徐州市鼓楼区煤港路8号"
    assert form.customer().notes == ""


def test_a_plain_name_is_left_alone(form):
    paste(form, "王姐超市")
    assert form.customer() == Customer("王姐超市")
