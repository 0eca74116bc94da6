"""Win-back, what ends, and satisfaction stand in the card while they have something to say."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from cards import add, choose, texts
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.phrase import Refused
from crmdesk.domain.renewal import SUPPLY, Renewal
from crmdesk.domain.win_back import WinBack, WinBackRate, WinBackRates
from crmdesk.gui.pages.detail_renewals import RenewalSection
from crmdesk.gui.pages.detail_satisfaction import SatisfactionSection
from crmdesk.gui.pages.detail_win_back import WinBackSection
from crmdesk.gui.pages.today_card import TodayCard
from crmdesk.operations import follow_ups, orders, renewals, satisfaction, today, win_backs

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(show_card, ledger):
    return show_card(ledger.wang)


def test_nobody_is_won_back_who_is_not_away(card, ledger):
    assert not card.care.part(WinBackSection).isHidden()
    card.show_customer(ledger.zhao)
    assert card.care.isHidden()


def test_an_attempt_is_planned_from_the_card_and_closed_by_the_next_order(card, desk, ledger, prompts):
    assert "还没试过挽回谁" in texts(card.care.part(WinBackSection))

    def plan(form) -> None:
        form._method.setCurrentIndex(form._method.findData("visit"))
        form._offer.setText("带新品样品")
        form.accept()

    prompts.on_run = plan
    card.care.part(WinBackSection).findChild(QPushButton, "begin_win_back").click()
    assert "11-22 上门 · 带新品样品 · 等他来，还剩 90 天" in texts(card.care.part(WinBackSection))
    assert card.next_step.text() == "今天 · 挽回：带新品样品"
    orders.add_order(desk.database, Order(ledger.wang, TODAY, amount=3_000_0000))
    card.refresh(None)
    assert "11-22 上门 · 带新品样品 · 11-22 回来了" in texts(card.care.part(WinBackSection))
    desk.undo()  # the order
    assert "11-22 上门 · 带新品样品 · 等他来，还剩 90 天" in texts(card.care.part(WinBackSection))
    desk.undo()  # the attempt
    assert "还没试过挽回谁" in texts(card.care.part(WinBackSection))


def test_an_attempt_is_planned_for_a_day_within_the_time_one_waits_for_it(card, desk, ledger, prompts):
    def plan(form) -> None:
        form._day.setDate(TODAY + timedelta(days=95))
        form.accept()

    prompts.on_run = plan
    card.care.part(WinBackSection).findChild(QPushButton, "begin_win_back").click()
    (row,) = follow_ups.list_follow_ups(desk.database, "open", customer=ledger.wang)
    assert row.follow_up.due_on == TODAY + timedelta(days=60)


def test_how_each_way_did_is_read_where_nobody_waits_and_the_best_is_proposed(card, desk, ledger, prompts, monkeypatch):
    read_on = []

    def rates(_database):
        read_on.append(threading.current_thread())
        return WinBackRates((WinBackRate("visit", 8, 3), WinBackRate("call", 9, 1)))

    monkeypatch.setattr(win_backs, "win_back_rates", rates)
    card.refresh(None)
    assert "上门 8 次，回来 3 次 · 打电话 9 次，回来 1 次" in texts(card.care.part(WinBackSection))
    told = []

    def plan(form) -> None:
        told.append((form._method.currentData(), form.findChild(QLabel, "win_back_rate").text()))
        form._method.activated.emit(0)  # the user's own choice stays when the answer comes late
        form._method.setCurrentIndex(form._method.findData("call"))
        form.show_rates(rates(None))
        told.append(form._method.currentData())

    prompts.on_run = plan
    card.care.part(WinBackSection).findChildren(QPushButton, "begin_win_back")[-1].click()
    assert told == [("visit", "上门 8 次，回来 3 次"), "call"]
    assert threading.main_thread() not in read_on[:2]


def test_ones_own_word_is_one_click_and_can_be_taken_back(card, desk, ledger):
    made = win_backs.begin_win_back(desk.database, WinBack(ledger.wang, TODAY), TODAY - timedelta(days=2)).new_id
    card.refresh(None)
    choose(card.care.part(WinBackSection), f"win_back_{made}", "没回来")
    assert "11-20 打电话 · 没回来" in texts(card.care.part(WinBackSection))
    assert "打电话 1 次，回来 0 次" in texts(card.care.part(WinBackSection))
    choose(card.care.part(WinBackSection), f"win_back_{made}", "删掉")
    assert "还没试过挽回谁" in texts(card.care.part(WinBackSection))
    desk.undo()
    assert "11-20 打电话 · 没回来" in texts(card.care.part(WinBackSection))


def test_an_attempt_is_changed_in_its_form(card, desk, ledger, prompts):
    made = win_backs.begin_win_back(desk.database, WinBack(ledger.wang, TODAY), TODAY - timedelta(days=2)).new_id
    card.refresh(None)

    def change(form) -> None:
        form._offer.setText("满 500 减 50")
        form._until._ends.setChecked(True)
        form._result.setCurrentIndex(form._result.findData("won"))
        form.accept()

    prompts.on_run = change
    choose(card.care.part(WinBackSection), f"win_back_{made}", "修改…")
    assert "11-20 打电话 · 满 500 减 50 到 2027-02-20 为止 · 回来了" in texts(card.care.part(WinBackSection))


def test_a_contract_is_noted_renewed_and_given_up(card, desk, ledger, prompts):
    def note(form) -> None:
        form._name.setText("年度供货")
        form._ends.setDate(TODAY + timedelta(days=20))
        form.accept()

    prompts.on_run = note
    add(card, "合同、补货…")
    assert "年度供货 · 12-12 到期，还有 20 天" in texts(card.care.part(RenewalSection))
    assert card.next_step.text().startswith("今天 · 合同到期：年度供货 2026-12-12")
    (state,) = renewals.renewals_of(desk.database, ledger.wang)
    prompts.answers = [date(2027, 12, 12)]
    choose(card.care.part(RenewalSection), f"renewal_{state.renewal.id}", "续了…")
    assert "年度供货 · 2027-12-12 到期，还有 385 天" in texts(card.care.part(RenewalSection))
    assert "年度供货" not in card.next_step.text()
    choose(card.care.part(RenewalSection), f"renewal_{state.renewal.id}", "不续了")
    assert card.care.part(RenewalSection).isHidden()
    desk.undo()
    assert not card.care.part(RenewalSection).isHidden()


def test_goods_that_run_out_are_proposed_by_the_customers_own_habit(card, desk, ledger, prompts):
    for product, days in (("滤芯", (300, 200, 150)), ("润滑油", (65, 40, 15))):
        for age in days:
            line = OrderLine(product, amount=10_000)
            order = Order(ledger.wang, TODAY - timedelta(days=age), amount=10_000, lines=(line,))
            orders.add_order(desk.database, order)
    card.refresh(None)
    assert "滤芯：通常 75 天买一次，现 150 天" in texts(card.care.part(RenewalSection))

    def remind(form) -> None:
        assert (form._name.text(), form._lasts.value(), form._notice.value()) == ("滤芯", 75, 7)
        form.accept()

    prompts.on_run = remind
    card.care.part(RenewalSection).findChild(QPushButton, "remind_supply").click()
    (state,) = renewals.renewals_of(desk.database, ledger.wang)
    assert (state.renewal.kind, state.renewal.since_on) == (SUPPLY, None)
    assert "滤芯 · 75 天前就该用完了" in texts(card.care.part(RenewalSection))
    choose(card.care.part(RenewalSection), f"renewal_{state.renewal.id}", "今天补了")
    assert "滤芯 · 能用到 2027-02-05，还有 75 天" in texts(card.care.part(RenewalSection))


def test_satisfaction_is_a_dated_series(card, desk, ledger, prompts):
    def answer(score: int, words: str):
        def play(form) -> None:
            form._score.setCurrentIndex(form._score.findData(score))
            form._words.setText(words)
            form.accept()

        return play

    prompts.on_run = answer(4, "送货快")
    add(card, "满意度…")
    assert texts(card.care.part(SatisfactionSection)) == ["满意度", "4 满意 · 11-22 · 送货快"]
    prompts.on_run = answer(2, "少了一箱")
    choose(card.care.part(SatisfactionSection), "satisfaction_last", "又问了一次…")
    told = texts(card.care.part(SatisfactionSection))
    assert "2 不满意 · 11-22 · 少了一箱" in told
    assert "问过 2 次，平均 3.0 分：2 · 4" in told
    choose(card.care.part(SatisfactionSection), "satisfaction_last", "删掉")
    assert [one.score for one in satisfaction.answers_of(desk.database, ledger.wang)] == [4]


def test_while_a_step_is_saved_nobody_sees_the_lines_of_the_customer_before(card, desk, ledger, qtbot, monkeypatch):
    renewals.add_renewal(desk.database, Renewal(ledger.wang, name="年度供货", ends_on=date(2027, 9, 1)))
    renewals.add_renewal(desk.database, Renewal(ledger.zhao, name="月结", ends_on=date(2027, 9, 1)))
    card.refresh(None)
    section, asked, answer = card.care.part(RenewalSection), [], renewals.renewals_of

    def busy_twice(database, customer):
        asked.append(customer)
        if len(asked) <= 2:
            raise Refused("file_busy")
        return answer(database, customer)

    monkeypatch.setattr(renewals, "renewals_of", busy_twice)
    card.show_customer(ledger.zhao)
    assert section.isHidden()
    assert card.care.isHidden()
    qtbot.waitUntil(lambda: not card.care.isHidden(), timeout=2000)
    assert [text.split(" · ")[0] for text in texts(section)][1] == "月结"
    asked.clear()
    card.refresh(None)  # the same customer's lines stay meanwhile
    assert not section.isHidden()
    qtbot.waitUntil(lambda: len(asked) == 3, timeout=2000)


def test_nothing_of_it_is_seen_while_a_customer_looks_on(card, desk, ledger):
    renewals.add_renewal(desk.database, Renewal(ledger.wang, name="年度供货", ends_on=date(2027, 9, 1)))
    card.refresh(None)
    assert not card.care.isHidden()
    win_backs.begin_win_back(desk.database, WinBack(ledger.wang, TODAY, offer="带新品样品"), TODAY)
    card.refresh(None)
    assert "挽回" in card.next_step.text()
    desk.set_presenting(True)
    card.retranslate()
    assert card.care.isHidden()
    assert "挽回" not in card.next_step.text()


def test_todays_card_offers_it_for_who_is_away_and_not_a_second_time(desk, ledger, prompts, qtbot):
    today.plan_ahead(desk.database)
    made = TodayCard(desk)
    qtbot.addWidget(made)
    items = {item.customer_id: item for item in today.today_plan(desk.database).due}
    made.show_item(items[ledger.zhao])
    assert made.win_back.isHidden()
    made.show_item(items[ledger.wang])
    assert not made.win_back.isHidden()

    def plan(form) -> None:
        form._offer.setText("带新品样品")
        form.accept()

    prompts.on_run = plan
    made.win_back.click()
    items = {item.customer_id: item for item in today.today_plan(desk.database).due}
    made.show_item(items[ledger.wang])
    assert made.win_back.isHidden()
    mine = follow_ups.list_follow_ups(desk.database, "open", customer=ledger.wang)
    assert [row.follow_up.summary for row in mine] == ["带新品样品"]
