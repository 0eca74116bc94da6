"""The forms of win-back, renewal, satisfaction, and the day to ask how an order went."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.renewal import SUPPLY, Habit, Renewal
from crmdesk.domain.win_back import WinBack, WinBackRate, WinBackRates
from crmdesk.gui.dialogs.order_form import OrderForm, ask_order
from crmdesk.gui.dialogs.renewal_form import RenewalForm
from crmdesk.gui.dialogs.satisfaction_form import SatisfactionForm
from crmdesk.gui.dialogs.win_back_form import WinBackForm
from crmdesk.operations import customers, follow_ups

TODAY = date(2026, 11, 22)


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog)
        return dialog

    return show


def test_each_way_shows_how_it_did(desk, shown):
    rates = WinBackRates((WinBackRate("visit", 8, 3), WinBackRate("call", 0, 0, 2)))
    form = shown(WinBackForm(WinBack(1, TODAY, "visit"), TODAY))
    assert form._rate.text() == ""  # still being read
    form.show_rates(rates)
    assert form._rate.text() == "上门 8 次，回来 3 次"
    form._method.setCurrentIndex(form._method.findData("call"))
    assert form._rate.text() == "这样还没试过"
    assert (form.attempt().offer_until, form.attempt().result) == (None, "")


def test_a_contract_has_a_last_day_and_goods_the_days_they_last(desk, shown):
    form = shown(RenewalForm(Renewal(1), TODAY, ("滤芯",), (Habit("滤芯", 92, TODAY - timedelta(days=95)),)))
    assert form._verb.isEnabled()
    assert form.renewal().ends_on == TODAY + timedelta(days=365)
    form._kind.setCurrentIndex(form._kind.findData(SUPPLY))
    assert not form._verb.isEnabled()  # the orders are asked for its name
    form._name.setText("滤芯")
    found = form.renewal()
    assert (found.lasts_days, found.notice_days, found.ends_on, found.since_on) == (92, 7, None, None)
    assert form._since.date().toPython() == TODAY - timedelta(days=95)  # as the orders say
    form._since.setDate(TODAY - timedelta(days=4))
    assert form.renewal().since_on == TODAY - timedelta(days=4)


def test_an_answer_has_a_score_a_day_and_words(desk, shown):
    form = shown(SatisfactionForm(7, TODAY))
    form._words.setText(" 送货快 ")
    assert (form.answer().customer_id, form.answer().score, form.answer().words) == (7, 4, "送货快")


def test_the_day_to_ask_how_it_went_comes_with_the_order_and_is_remembered(desk, prompts):
    customer = customers.add_customer(desk.database, Customer(name="王姐超市")).new_id

    def order(form) -> None:
        assert form.ask_after() == desk.settings.after_sale_days
        form._amount.setText("300")
        form._ask.setCurrentIndex(form._ask.findData(7))
        form.accept()

    prompts.on_run = order
    ask_order(desk, None, customer)
    [row] = follow_ups.list_follow_ups(desk.database, "open")
    assert (row.follow_up.due_on, row.follow_up.origin) == (TODAY + timedelta(days=7), "after_sale")
    assert desk.settings.after_sale_days == 7
    ask_order(desk, None, customer)  # the next one proposes what was chosen
    desk.undo()
    assert len(follow_ups.list_follow_ups(desk.database, "open")) == 1


def test_an_order_that_is_changed_asks_nothing(desk, shown):
    assert shown(OrderForm(1, TODAY))._ask.isHidden()
