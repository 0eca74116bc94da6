"""The small forms: enough is little, what is typed is what is kept."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.attention import DayLine, DaySummary
from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.gui.dialogs.add_customer import AddCustomerDialog
from crmdesk.gui.dialogs.choose_with_reason import ChooseWithReason
from crmdesk.gui.dialogs.contact_form import ContactForm
from crmdesk.gui.dialogs.day_summary import DaySummaryDialog
from crmdesk.gui.dialogs.follow_up_form import FollowUpForm
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.gui.dialogs.receipt_form import ReceiptForm
from crmdesk.gui.dialogs.spread import SpreadDialog
from crmdesk.operations import customers

TODAY = date(2026, 11, 22)


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog)
        return dialog

    return show


def test_a_new_customer_needs_a_name(desk, shown):
    dialog = shown(AddCustomerDialog(desk))
    assert not dialog._verb.isEnabled()
    dialog._name.setText(" 王姐超市 ")
    dialog._phone.setText("+86 138-0013-8000")
    assert dialog._verb.isEnabled()
    assert dialog.customer() == Customer(name="王姐超市", points=(Point("phone", "13800138000"),))


def test_a_phone_that_is_none_is_kept_as_it_is(desk, shown):
    dialog = shown(AddCustomerDialog(desk))
    dialog._name.setText("王")
    dialog._phone.setText("打老王的")
    assert dialog.customer().points == (Point("phone", "打老王的"),)


def test_a_duplicate_is_noticed_while_typing(desk, shown):
    customers.add_customer(desk.database, Customer(name="王姐超市", points=(Point("phone", "13800138000"),)))
    dialog = shown(AddCustomerDialog(desk))
    dialog._phone.setText("13800138000")
    assert dialog._known.text() == "已经有了：王姐超市（电话一样）"
    dialog._phone.setText("")
    dialog._name.setText("徐州王姐超市有限公司")
    assert dialog._known.text() == "已经有了：王姐超市（名字差不多）"
    dialog._phone.setText("13911112222")
    dialog._name.setText("别家")
    assert dialog._known.text() == ""


def test_an_order_needs_an_amount(desk, shown):
    form = shown(OrderForm(1, TODAY, ["可乐"]))
    assert not form._verb.isEnabled()
    form._amount.setText("¥1,200.5")
    assert form._verb.isEnabled()
    assert form.order().amount == 1_200_5000
    assert form.order().lines == ()
    form._product.setText("可乐")
    form._quantity.setText("2.5")
    assert form.order().lines[0].quantity == 2_500
    form._amount.setText("很多")
    assert not form._verb.isEnabled()


def test_a_receipt_keeps_how_it_came(desk, shown):
    form = shown(ReceiptForm(1, TODAY))
    form._amount.setText("300")
    form._method.setText("微信")
    assert (form.receipt().amount, form.receipt().method) == (300_0000, "微信")


def test_a_promise_has_its_origin(desk, shown):
    form = shown(FollowUpForm(FollowUp(1, TODAY), desk))
    form._summary.setText("发报价")
    assert form.follow_up().origin == Origin.BY_HAND
    form._promise.setChecked(True)
    assert form.follow_up().promise
    assert form.follow_up().origin == Origin.PROMISE


def test_a_contact_keeps_what_the_form_does_not_show(desk, shown):
    before = Contact(name="张伟", points=(Point("phone", "13900139000"), Point("phone", "111", "家"), Point("qq", "9")))
    form = shown(ContactForm(before))
    form._texts["title"].setText("店长")
    after = form.contact()
    assert after.title == "店长"
    assert set(after.points) == set(before.points)


def test_a_new_contact_needs_something(desk, shown):
    form = shown(ContactForm(None))
    assert not form.complete()
    form._texts["phone"].setText("13900139000")
    assert form.complete()


def test_a_decision_has_a_reason(desk, shown):
    form = shown(ChooseWithReason("等级", [("", "按规则来"), ("A", "A")], "A", "老街坊"))
    assert (form.choice(), form.reason()) == ("A", "老街坊")


def test_spreading_tells_how_long_it_takes(desk, shown):
    dialog = shown(SpreadDialog(20, TODAY, 8))
    assert "3 天" in dialog._span.text()
    dialog._per_day.setValue(20)
    assert "1 天" in dialog._span.text()


def test_the_days_summary_is_copied_as_it_stands(desk, shown):
    copied = []
    summary = DaySummary(TODAY, {"call": 1}, (DayLine("王姐超市", "call", "won", "要两箱"),))
    dialog = shown(DaySummaryDialog(summary, copied.append))
    assert "王姐超市" in dialog.text.toPlainText()
    dialog.text.setPlainText("改过的")
    dialog._take()
    assert copied == ["改过的"]


def test_esc_does_not_throw_away_what_was_typed_without_a_word(desk, shown):
    form = shown(OrderForm(1, TODAY))
    form.show()
    form._notes.setText("要送到后门")
    form.reject()
    assert form.isVisible()
    assert "没保存" in form._unsaved.text()
    form.reject()
    assert not form.isVisible()


def test_an_untouched_form_closes_at_once(desk, shown):
    form = shown(OrderForm(1, TODAY))
    form.show()
    form.reject()
    assert not form.isVisible()
