"""Talks and referrals stand in the card while they have something to say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent

from cards import add, choose, link, texts
from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order
from crmdesk.domain.talk import OBJECTION, OFFER, Talk
from crmdesk.gui.pages.detail_referrals import ReferralSection
from crmdesk.gui.pages.detail_talks import TalkSection
from crmdesk.operations import customers, orders, referrals, talks

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(show_card, ledger):
    return show_card(ledger.zhao)


def type_in(field, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def test_a_card_without_talks_and_referrals_shows_neither(card):
    assert card.won.isHidden()


def test_a_referrer_is_found_by_typing_and_stands_on_both_cards(card, desk, ledger, prompts, qtbot):
    def pick(form) -> None:
        type_in(form._who, "王姐")
        form._who.take_first()
        form.accept()

    prompts.on_run = pick
    add(card, "介绍人…")
    assert link(card.won.part(ReferralSection), "show_referrer").text() == "王姐超市介绍来的"
    with qtbot.waitSignal(desk.customer_wanted) as shown:
        link(card.won.part(ReferralSection), "show_referrer").click()
    assert shown.args == [ledger.wang]
    orders.add_order(desk.database, Order(ledger.zhao, TODAY, amount=12_000_0000))
    referrals.set_referrer(desk.database, ledger.qian, "", ledger.wang)
    card.show_customer(ledger.wang)
    assert link(card.won.part(ReferralSection), "show_brought").text() == "带来了 2 家，共 ¥12,000"
    assert "小赵便利店 ¥12,000 · 钱塘茶庄 还没买" in texts(card.won.part(ReferralSection))
    with qtbot.waitSignal(desk.customers_wanted) as listed:
        link(card.won.part(ReferralSection), "show_brought").click()
    assert listed.args[0].ids == (ledger.zhao, ledger.qian)


def test_a_name_that_nobody_has_is_kept_and_asked_for(card, desk, ledger, prompts):
    def write(form) -> None:
        type_in(form._who, "隔壁老周")
        form.accept()

    prompts.on_run = write
    add(card, "介绍人…")
    assert "“隔壁老周”介绍来的，还不在客户表里" in texts(card.won.part(ReferralSection))
    customers.add_customer(desk.database, Customer(name="隔壁老周"))
    card.refresh(None)
    assert link(card.won.part(ReferralSection), "show_referrer").text() == "隔壁老周介绍来的"
    prompts.on_run = lambda form: (form._who.clear(), form.accept())
    link(card.won.part(ReferralSection), "change_referrer").click()
    assert card.won.part(ReferralSection).isHidden()
    desk.undo()
    assert not card.won.part(ReferralSection).isHidden()


def test_nobody_brought_himself(card, desk, ledger, prompts):
    def pick(form) -> None:
        form._who.set_customer(ledger.zhao, "小赵便利店")
        assert not form.complete()
        form.done(0)

    prompts.on_run = pick
    add(card, "介绍人…")
    assert card.won.isHidden()


def test_what_was_said_is_noted_settled_and_taken_back(card, desk, ledger, prompts):
    def note(form) -> None:
        assert not form.complete()
        type_in(form._needs, "每周 20 箱")
        type_in(form._offer, "首单九折")
        form._amount.setText("5000")
        form._objection.setCurrentText("嫌贵")
        form.accept()

    prompts.on_run = note
    add(card, "洽谈…")
    shown = texts(card.won.part(TalkSection))
    assert "需求：每周 20 箱 · 11-22" in shown
    assert "报了：首单九折 · ¥5,000 · 11-22" in shown
    assert "顾虑：嫌贵 · 11-22" in shown
    objection = next(one for one in talks.talks_of(desk.database, ledger.zhao) if one.kind == OBJECTION)

    def settle(form) -> None:
        type_in(form._answer, "让了 5%")
        form.accept()

    prompts.on_run = settle
    choose(card.won.part(TalkSection), f"talk_{objection.id}", "解决了…")
    assert "顾虑：嫌贵 · 11-22 → 让了 5%" in texts(card.won.part(TalkSection))
    desk.undo()
    desk.undo()
    assert card.won.isHidden()


def test_an_offer_is_put_right_in_its_form_and_deleted(card, desk, ledger, prompts):
    talks.note_talks(desk.database, ledger.zhao, [Talk(ledger.zhao, OFFER, TODAY, "首单九折", 5000_0000)])
    card.refresh(None)
    offer = talks.talks_of(desk.database, ledger.zhao)[0]

    def change(form) -> None:
        form._amount.setText("abc")
        assert not form.complete()
        form._amount.setText("4800")
        form.accept()

    prompts.on_run = change
    choose(card.won.part(TalkSection), f"talk_{offer.id}", "修改…")
    assert "报了：首单九折 · ¥4,800 · 11-22" in texts(card.won.part(TalkSection))
    choose(card.won.part(TalkSection), f"talk_{offer.id}", "删掉")
    assert card.won.isHidden()


def test_how_long_one_talks_is_said_beside_the_offer(card, desk, ledger):
    talks.note_talks(desk.database, ledger.qian, [Talk(ledger.qian, OFFER, TODAY - timedelta(days=3), "九折")])
    card.show_customer(ledger.qian)
    assert texts(card.won.part(TalkSection))[-1] != "谈了"  # nobody spoke with it: an offer alone tells no time
    card.note.edit.setPlainText("问了价")
    card.note.save()
    assert "谈了 0 天、1 次联系" in texts(card.won.part(TalkSection))


def test_nothing_of_it_is_shown_while_a_customer_looks_on(card, desk, ledger):
    referrals.set_referrer(desk.database, ledger.zhao, "", ledger.wang)
    talks.note_talks(desk.database, ledger.zhao, [Talk(ledger.zhao, OBJECTION, TODAY, "嫌贵")])
    card.refresh(None)
    assert any("嫌贵" in line for line in card.timeline.lines())
    desk.set_presenting(on=True)
    card.refresh(None)
    assert card.won.isHidden()
    assert card.timeline.lines() == []
