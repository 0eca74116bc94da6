"""An offer stands in the card with its last day, and how it did so far."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cards import add, choose, texts
from crmdesk.domain.offer import Offer
from crmdesk.domain.order import Order
from crmdesk.gui.dialogs.offer_form import OfferForm
from crmdesk.gui.pages.detail_offers import OfferSection
from crmdesk.operations import offers, orders

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(show_card, ledger):
    return show_card(ledger.wang)


def test_an_offer_is_made_put_right_used_and_deleted(card, desk, ledger, prompts, settle):
    part = card.care.part(OfferSection)

    def write(form: OfferForm) -> None:
        assert not form.complete()
        form._text.setText("满 500 减 50")
        form.accept()

    prompts.on_run = write
    add(card, "优惠…")
    assert texts(part) == ["优惠", "满 500 减 50 · 到 12-22 为止，还有 30 天"]
    (kept,) = offers.list_offers(desk.database)

    def longer(form: OfferForm) -> None:
        form._until._ends.setChecked(False)
        form.accept()

    prompts.on_run = longer
    choose(part, f"offer_{kept.offer.id}", "修改…")
    assert "满 500 减 50 · 没有期限" in texts(part)
    orders.add_order(desk.database, Order(ledger.wang, TODAY, amount=600_0000))
    card.refresh(None)
    settle()
    assert texts(part)[1:] == ["满 500 减 50 · 11-22 用上了", "满 500 减 50：有结果的 1 次，期内来了 1 次"]
    choose(part, f"offer_{kept.offer.id}", "删掉")
    assert part.isHidden()


def test_the_form_tells_how_the_same_offer_did(desk, ledger, qtbot, settle):
    last = TODAY - timedelta(days=20)
    offers.make_offer(desk.database, Offer(ledger.wang, "送样品", last - timedelta(days=5), last))
    form = OfferForm(Offer(ledger.li, "", TODAY))
    qtbot.addWidget(form)
    form.show_rates(offers.offer_rates(desk.database))
    assert form._rate.isHidden()
    form._text.setText("送样品")
    assert form._rate.text() == "有结果的 1 次，期内来了 0 次"
